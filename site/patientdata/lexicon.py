"""The word lists under `data/`, folded to plain lower-case letters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from patientdata.folding import fold

DATA = Path(__file__).parent / "data"


def lines(name: str) -> list[str]:
    """Return the lines of one list, folded and in lower case, without its comments."""
    text = (DATA / f"{name}.txt").read_text(encoding="utf-8")
    return [fold(line).text.lower().strip() for line in text.splitlines() if line.strip() and line[0] != "#"]


def words(name: str) -> frozenset[str]:
    """Return the single words of one list."""
    return frozenset(word for line in lines(name) for word in line.split())


@cache
def first_names() -> frozenset[str]:
    """Return given names: Dutch, Flemish, French, Maghrebi, Turkish, Polish and our own."""
    lists = ("dutch", "french_maghreb", "turkish", "polish")
    return frozenset().union(*(words(f"first_names_{people}") for people in lists), _own()[0])


@cache
def last_names() -> frozenset[str]:
    """Return family names without particles."""
    lists = ("dutch", "french_maghreb", "turkish", "polish")
    return frozenset().union(*(words(f"last_names_{people}") for people in lists), _own()[1])


@cache
def _own() -> tuple[frozenset[str], frozenset[str]]:
    own = lines("own_names")
    bar = own.index("|")
    return (
        frozenset(word for line in own[:bar] for word in line.split()),
        frozenset(word for line in own[bar:] for word in line.split()),
    )


@cache
def followers() -> frozenset[str]:
    """Return words that may follow a title in running text without being a name."""
    return words("followers")


@cache
def common() -> frozenset[str]:
    """Return words of running text that may also be somebody's name."""
    return words("common") | words("words") | followers()


@cache
def towns() -> frozenset[str]:
    """Return the towns of the Netherlands and Belgium, also those of several words."""
    return frozenset(lines("towns"))


@cache
def allowed() -> frozenset[str]:
    """Return names of authors, institutions, medicines and such; an entry may be several words."""
    return frozenset(lines("allowed"))


def is_allowed(name: str) -> bool:
    """Say whether this word or these words stand on the list of names that identify nobody."""
    return name.lower().strip(" .") in allowed()


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """Return the allowed names of several words, by their first word."""
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(allowed(), key=len, reverse=True):
        if " " in name:
            first = name.split(" ", 1)[0]
            found[first] = (*found.get(first, ()), name)
    return found


def allowed_phrase_end(text: str, start: int, word: str) -> int:
    """Return where an allowed name of several words that starts here ends; 0 when there is none."""
    for name in _phrases().get(word.lower(), ()):
        end = start + len(name)
        if text[start:end].lower() == name and not text[end : end + 1].isalnum():
            return end
    return 0
