"""Reads a name word by word: initials, particles, name words; at most eight of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from patientdata import lexicon

PARTICLES = lexicon.words("particles")
STRONG_PARTICLES = frozenset(
    {"van der", "van den", "van 't", "in 't", "van het", "ter", "vd", "v.d", "v.d.", "v/d", "el", "ait", "ould", "ben", "bou", "vande", "vanden", "vander"}
)  # fmt: skip
WORD = re.compile(r"v\.? ?d\.(?=[ A-Za-z])|v/d(?=[ ])|[A-Za-z]+(?:['\-][A-Za-z]+)*|'[ts](?![A-Za-z])")
GAP = re.compile(r"[ \t]{1,3}|\n|-|(?<=[.'])")
INITIALS = re.compile(
    r"(?:[A-Z](?:\.|(?=[ ]))[ ]?){1,4}|[A-Z]{1,4}\.(?=[ ])|[a-z]\.[ ]?(?![ ]?d\.)|[A-Z](?![A-Za-z'\-])"
)
ANONYMOUS = frozenset({"x", "y", "z", "n", "nn", "n.n", "xx"})
SENTENCE_WORDS = frozenset(
    [
        "ik",
        "ze",
        "zij",
        "hij",
        "het",
        "een",
        "en",
        "maar",
        "is",
        "heeft",
        "was",
        "wil",
        "dat",
        "die",
        "dus",
        "want",
        "toen",
        "als",
        "nu",
        "er",
        "u",
        "we",
        "wij",
    ]
)
RUNNING_TEXT = ("t", "de", "te", "en", "ing", "heid", "lijk", "ig", "e")


@dataclass(frozen=True, slots=True)
class Name:
    """What was read: where the name starts and ends, how sure its words make us, how many there are."""

    start: int
    end: int
    certain: bool
    words: int


def read_name(text: str, start: int, *, titled: bool = False, after_dot: bool = False) -> Name | None:
    """Read a name from `start`; None when the words there are no name.

    `titled` says that a title such as *mevrouw* stands before it, `after_dot` that the title ended in a full stop and
    the next word may begin a sentence.
    """
    initials = INITIALS.match(text, start)
    position = initials.end() if initials else start
    particles: list[str] = []
    end, sure, count = 0, False, 0
    for _ in range(8):
        word = WORD.match(text, position)
        if word is None:
            break
        verdict = _verdict(
            word[0], particles, titled=titled and count == 0, named=count > 0, after_dot=after_dot
        )
        if verdict is not None:
            end, sure, count, particles = word.end(), sure or verdict, count + 1, []
        elif word[0].lower().replace(" ", "") in PARTICLES and len(particles) < 3:
            particles.append(word[0].lower().replace(" ", ""))
        else:
            break
        gap = GAP.match(text, word.end())
        if gap is None or count > 3:
            break
        position = gap.end()
    if count and not _is_allowed(text[start:end], titled=titled):
        return Name(start, end, sure, count)
    return _initials_only(initials, start) if titled and initials and not count else None


def _initials_only(initials: re.Match[str], start: int) -> Name | None:
    letters = initials[0].strip()
    if letters.strip(".").lower() in ANONYMOUS or letters.islower():
        return None
    return Name(start, start + len(letters), False, 0)


def _verdict(word: str, particles: list[str], *, titled: bool, named: bool, after_dot: bool) -> bool | None:
    """Say whether a word is surely (True) or perhaps (False) part of a name; None when it is not."""
    low = word.lower()
    if len(low) == 1:
        return False if particles and titled and word.isupper() else None  # mevrouw de B.
    if low.replace(" ", "") in PARTICLES:
        return None
    if not word[0].isupper():
        return _lower_verdict(low, particles, titled=titled, named=named)
    if titled and not particles:
        return None if _begins_sentence(low, after_dot=after_dot) or low in ANONYMOUS else True
    if low in lexicon.followers() or (low in lexicon.allowed() and not named):
        return None
    return named or is_known(low) or bool(particles)


def _begins_sentence(low: str, *, after_dot: bool) -> bool:
    """Say whether a capitalised word after a title opens a sentence rather than names somebody."""
    if low in SENTENCE_WORDS:
        return True
    return after_dot and (low in lexicon.followers() or (low in lexicon.common() and not is_known(low)))


def _lower_verdict(low: str, particles: list[str], *, titled: bool, named: bool) -> bool | None:
    if low in lexicon.followers() or len(low) < 3:
        return None
    if particles:
        if is_known(low) and (titled or (named and (low not in lexicon.common() or particles == ["de"]))):
            return True
        strong = particles[-1] in STRONG_PARTICLES or " ".join(particles[-2:]) in STRONG_PARTICLES
        return False if strong and (titled or named) and low not in lexicon.common() else None
    if named:
        return True if low in lexicon.last_names() and low not in lexicon.common() else None
    if titled:
        return (
            True
            if is_known(low)
            else None
            if low in lexicon.common() or low.endswith(RUNNING_TEXT)
            else False
        )
    return False if low in lexicon.first_names() and low not in lexicon.common() else None


def is_known(low: str) -> bool:
    """Say whether a word, or a part of a double one, is on a list of names; also in the genitive or the diminutive."""
    parts = {*low.split("-"), *(low.removesuffix(end) for end in ("'s", "tje", "je"))}
    return any(part in lexicon.first_names() or part in lexicon.last_names() for part in parts)


def is_given_name(low: str) -> bool:
    """Say whether a word is on a list of given names and is no word of running text."""
    if low in lexicon.common():
        return False
    parts = {*low.split("-"), *(low.removesuffix(end) for end in ("'s", "tje", "je"))}
    return any(part in lexicon.first_names() and len(part) > 1 for part in parts)


def _is_allowed(name: str, *, titled: bool) -> bool:
    low = name.lower().strip(" .")
    return not titled and low in lexicon.allowed()
