"""Names of people: after a title, after a relation, as given name with family name, and given names alone.

Each way in is a pattern that finds where a name may begin; `_tail` then reads initials, particles and name words from
there, at most eight of them, so the work grows with the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from patientdata import lexicon
from patientdata.hits import Hit
from patientdata.kinds import Kind

TITLE = re.compile(
    r"(?<![A-Za-z\-])(?:(?P<woman>mevrouw|mevr|mvr|mw|mej|mejuffrouw|juffrouw|madame|mme|mrs|ms|mlle)"
    r"|(?P<man>meneer|menheer|mijnheer|dhr|hr|de heer|monsieur|mr)"
    r"|(?P<other>heer|familie|fam|fmlie|patiente?|pte?|client|cliente|weduwe|wed|ex-patient))(?![A-Za-z\-'])(?P<dot>\.?)",
    re.IGNORECASE,
)
RELATION = re.compile(
    r"(?<![A-Za-z\-])(?:(?P<woman>vrouw|dochter|moeder|mama|ma|zus|zuster|oma|echtgenote|vriendin|buurvrouw|"
    r"kleindochter|nicht|tante|schoonmoeder|schoondochter|schoonzus|ex-vrouw|femme|epouse|fille|mere|soeur|voisine)"
    r"|(?P<man>man|zoon|vader|papa|pa|broer|opa|echtgenoot|vriend|buurman|kleinzoon|neef|oom|schoonvader|schoonzoon|"
    r"zwager|ex-man|mari|epoux|fils|pere|frere|voisin)"
    r"|(?P<other>partner|ex|mantelzorger|hond|baby|compagnon))(?![A-Za-z\-'])",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"(?<![A-Za-z\-])(?:genaamd|geheten|roepnaam|voornaam|achternaam|naam|heet|heette|ene|een zekere|s'appelle|nommee?|prenom|nom)"
    r"(?![A-Za-z\-'])(?: is)?:?",
    re.IGNORECASE,
)
PARTICLES = frozenset(
    [
        "van",
        "de",
        "der",
        "den",
        "ten",
        "ter",
        "te",
        "'t",
        "het",
        "op",
        "in",
        "aan",
        "uit",
        "la",
        "le",
        "du",
        "des",
        "da",
        "dos",
        "di",
        "von",
        "zu",
        "el",
        "al",
        "ben",
        "bin",
        "bint",
        "abu",
        "abou",
        "ait",
        "aït",
        "ould",
        "oulad",
        "bou",
        "vande",
        "vanden",
        "vander",
        "d",
        "l",
        "s",
    ]
)
WEAK_PARTICLES = frozenset(["de", "te", "het", "op", "in", "aan", "uit", "la", "le", "du", "des", "s", "l"])
STRONG_PAIRS = frozenset({("van", "der"), ("van", "den"), ("van", "'t"), ("in", "'t"), ("van", "het")})
WORD = re.compile(r"[A-Za-z]+(?:['\-][A-Za-z]+)*|'[ts](?![A-Za-z])")
GAP = re.compile(r"[ \t]{1,3}|\n|-|(?<=')")
INITIALS = re.compile(r"(?:[A-Z](?:\.|(?=[ ]))[ ]?){1,4}|[A-Z]{1,4}\.(?=[ ])|[A-Z](?![A-Za-z'\-])")
FULL_NAME = re.compile(r"(?<![A-Za-z'\-@])[A-Za-z][a-z]+(?:-[A-Za-z][a-z]+)?(?![A-Za-z'])")
INITIALS_NAME = re.compile(r"(?<![A-Za-z.\-])(?:[A-Z]\. ?){1,4}(?=[A-Zvd])")
GREETED = re.compile(
    r"(?:\b(?:hoi|dag|beste|hallo|hey|dank|bedankt|dankjewel|dankje|merci|bonjour|salut|cher|chere|lieve|groet|groeten|groetjes|"
    r"eens met|collega|aan|trainer|poh|docent|met vriendelijke groet|mvg|gr|van)[ ,:!]{1,3}|dank je(?: wel)?[ ,]{1,2}|@)$",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"(?:^|[.!?:;\n(\"'*\-]\s{0,3})$")


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a way in: where the name starts and ends, and how sure its words make us."""

    start: int
    end: int
    certain: bool


def find(text: str) -> Iterator[Hit]:
    """Yield names in a folded text."""
    yield from _after(text, TITLE, titled=True)
    yield from _after(text, RELATION, titled=False)
    yield from _called(text)
    yield from _with_initials(text)
    yield from _bare(text)


