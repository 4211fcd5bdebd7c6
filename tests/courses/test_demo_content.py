"""What the demo's training promises its readers: fair questions, a source beside every claim, a place to practise.

Reads the files under `demo/catalogue/`; that they load is what the demo's own tests show.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from statistics import mean

import pytest
import yaml
from django.conf import settings

from courses.catalogue.demo_bank import bank
from courses.exercises.scoring import Kind

CATALOGUE = settings.BASE_DIR / "demo" / "catalogue"
COURSE = CATALOGUE / "motiverend-aan-de-slag"
MODULES = sorted(path.parent for path in COURSE.glob("*/module.yaml"))
LESSONS = sorted(COURSE.glob("*/[0-9]*.yaml"))
DUTCH = [path for path in LESSONS if path.name.endswith(".nl.yaml")]
FRENCH = [path for path in LESSONS if path.name.endswith(".fr.yaml")]
CLAIM = re.compile(r"\d\s?%|\d (?:procent|pour cent)|\b\d[\d,]* mg\b|richtlijn|recommandation américaine")
LOWERING = re.compile(r"\bverlag|\bafbouw|stap omlaag|réduire davantage|réduction accompagnée")
RED_FLAGS = {
    "nl": ("*niet* stoppen met de tabletten", "112", "113", "1813", "medisch redacteur"),
    "fr": ("*ne pas* arrêter les comprimés", "112", "113", "1813", "rédacteur médical"),
}
BLAME = re.compile(r"verslaafd|junk|misbruik|\bclean\b|afkick|terugval|therapieontrouw|weiger", re.IGNORECASE)
REPORTED = re.compile(r"“[^”]*”|\*[^*]*\*|^title: .*$", re.MULTILINE)
WORDS_A_MINUTE = 150


@cache
def read(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def questions() -> dict:
    return bank(CATALOGUE / "questions")[0]


@cache
def quizzes() -> dict:
    return bank(CATALOGUE / "questions")[1]


def blocks(path: Path) -> list[tuple[str, object]]:
    return [next(iter(entry.items())) for entry in read(path)["body"]]


def words_of(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(words_of(part) for part in value.values())
    if isinstance(value, list):
        return "\n".join(words_of(part) for part in value)
    return str(value)


def told(path: Path) -> str:
    return "\n".join(
        words_of(value) for kind, value in blocks(path) if kind in {"text", "callout", "figures"}
    )


def asked_in(paths: list[Path]) -> list[str]:
    chosen = [(kind, value) for path in paths for kind, value in blocks(path)]
    alone = [str(value) for kind, value in chosen if kind == "question"]
    return alone + [key for kind, value in chosen if kind == "quiz" for key in quizzes()[value]["questions"]]


def with_options(language: str, kind: Kind) -> dict[str, tuple[list[int], list[int]]]:
    """Return the lengths of right and of wrong options of each question of this kind."""
    found = {}
    for key, facts in questions().items():
        if language in facts and facts.get("kind", "single") == kind.value:
            lengths = {letter: len(text) for letter, (text, _why) in facts[language]["options"].items()}
            right = [length for letter, length in lengths.items() if letter in facts["right"]]
            found[key] = right, [length for letter, length in lengths.items() if letter not in facts["right"]]
    return found


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_longest_option_gives_nothing_away(language):
    found = with_options(language, Kind.SINGLE)
    assert all(len(right) == 1 and wrong for right, wrong in found.values())
    longest = sum(right[0] > max(wrong) for right, wrong in found.values())
    assert longest <= 0.4 * len(found)
    shortest = sum(right[0] < min(wrong) for right, wrong in found.values())
    assert shortest <= 0.4 * len(found)


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("kind", [Kind.SINGLE, Kind.MULTIPLE])
def test_wrong_options_are_as_long_as_right_ones(kind, language):
    ratios = {key: mean(right) / mean(wrong) for key, (right, wrong) in with_options(language, kind).items()}
    assert 0.9 <= mean(ratios.values()) <= 1.1
    assert {key: round(ratio, 2) for key, ratio in ratios.items() if ratio > 1.5} == {}


def test_every_answer_that_can_be_chosen_says_why():
    for key, facts in questions().items():
        for language in {"nl", "fr"} & facts.keys():
            given = facts[language]
            parts = [*given.get("options", {}).values(), *given.get("pairs", {}).values()]
            assert all(str(part[-1]).strip() for part in [*parts, *given.get("near", {}).values()]), key
            assert given.get("why", "").strip(), key


def test_all_eight_kinds_are_asked_and_every_question_has_its_place():
    asked = asked_in(DUTCH)
    kinds = Counter(questions()[key].get("kind", "single") for key in asked)
    assert set(kinds) == {kind.value for kind in Kind}
    assert len(kinds) == 8
    assert len(asked) >= 60
    assert set(questions()) == set(asked)


def test_a_quiz_draws_from_a_larger_pool():
    pools = [(facts["draw"], len(facts["questions"])) for facts in quizzes().values() if "draw" in facts]
    assert pools
    assert all(drawn < pool for drawn, pool in pools)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_a_module_has_three_to_six_lessons_a_case_and_several_ways_to_practise(module):
    lessons = sorted(module.glob("*.nl.yaml"))
    assert 3 <= len(lessons) <= 6
    used = Counter(kind for path in lessons for kind, _value in blocks(path))
    assert used["case"] >= 1
    assert used["reflection"] >= 3
    assert used["checklist"] >= 3
    kinds = {questions()[key].get("kind", "single") for key in asked_in(lessons)}
    assert {"single", "multiple"} <= kinds
    assert len(kinds) >= 4


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)
def test_a_medical_lesson_has_a_source_beside_what_it_claims(path):
    chain = [(kind, value) for kind, value in blocks(path) if kind not in {"term", "callout", "drawing"}]
    for at, (kind, value) in enumerate(chain):
        if kind == "text" and CLAIM.search(str(value)):
            near = {kind for kind, _value in chain[at + 1 : at + 5]}
            assert near & {"source", "figures"}, str(value)[:200]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)
def test_a_lesson_that_speaks_of_lowering_shows_the_red_flags_in_the_same_words(path):
    language = path.name.split(".")[-2]
    safety = [
        str(value["text"]) for kind, value in blocks(path) if kind == "callout" and value["kind"] == "mind"
    ]
    if LOWERING.search(told(path)):
        assert safety
    for text in safety:
        assert [words for words in RED_FLAGS[language] if words not in " ".join(text.split())] == []


def test_medical_questions_name_their_source():
    for key, facts in questions().items():
        if re.search(r"\d\s?%|\d procent|\b112\b", facts["nl"].get("why", "") + facts["nl"]["prompt"]):
            assert facts.get("source") or "Oefenschema" in facts["nl"]["prompt"], key


def test_no_source_of_the_demo_passes_for_checked():
    files = [CATALOGUE / "sources.yaml", settings.BASE_DIR / "demo" / "pages" / "sources.yaml"]
    assert [
        key
        for path in files
        for key, facts in read(path).items()
        if {"verified", "reviewed_on"} & facts.keys()
    ] == []


@pytest.mark.parametrize("path", DUTCH, ids=lambda path: path.name)
def test_words_of_blame_are_only_quoted(path):
    for kind, value in blocks(path):
        if kind in {"text", "callout", "checklist"} and read(path)["title"] != "Gewend is niet verslaafd":
            assert BLAME.findall(REPORTED.sub("", words_of(value))) == []


@pytest.mark.parametrize("path", DUTCH, ids=lambda path: path.name)
def test_the_minutes_of_a_lesson_can_be_believed(path):
    used = Counter(kind for kind, _value in blocks(path))
    asked = asked_in([path])
    shown = [questions()[key]["nl"] for key in asked]
    met = [read(CATALOGUE / "cases.yaml")[value]["nl"] for kind, value in blocks(path) if kind == "case"]
    reading = len(words_of([read(path)["body"], shown, met]).split()) / WORDS_A_MINUTE
    needed = reading + 0.5 * len(asked) + 2 * used["reflection"] + 3 * used["episode"]
    assert 0.8 <= read(path)["minutes"] / needed <= 1.55


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)
def test_no_paragraph_is_a_wall_of_text(path):
    for kind, value in blocks(path):
        if kind == "text":
            paragraphs = re.split(r"\n\s*\n|\n(?=\s*(?:- |\d\. ))", str(value))
            assert [part[:60] for part in paragraphs if len(part.split()) > 110] == []


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)
def test_every_line_of_a_checklist_is_a_sentence(path):
    lines = [line for kind, value in blocks(path) if kind == "checklist" for line in value["items"]]
    assert [line for line in lines if not isinstance(line, str) or not line.endswith((".", "?", "?”"))] == []


@pytest.mark.parametrize("path", FRENCH, ids=lambda path: path.name)
def test_the_french_lesson_is_whole(path):
    dutch = path.with_name(path.name.replace(".fr.", ".nl."))
    assert [kind for kind, _value in blocks(path)] == [kind for kind, _value in blocks(dutch)]
    assert read(path)["minutes"] == read(dutch)["minutes"]
    assert [key for key in asked_in([path]) if "fr" not in questions()[key]] == []
    assert not re.search(r"\b(?:tu|toi|ton|tes)\b", told(path), re.IGNORECASE)
    assert re.findall(r".{12}(?:« | »| [?!;:](?:\s|$))", words_of(read(path))) == []


def test_the_first_module_is_there_in_french():
    first = MODULES[0]
    assert len(list(first.glob("*.fr.yaml"))) == len(list(first.glob("*.nl.yaml")))


def test_cases_are_used_and_one_comes_back():
    used = Counter(str(value) for path in DUTCH for kind, value in blocks(path) if kind == "case")
    cases = read(CATALOGUE / "cases.yaml")
    assert set(used) == set(cases)
    assert max(used.values()) >= 2
    assert all(re.search(r"\d\d jaar", versions["nl"]["person"]) for versions in cases.values())
