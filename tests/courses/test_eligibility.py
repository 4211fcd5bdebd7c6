"""From facts to criteria in words: pure, and never more generous than the rules."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.catalogue.certificates import Rules, rules_from
from courses.learning.eligibility import Facts, QuizFact, criteria, earned

RULES = Rules(given=True, lessons=True, training_day=True, coachings=3, samples=4, quizzes=True, pass_mark=80)
QUIZ = QuizFact("Toets", best=90)
FACTS = Facts(lessons_done=28, lessons_total=28, training_day=True, coachings=3, samples=4, quizzes=(QUIZ,))

LACKS = {
    "a lesson": {"lessons_done": 27},
    "the training day": {"training_day": False},
    "a coaching": {"coachings": 2},
    "a practice sample that a trainer looked at": {"samples": 3},
    "a quiz that was handed in": {"quizzes": (QuizFact("Toets", best=None),)},
    "a quiz at the pass mark": {"quizzes": (QuizFact("Toets", best=79),)},
    "a quiz at its own pass mark": {"quizzes": (QuizFact("Toets", best=90, pass_mark=95),)},
    "all red flags right": {"quizzes": (QUIZ, QuizFact("Rode vlaggen", best=99, required=True))},
    "an open enrolment": {"open": False},
    "any lesson at all": {"lessons_done": 0, "lessons_total": 0},
}


def test_who_did_everything_earned_it():
    assert earned(RULES, FACTS)


@pytest.mark.parametrize("lacks", LACKS.values(), ids=LACKS.keys())
def test_who_lacks_one_thing_did_not(lacks):
    assert not earned(RULES, replace(FACTS, **lacks))


def test_required_quizzes_count_though_the_rules_ask_for_no_quizzes():
    rules = replace(RULES, quizzes=False)
    assert earned(rules, replace(FACTS, quizzes=(QuizFact("Toets", best=0),)))
    assert not earned(rules, replace(FACTS, quizzes=(QuizFact("Rode vlaggen", best=75, required=True),)))


def test_a_course_that_gives_none_or_asks_nothing_gives_nothing():
    assert not earned(replace(RULES, given=False), FACTS)
    assert not earned(Rules(given=True, lessons=False), FACTS)


def test_what_is_still_needed_is_said_in_words():
    asked = criteria(
        RULES, Facts(lessons_done=26, lessons_total=28, training_day=False, coachings=2, samples=1)
    )
    assert [(c.key, c.met, c.needed) for c in asked] == [
        ("lessons", False, "Nog 2 lessen te gaan."),
        ("training_day", False, "Meld je aan met de code in de zaal, of laat de trainer je naam aanvinken."),
        ("coachings", False, "Nog 1 coachingsmoment te gaan."),
        ("samples", False, "Nog 3 keer oefenwerk te gaan."),
    ]
    assert [c.goal for c in asked] == [
        "Alle 28 lessen gedaan",
        "Trainingsdag bijgewoond",
        "Minstens 3 coachingsmomenten gehouden",
        "Minstens 4 keer oefenwerk met feedback van een trainer",
    ]


def test_a_course_from_before_there_were_certificates_gives_none():
    assert rules_from({"title": "Oud"}) == Rules()
    assert not rules_from({}).given


quizzes = st.builds(
    QuizFact,
    title=st.just("Toets"),
    best=st.none() | st.integers(0, 100),
    pass_mark=st.none() | st.integers(0, 100),
    required=st.booleans(),
)
rules_ = st.builds(
    Rules,
    given=st.booleans(),
    lessons=st.booleans(),
    training_day=st.booleans(),
    coachings=st.integers(0, 12),
    samples=st.integers(0, 12),
    quizzes=st.booleans(),
    pass_mark=st.integers(0, 100),
)
histories = st.builds(
    Facts,
    lessons_done=st.integers(0, 40),
    lessons_total=st.integers(0, 40),
    training_day=st.booleans(),
    coachings=st.integers(0, 12),
    samples=st.integers(0, 12),
    quizzes=st.lists(quizzes, max_size=5).map(tuple),
    open=st.booleans(),
)


def lacking(rules: Rules, facts: Facts) -> bool:
    """The same question asked another way round: is there anything at all that is not good enough?"""
    nothing_asked = not (rules.lessons or rules.training_day or rules.coachings or rules.samples)
    quizzes_asked = [quiz for quiz in facts.quizzes if rules.quizzes or quiz.required]
    return any(
        (
            not rules.given,
            not facts.open,
            nothing_asked and not quizzes_asked,
            rules.lessons and not 0 < facts.lessons_total <= facts.lessons_done,
            rules.training_day and not facts.training_day,
            facts.coachings < rules.coachings,
            facts.samples < rules.samples,
            any(
                quiz.best is None
                or quiz.best
                < (100 if quiz.required else rules.pass_mark if quiz.pass_mark is None else quiz.pass_mark)
                for quiz in quizzes_asked
            ),
        )
    )


@settings(max_examples=1000, deadline=None)
@given(rules_, histories)
def test_earned_exactly_when_nothing_is_lacking(rules, facts):
    assert earned(rules, facts) is not lacking(rules, facts)


@settings(max_examples=300, deadline=None)
@given(rules_, histories)
def test_every_criterion_has_words_and_unmet_ones_say_what_is_needed(rules, facts):
    for criterion in criteria(rules, facts):
        assert criterion.goal
        assert criterion.met or criterion.needed or facts.lessons_total == 0


def test_missing_quizzes_are_named_with_what_is_needed():
    quizzes = (
        QuizFact("Een", best=None),
        QuizFact("Twee", best=60),
        QuizFact("Drie", best=90),
        QuizFact("Rode vlaggen", best=75, required=True),
    )
    asked = criteria(RULES, replace(FACTS, quizzes=quizzes))
    assert [(c.goal, c.needed) for c in asked if not c.met] == [
        ("Alle 3 toetsen gehaald", "“Een”: nog niet ingeleverd. “Twee”: hoogstens 60% goed, 80% is nodig."),
        ("“Rode vlaggen”: alles goed", "hoogstens 75% goed, 100% is nodig."),
    ]


def test_of_many_missing_quizzes_only_some_are_named():
    quizzes = tuple(QuizFact(f"Toets {number}", best=None) for number in range(9))
    (asked,) = (c for c in criteria(RULES, replace(FACTS, quizzes=quizzes)) if c.key == "quizzes")
    assert asked.needed.endswith("En nog 6.")
