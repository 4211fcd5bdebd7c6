"""Numbers with a check digit, and patient numbers.

A number may be written with dots, dashes or spaces between its digits. Groups of digits are read once, from left to
right; every window of at most eleven groups is looked at, so the work grows with the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban as stdnum_iban
from stdnum.be import bis, nn
from stdnum.nl import bsn

from patientdata.hits import Hit, cued
from patientdata.kinds import Kind

CLUSTER = re.compile(r"\d+(?:[ ._/\-]{1,3}\d+)*")
DIGITS = re.compile(r"\d+")
BSN_CUE = re.compile(r"(?:\bbsn|burger ?service|\bsofi)[a-z]{0,10}[^\d\n]{0,20}$", re.IGNORECASE)
RRN_CUE = re.compile(
    r"(?:rijksregister|\brrn|\brr-?nr|\binsz|\bniss|identificatienummer|registre national|\brn\b)[^\d\n]{0,25}$",
    re.IGNORECASE,
)
BSN_SHAPES = {
    (9,),
    (3, 3, 3),
    (4, 2, 3),
    (4, 3, 2),
    (3, 2, 4),
    (2, 3, 4),
    (4, 5),
    (5, 4),
    (3, 6),
    (6, 3),
    (2, 2, 2, 3),
}
RRN_SHAPES = {(11,), (2, 2, 2, 3, 2), (6, 3, 2), (6, 5), (9, 2)}
IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ .\-]?\d{2}(?:[ .\-]{0,2}[A-Za-z0-9]){10,32}")
IBAN_LENGTHS = {
    "NL": 18, "BE": 16, "FR": 27, "DE": 22, "LU": 20, "GB": 22, "ES": 24, "IT": 27, "PT": 25, "PL": 28, "TR": 26,
    "RO": 24, "BG": 22, "AT": 20, "CH": 21, "IE": 22, "GR": 27, "DK": 18, "SE": 24, "NO": 15, "FI": 18, "LT": 20,
}  # fmt: skip
IBAN_SHAPE = re.compile(r"NL\d{2}[A-Z]{4}\d{10}|BE\d{14}|FR\d{12}[A-Z0-9]{11}\d{2}")
PATIENT_NUMBER = re.compile(
    r"\b(?:(?:patient(?:en|e)?|pat|pt|client(?:en|e)?|clt|dossier|his|epd|zorg|opname|polis|verzekerden|verzekerings?|"
    r"klant|medisch|registratie|lidmaatschaps|kaart)[ .\-]{0,2}(?:nummers?|nrs?|num|no|id|code)"
    r"|pid|mrn|z-?nummer|n(?:umer)?[o.] ?(?:de |du )?(?:patient|dossier|client)|id-?nummer"
    r"|patient(?:e)?|client(?:e)?|dossier)\b[ .:#=(\-]{0,4}(?:is |was |n[o.r]{1,2} ?|nummer )?[ :#]{0,2}"
    r"([a-z]{0,3}[\-.]?\d(?:[ .\-/]?\d){3,11})(?![\d])",
    re.IGNORECASE,
)
CASE_NUMBER = re.compile(r"[Cc]-\d{1,3}(?!\d)")
LOOSE_NUMBER = re.compile(r"(?<![\w.,/:#=+%&?\-])\d{6,10}(?![\w/%=&@]|[.,\-]\d)")
LOOSE_PARDON = re.compile(
    r"(?:[€$]|\beur|\beuro|pmid|pmc|isbn|issn|\bdoi|\bkvk|\bagb|\brvg|\bzi|\bbig|\batc|\bbtw|ticket|factuur|versie|"
    r"postbus|\bnct|order)[^\d\n]{0,12}$",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\s{1,2}(?:mensen|gebruikers|inwoners|nederlanders|belgen|euro|patient\w*|personen|keer|stuks|recepten|"
    r"voorschriften|woorden|tekens|gens|personnes|utilisateurs|habitants|euros)\b",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Hit]:
    """Yield BSN, rijksregisternummer, IBAN and patient numbers in a folded text."""
    yield from _ibans(text)
    for cluster in CLUSTER.finditer(text):
        if cluster.end() - cluster.start() >= 8:
            yield from _checked(text, [found.span() for found in DIGITS.finditer(text, *cluster.span())])
    yield from _patient_numbers(text)


def _checked(text: str, groups: list[tuple[int, int]]) -> Iterator[Hit]:
    for first, (start, _) in enumerate(groups):
        widths: list[int] = []
        for last in range(first, min(first + 11, len(groups))):
            begin, end = groups[last]
            widths.append(end - begin)
            total = sum(widths)
            if total > 11:
                break
            if total in (8, 9, 11):
                whole = first == 0 and last == len(groups) - 1
                yield from _judge(text, start, end, tuple(widths), whole)


def _judge(text: str, start: int, end: int, widths: tuple[int, ...], whole: bool) -> Iterator[Hit]:
    digits = re.sub(r"\D", "", text[start:end])
    if len(digits) == 11:
        told = cued(text, start, RRN_CUE)
        valid = nn.is_valid(digits) or bis.is_valid(digits)
        if told or (valid and (whole or widths in RRN_SHAPES)):
            yield Hit(Kind.RRN, start, end, valid and (told or widths in RRN_SHAPES))
        return
    told = cued(text, start, BSN_CUE)
    if len(digits) == 8 and not told:
        return
    valid = bsn.is_valid(digits.zfill(9))
    if told or (valid and (widths in BSN_SHAPES or (whole and _even(text, start, end)))):
        yield Hit(Kind.BSN, start, end, valid and (told or widths in BSN_SHAPES))


def _even(text: str, start: int, end: int) -> bool:
    return len(set(re.findall(r"\D+", text[start:end]))) == 1


def _ibans(text: str) -> Iterator[Hit]:
    for match in IBAN.finditer(text):
        length = IBAN_LENGTHS.get(match[0][:2].upper())
        if length is None:
            continue
        end = _after(text, match.start(), length)
        compact = re.sub(r"[^A-Za-z0-9]", "", text[match.start() : end]).upper()
        if len(compact) == length and stdnum_iban.is_valid(compact, check_country=False):
            yield Hit(Kind.IBAN, match.start(), end, True)
        elif IBAN_SHAPE.fullmatch(compact):
            yield Hit(Kind.IBAN, match.start(), end, False)


def _after(text: str, start: int, count: int) -> int:
    """Return the position after the `count`-th letter or digit from `start`."""
    position = start
    while count and position < len(text):
        count -= text[position].isalnum()
        position += 1
    return position


def _patient_numbers(text: str) -> Iterator[Hit]:
    for match in PATIENT_NUMBER.finditer(text):
        if not CASE_NUMBER.fullmatch(match[1]):
            yield Hit(Kind.PATIENT_NUMBER, match.start(1), match.end(1), True)
    for match in LOOSE_NUMBER.finditer(text):
        if not cued(text, match.start(), LOOSE_PARDON) and not COUNTED.match(text, match.end()):
            yield Hit(Kind.PATIENT_NUMBER, match.start(), match.end(), False)