def _after(text: str, pattern: re.Pattern[str], *, titled: bool) -> Iterator[Hit]:
    for match in pattern.finditer(text):
        gap = re.compile(r"[ \t]{0,3}\n?").match(text, match.end())
        tail = _tail(text, gap.end() if gap else match.end(), titled=titled)
        if tail and tail.start > match.end() - len(match["dot"] if titled else ""):
            clue = next((who for who in ("woman", "man") if match[who]), "")
            yield Hit(Kind.NAME, match.start() if titled else tail.start, tail.end, tail.certain, clue)


def _called(text: str) -> Iterator[Hit]:
    for match in CALLED.finditer(text):
        gap = re.compile(r"[ \t]{1,3}").match(text, match.end())
        tail = _tail(text, gap.end(), titled=False) if gap else None
        if tail:
            yield Hit(Kind.NAME, tail.start, tail.end, False)


def _tail(text: str, start: int, *, titled: bool) -> Tail | None:
    """Read a name from `start`; None when the words there are no name."""
    initials = INITIALS.match(text, start)
    position = initials.end() if initials else start
    particles: list[str] = []
    end, sure, count = 0, False, 0
    for _ in range(8):
        word = WORD.match(text, position)
        if word is None:
            break
        verdict = _verdict(word[0], particles, titled=titled and count == 0, named=count > 0)
        if verdict is None:
            if word[0].lower() not in PARTICLES or len(particles) > 2:
                break
            particles.append(word[0].lower())
        else:
            end, sure, count = word.end(), sure or verdict, count + 1
            particles = []
        gap = GAP.match(text, word.end())
        if gap is None or count > 3:
            break
        position = gap.end()
    if count and not _is_allowed(text[start:end]):
        return Tail(start, end, sure)
    if initials and titled and initials[0].strip(" .").lower() not in {"x", "y", "z", "n", "nn"}:
        return Tail(start, initials.start() + len(initials[0].rstrip()), False)
    return None


def _verdict(word: str, particles: list[str], *, titled: bool, named: bool) -> bool | None:
    """Say whether a word is surely (True) or perhaps (False) part of a name; None when it is not."""
    low = word.lower()
    if low in PARTICLES and not (word[0].isupper() and named is False and low in {"al"}):
        return None
    known = _known(low)
    if word[0].isupper():
        if low in lexicon.followers() or low in lexicon.allowed():
            return None
        return titled or known or bool(particles)
    return _lower_verdict(low, particles, titled=titled, named=named, known=known)


def _lower_verdict(low: str, particles: list[str], *, titled: bool, named: bool, known: bool) -> bool | None:
    if low in lexicon.followers() or len(low) < 3:
        return None
    if particles:
        if known and (titled or named):
            return True
        strong = len(particles) > 1 and tuple(particles[-2:]) in STRONG_PAIRS
        return False if strong and low not in lexicon.common() else None
    if named:
        return True if low in lexicon.last_names() and low not in lexicon.common() else None
    if titled:
        return True if known else None if _looks_like_running_text(low) else False
    return False if low in lexicon.first_names() and low not in lexicon.common() else None


def _known(low: str) -> bool:
    parts = low.split("-")
    return any(part in lexicon.first_names() or part in lexicon.last_names() for part in parts)


def _looks_like_running_text(low: str) -> bool:
    return low in lexicon.common() or low.endswith(("t", "de", "te", "en", "ing", "heid", "lijk", "ig"))


def _is_allowed(name: str) -> bool:
    low = name.lower().strip(" .")
    return low in lexicon.allowed() or low.split(" ")[-1] in lexicon.allowed()


def _with_initials(text: str) -> Iterator[Hit]:
    for match in INITIALS_NAME.finditer(text):
        tail = _tail(text, match.start(), titled=False)
        if tail and tail.end > match.end():
            yield Hit(Kind.NAME, tail.start, tail.end, tail.certain)


def _bare(text: str) -> Iterator[Hit]:
    """Yield given names that stand in the running text, with the family name after them if there is one."""
    for match in FULL_NAME.finditer(text):
        low = match[0].lower()
        if (
            low in lexicon.common()
            or len(low) < 3
            or not any(part in lexicon.first_names() for part in low.split("-"))
        ):
            continue
        tail = _tail(text, match.start(), titled=False)
        if tail is None or low in lexicon.allowed() or low in lexicon.towns():
            continue
        if tail.end > match.end():
            yield Hit(Kind.NAME, tail.start, tail.end, True)
        elif not _among_colleagues(text, match.start(), match.end()):
            yield Hit(Kind.NAME, match.start(), match.end(), False)


def _among_colleagues(text: str, start: int, end: int) -> bool:
    """Say whether a given name greets, thanks or signs: members call each other by name."""
    before = text[max(0, start - 25) : start]
    if GREETED.search(before):
        return True
    after = text[end : end + 1]
    if after == ":" and SENTENCE_END.search(before):
        return True
    alone = before == "" or before.endswith("\n")
    return (alone or before.endswith(", ")) and after in {"", "\n", ".", "!", "?", ","}
