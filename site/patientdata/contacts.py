"""Ways to reach or visit somebody: phone numbers, e-mail addresses, postcodes with a house number."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumberType

from patientdata import lexicon
from patientdata.hits import Hit, cued
from patientdata.kinds import Kind

PHONE = re.compile(
    r"(?<![\d+])(?:(?:\+|\b00)[ .\-/()]{0,3}[1-9](?:[ ._\-/()]{0,3}\d){7,13}"
    r"|\(?\b0(?:6[:;,=*] ?\d(?:[ ._\-/()]{0,3}\d){7}|(?:[ ._\-/()]{0,3}\d){8,9}))(?!\d)"
)
LOCAL_PHONE = re.compile(r"(?<![\d.,\-])[2-9]\d{1,2}(?:[ .\-]?\d){4,6}(?![\d.,]?\d)")
PHONE_CUE = re.compile(
    r"\b(?:tel|telefoon\w{0,9}|mobiel\w{0,9}|gsm|telnr|bereikbaar op|bel\w{0,3} (?:hem|haar|me|mij)? ?op|nummer|"
    r"telephone|portable|numero)\b[^\d\n]{0,12}$",
    re.IGNORECASE,
)
DATE_LIKE = re.compile(r"\(?\d{1,2}([ ./\-]{1,3})\d{1,2}\1(?:19|20)\d\d(?!\d)|(?:19|20)\d\d-\d\d-\d\d(?!\d)")
NOT_PERSONAL = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
}
SPOKEN = r"(?:nul|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\w{0,10}tien|\w{0,14}tig)"
SPOKEN_PHONE = re.compile(rf"\bnul[ ,\-]{{1,3}}zes(?:[ ,\-]{{1,3}}{SPOKEN}\b){{3,8}}", re.IGNORECASE)

AT = re.compile(r"@(?=[ ]?[A-Za-z0-9])")
LOCAL_PART = re.compile(r"[A-Za-z0-9._%+\-']{1,64}$")
DOMAIN = re.compile(r"[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){0,5}\.[A-Za-z]{2,24}\b")
SPACED_AT = re.compile(
    r"(?<![\w.+\-])[\w.+\-]{1,64} {0,2}@ {0,2}[\w\-]{1,63} {0,2}\. {0,2}(?:nl|be|com|net|org|eu|fr|de|info)\b",
    re.IGNORECASE,
)
SAID_AT = re.compile(
    r"(?<![\w.+\-])[\w.+\-]{2,64} {0,2}(?:[\[({<] {0,2}(?:at|apenstaart(?:je)?|a) {0,2}[\])}>]"
    r"| (?:at|apenstaart(?:je)?|apestaart(?:je)?|arobase) )"
    r" {0,2}[\w\-]{2,63}(?: {0,2}\. {0,2}| {0,2}[\[({]? {0,2}\b(?:punt|dot|point)\b {0,2}[\])}]? {0,2})"
    r"(?:nl|be|com|net|org|eu|fr|de|info)\b",
    re.IGNORECASE,
)
DESK = re.compile(
    r"(?:info|contact|post|secretariaat|receptie|balie|administratie|helpdesk|support|aanmeld\w*|verwijs\w*|"
    r"onderzoek|redactie|privacy|noreply|training|nascholing|project\w*|secretariat)$",
    re.IGNORECASE,
)
MAILBOXES = re.compile(
    r"(?:gmail|hotmail|outlook|live|ziggo|kpnmail|kpnplanet|planet|xs4all|telenet|skynet|proximus|icloud|yahoo|home|"
    r"hetnet|upcmail|casema|chello|msn|me|tele2|quicknet|orange|laposte|proton|protonmail|freedom|voo)\.",
    re.IGNORECASE,
)

STREET = (
    r"[A-Za-z'.\-]{2,30}(?:straat|laan|weg|plein|kade|gracht|singel|dreef|hof|steeg|pad|dijk|park|plantsoen|lei|"
    r"steenweg|baan|burg|brink|markt|wal|erf|boulevard|str\.)"
)
STREET_FR = (
    r"(?:rue|avenue|av\.|boulevard|bd|chaussee|place|quai|allee|impasse|clos|square)[ ][A-Za-z' .\-]{2,40}?"
)
SURE_STREET = re.compile(
    r"[a-z'.\-]{3,30}(?:straat|laan|plein|gracht|singel|steenweg|dreef)\b|" + STREET_FR, re.IGNORECASE
)
HOUSE = r"(?:nr\.? ?|nummer |huisnummer )?\d{1,4}(?: ?[A-Za-z](?![A-Za-z])|-\d{1,4}|[ ]?(?:bis|hs|bus|bte|boite)[ ]?\d{0,4})?"
ADDRESS = re.compile(
    rf"\b(?:{STREET}|{STREET_FR}),? {HOUSE}(?!\d)(?! ?(?:mg|ml|keer|uur|jaar|weken|dagen|minuten|mensen|maanden|%))",
    re.IGNORECASE,
)
NL_POSTCODE = re.compile(r"(?<![\w€.,\-])[1-9]\d{3} ?([A-Za-z]{2})(?:(?!\w)|(?=\d{1,4}[A-Za-z]?(?!\w)))")
NL_NUMBER = re.compile(
    rf"[ ,/\-]{{0,3}}{HOUSE}(?![\d.,]\d)(?! ?(?:mg|ml|mensen|jaar|keer|euro|%))", re.IGNORECASE
)
UNUSED_LETTERS = {"SA", "SD", "SS"}
UNITS = {"mg", "ml", "en", "is", "in", "op", "te", "de", "om", "al", "er", "we", "ze", "je", "ik", "of", "na", "zo",
         "nu", "cm", "kg", "km", "mm", "dl", "gr", "ie", "et", "au", "la", "le", "du", "un", "ou", "pm", "am", "ug",
         "as", "at", "by", "on", "to", "it", "me", "hz", "dd", "pt", "st", "ha", "kb", "mb", "px", "cc"}  # fmt: skip
MEASURES = {
    "mg",
    "ml",
    "cm",
    "kg",
    "km",
    "mm",
    "dl",
    "gr",
    "ug",
    "cc",
    "kb",
    "mb",
    "px",
    "ie",
    "iu",
    "hz",
    "kj",
}
BE_POSTCODE = re.compile(r"(?<![\w€.,])(?:B-?)?[1-9]\d{3} [A-Z][A-Za-z\-']{2,30}")
POSTCODE_CUE = re.compile(r"\b(?:postcode|code postal|pc)\b[^\d\n]{0,10}$", re.IGNORECASE)


def find(text: str) -> Iterator[Hit]:
    """Yield phone numbers, e-mail addresses and addresses in a folded text."""
    yield from _phones(text)
    yield from _emails(text)
    yield from _addresses(text)


def _phones(text: str) -> Iterator[Hit]:
    for match in PHONE.finditer(text):
        if not DATE_LIKE.match(match[0]):
            yield from _phone(text, match.start(), match[0])
    for match in LOCAL_PHONE.finditer(text):
        if cued(text, match.start(), PHONE_CUE):
            yield Hit(Kind.PHONE, match.start(), match.end(), False)
    for match in SPOKEN_PHONE.finditer(text):
        yield Hit(Kind.PHONE, match.start(), match.end(), False)


def _phone(text: str, start: int, written: str) -> Iterator[Hit]:
    for candidate in (written, written[:-1].rstrip(" ._-/()")):
        verdict = _personal(candidate)
        if verdict is not None:
            if verdict:
                yield Hit(Kind.PHONE, start, start + len(candidate), True)
            return
    if cued(text, start, PHONE_CUE):
        yield Hit(Kind.PHONE, start, start + len(written), False)


def _personal(written: str) -> bool | None:
    """Say whether these digits reach a person; None when no plan knows them."""
    digits = re.sub(r"\D", "", written)
    if written.startswith("+") or digits.startswith("00"):
        digits = re.sub(r"\D", "", written.replace("(0)", ""))
        return _in_plan("+" + digits.removeprefix("00"), None)
    regions = ("NL", "BE", "FR") if len(digits) == 10 else ("BE",) if len(digits) == 9 else ()
    verdicts = [_in_plan(digits, region) for region in regions]
    return True if True in verdicts else False if False in verdicts else None


def _in_plan(digits: str, region: str | None) -> bool | None:
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.number_type(number) not in NOT_PERSONAL


def _emails(text: str) -> Iterator[Hit]:
    for match in AT.finditer(text):
        local = LOCAL_PART.search(text[max(0, match.start() - 64) : match.start()])
        domain = DOMAIN.match(text, match.end())
        if local and domain:
            desk = DESK.match(local[0]) is not None and not MAILBOXES.match(domain[0])
            if not (desk and lexicon.is_allowed(domain[0].rsplit(".", 1)[0])):
                yield Hit(Kind.EMAIL, match.start() - len(local[0]), domain.end(), not desk)
    for pattern in (SPACED_AT, SAID_AT):
        for match in pattern.finditer(text):
            if " " in match[0] or "@" not in match[0]:
                yield Hit(Kind.EMAIL, match.start(), match.end(), False)


def _addresses(text: str) -> Iterator[Hit]:
    for match in ADDRESS.finditer(text):
        if match[0][0].isupper() or SURE_STREET.match(match[0]):
            yield _address(text, match.start(), match.end())
    for match in NL_POSTCODE.finditer(text):
        letters = match[1]
        told = cued(text, match.start(), POSTCODE_CUE)
        if letters.upper() in UNUSED_LETTERS or (
            not told and letters in (UNITS if " " in match[0] else MEASURES)
        ):
            continue
        house = NL_NUMBER.match(text, match.end())
        if house or told or letters.isupper():
            yield Hit(Kind.POSTCODE, match.start(), house.end() if house else match.end(), house is not None)
        elif " " not in match[0]:
            yield Hit(Kind.POSTCODE, match.start(), match.end(), False)


def _address(text: str, start: int, end: int) -> Hit:
    """Return the hit for a street with its number, drawn out over a postcode that follows; with one it is certain."""
    gap = re.compile(r"[ ,\n]{1,3}").match(text, end)
    after = gap.end() if gap else end
    for pattern in (NL_POSTCODE, BE_POSTCODE):
        if found := pattern.match(text, after):
            return Hit(Kind.POSTCODE, start, found.end(), True)
    return Hit(Kind.POSTCODE, start, end, False)
