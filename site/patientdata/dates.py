"""Dates of birth: certain beside a word such as *geboren*, asked about when a full date stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from patientdata.hits import Hit, cued
from patientdata.kinds import Kind

LATEST_BIRTH_YEAR = 2015  # nobody younger is a patient here; later dates are appointments and editions
MONTH = (
    r"(?:jan(?:uari|vier)?|feb(?:ruari)?|fev(?:rier)?|mrt|maart|mars|apr(?:il)?|avr(?:il)?|mei|mai|jun[i]?|juin|jul[i]?|"
    r"juil(?:let)?|aug(?:ustus)?|aout|sep(?:t|tember|tembre)?|okt(?:ober)?|oct(?:obre)?|nov(?:ember|embre)?|"
    r"dec(?:ember|embre)?)\b\.?"
)
YEAR = r"(?:(?:19|20)\d\d|' ?\d\d)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
DAY_WORD = (
    r"(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|"
    r"achttien|negentien|twintig|\w{3,5}entwintig|dertig|eenendertig)"
)
NUMERIC = re.compile(
    rf"(?<![\d.,/\-]){DAY}(?P<gap> ?[./\-] ?)(?:0?[1-9]|1[0-2])(?P=gap)(?P<year>{YEAR}|\d\d)(?![\d]|[./\-]\d)"
)
LIST = re.compile(
    r"\d+ ?\. ?\d+ \. ?\d\d|\d+ \. ?\d+ ?\. ?\d\d|\d+ / \d+ / \d\d"
)  # 3 . 8 . 14: numbers side by side
ROMAN = re.compile(
    rf"(?<![\d.,/\-]){DAY}[ .\-/]{{1,3}}(?:I{{1,3}}|IV|VI{{0,3}}|IX|XI{{0,2}})[ .\-/]{{1,3}}"
    rf"(?P<year>{YEAR}|\d\d)(?![\d]|[./\-]\d)",
    re.IGNORECASE,
)
SPACED = re.compile(rf"(?<![\d.,/\-]){DAY} (?:0?[1-9]|1[0-2]) (?P<year>(?:19|20)\d\d)(?![\d]|[./\-]\d)")
ISO = re.compile(
    rf"(?<![\d.,/\-])(?P<year>(?:19|20)\d\d)(?P<gap>[./\-])(?:0?[1-9]|1[0-2])(?P=gap){DAY}(?![\d])"
)
WORDED = re.compile(
    rf"(?<![\d.,/\-])(?:{DAY}(?:er|eme|e|ste|de)?|\b{DAY_WORD}(?:de|ste)?)[ .\-]{{1,2}}{MONTH}"
    rf"(?:[ ,.\-]{{1,2}}(?P<year>{YEAR}|\d\d(?! ?(?:uur|h\b|:))))?(?![\d])",
    re.IGNORECASE,
)
SHORT = re.compile(rf"(?<![\d.,/\-]){DAY} ?[./\-] ?(?:0?[1-9]|1[0-2])(?![\d]|[./\-]\d)")
COMPACT = re.compile(r"(?<!\d)(?:[0-3]\d(?:0[1-9]|1[0-2])(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d{6})(?!\d)")
MONTH_YEAR = re.compile(rf"\b{MONTH} (?P<year>{YEAR})(?!\d)", re.IGNORECASE)
CUE = re.compile(
    r"(?:\bgeb(?:oren|oorte\w{0,8}|\.?dat\w{0,3}|dd)?\b|\bg\.?d\.|\bgb?d\b|\bdob\b|\bjarig\b|\bverjaart\b|verjaardag\w{0,4}|"
    r"\bverjaarde\b|geboortedag|\bnee? ?(?:\(e\) ?)?(?=le\b|en\b|:)|date de naissance|\bnaissance|\banniversaire|\bddn\b|°)"
    r"[^\d\n;!?]{0,22}$",
    re.IGNORECASE,
)
CUE_AFTER = re.compile(
    r"[ ,)(]{0,3}(?:is (?:hij |zij |ze |\w{1,12} )?)?(?:geboren|jarig|verjaart|verjaardag|\(?geb)\b",
    re.IGNORECASE,
)
PARDON = re.compile(
    r"(?:\bd\.d\.?|\bdd\b\.?|versie|gepubliceerd|publicatie|verschenen|herzien|richtlijn|standaard|nagekeken|bron|geraadpleegd|\bwet|"
    r"besluit|staatsblad|uitgave|stcrt|publie|consulte|directive)[^\d\n]{0,25}$",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Hit]:
    """Yield dates of birth in a folded text."""
    for pattern in (NUMERIC, SPACED, ISO, WORDED, ROMAN):
        for match in pattern.finditer(text):
            if not LIST.fullmatch(match[0]):
                yield from _judge(text, match.start(), match.end(), match["year"] or "")
    for pattern in (SHORT, COMPACT):
        for match in pattern.finditer(text):
            if _told(text, match.start(), match.end()):
                yield Hit(Kind.BIRTH_DATE, match.start(), match.end(), True)
    for match in MONTH_YEAR.finditer(text):
        if _told(text, match.start(), match.end()):
            yield Hit(Kind.BIRTH_DATE, match.start(), match.end(), False, str(_year(match["year"])))


def _judge(text: str, start: int, end: int, written: str) -> Iterator[Hit]:
    year = _year(written)
    clue = str(year) if year else ""
    if _told(text, start, end):
        yield Hit(Kind.BIRTH_DATE, start, end, True, clue)
    elif year and 1900 <= year <= LATEST_BIRTH_YEAR and not cued(text, start, PARDON):
        yield Hit(Kind.BIRTH_DATE, start, end, False, clue)


def _told(text: str, start: int, end: int) -> bool:
    return cued(text, start, CUE) or CUE_AFTER.match(text, end) is not None


def _year(written: str) -> int | None:
    """Return the year as four digits; two digits above 16 are of the last century."""
    digits = written.strip("' ")
    if not digits:
        return None
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) > 16 else 2000)
