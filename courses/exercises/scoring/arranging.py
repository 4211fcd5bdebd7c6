"""Putting steps in order and matching pairs.

Both are given as `uuid:value`: a step with its place from 1, the left half of a pair with the name of the right half.
"""

from __future__ import annotations

from courses.exercises.scoring.spec import AnswerRefusedError, Given, Kind, Outcome, QuestionSpec, Refusal


def halves(given: Given) -> dict[str, str]:
    """Return what was given to each uuid; the last one counts when a uuid is named twice."""
    return dict(entry.split(":", 1) for entry in given.chosen if ":" in entry)


def placed(given: Given) -> list[str]:
    """Return the uuids of steps by the place that somebody gave them."""
    return [key for key, _place in sorted(halves(given).items(), key=lambda entry: (len(entry[1]), entry[1]))]


def answers_to(question: QuestionSpec) -> dict[str, str]:
    """Return the right value of every uuid."""
    if question.kind is Kind.ORDER:
        return {option.key: str(place) for place, option in enumerate(question.options, start=1)}
    return {option.key: option.partner_key for option in question.options}


def accept(question: QuestionSpec, given: Given, *, final: bool) -> Given:
    """Return what was given in the question's own order; a `final` answer gives every uuid a value of its own.

    While somebody is still arranging, some may be open and two may share a place.
    """
    if any(":" not in entry for entry in given.chosen):
        raise AnswerRefusedError(Refusal.UNKNOWN)
    right, picked = answers_to(question), {key: value for key, value in halves(given).items() if value}
    if not picked.keys() <= right.keys() or not set(picked.values()) <= set(right.values()):
        raise AnswerRefusedError(Refusal.UNKNOWN)
    if final and not picked:
        raise AnswerRefusedError(Refusal.NOTHING)
    if final and len(picked) < len(right):
        raise AnswerRefusedError(Refusal.UNFINISHED)
    if final and len(set(picked.values())) < len(picked):
        raise AnswerRefusedError(Refusal.TWICE)
    return Given(
        chosen=tuple(
            f"{option.key}:{picked[option.key]}" for option in question.options if option.key in picked
        )
    )


def score(question: QuestionSpec, given: Given) -> Outcome:
    """Say how good an arrangement is: right when all of it is, partly when at least half of it is."""
    right, picked = answers_to(question), halves(given)
    fitting = sum(picked.get(key) == value for key, value in right.items())
    if fitting == len(right):
        return Outcome.RIGHT
    return Outcome.PARTLY if fitting * 2 >= len(right) else Outcome.WRONG
