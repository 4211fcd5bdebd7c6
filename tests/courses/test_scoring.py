"""How good an answer is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.exercises.scoring import (
    AnswerRefusedError,
    Kind,
    OptionSpec,
    Outcome,
    QuestionSpec,
    accept,
    score,
    tally,
)


def question(kind: Kind, right: str) -> QuestionSpec:
    options = tuple(OptionSpec(key, key, key in right, "") for key in "abcd")
    return QuestionSpec(title="", kind=kind, prompt="", options=options)


@pytest.mark.parametrize(
    ("kind", "right", "chosen", "outcome"),
    [
        (Kind.SINGLE, "b", "b", Outcome.RIGHT),
        (Kind.SINGLE, "b", "a", Outcome.WRONG),
        (Kind.MULTIPLE, "bc", "cb", Outcome.RIGHT),
        (Kind.MULTIPLE, "bc", "b", Outcome.PARTLY),
        (Kind.MULTIPLE, "bc", "bd", Outcome.PARTLY),
        (Kind.MULTIPLE, "bc", "abcd", Outcome.PARTLY),
        (Kind.MULTIPLE, "bc", "ad", Outcome.WRONG),
    ],
)
def test_an_answer_is_right_only_when_it_is_the_whole_key(kind, right, chosen, outcome):
    assert score(question(kind, right), chosen) is outcome


@pytest.mark.parametrize(
    ("kind", "chosen"),
    [(Kind.SINGLE, ""), (Kind.MULTIPLE, ""), (Kind.SINGLE, "ab"), (Kind.SINGLE, "z"), (Kind.MULTIPLE, "az")],
)
def test_a_choice_that_does_not_fit_the_question_is_refused(kind, chosen):
    with pytest.raises(AnswerRefusedError):
        accept(question(kind, "b"), chosen)


def test_what_is_accepted_stands_in_the_order_of_the_question_and_once():
    assert accept(question(Kind.MULTIPLE, "b"), "dbbd") == ("b", "d")


@given(st.lists(st.sampled_from(list(Outcome))), st.integers(1, 10))
def test_a_tally_never_counts_more_right_than_answered(outcomes, total):
    found = tally(outcomes, total=total)
    assert 0 <= found.right <= found.answered == len(outcomes)
    assert found.complete == (len(outcomes) >= total)
