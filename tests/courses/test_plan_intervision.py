"""Intervision in the half-year plan: through the interface that training declares, whoever answers there."""

from __future__ import annotations

import datetime as dt

import pytest

from courses.learning import intervision, queries
from courses.learning.intervision import Sitting
from tests.courses.coached import DAY, at

WEEK = dt.timedelta(weeks=1)
NOW = at(DAY + 9 * WEEK)


def sitting(week, *, attended=False, url="/intervisie/bijeenkomsten/7/"):
    starts_at = at(DAY + week * WEEK)
    return Sitting(starts_at, starts_at + dt.timedelta(minutes=90), url, attended)


@pytest.fixture
def group():
    """A small intervision in memory that answers as the real one must: by person, between two moments."""
    held: dict[int, list[Sitting]] = {}

    def sittings(users, since, until):
        return {user: [one for one in held.get(user, []) if since <= one.starts_at < until] for user in users}

    intervision.register(intervision.Intervision(sittings=sittings))
    yield held
    intervision.forget()


def steps_of(user):
    (plan,) = queries.plan_views(queries.plans_of(user), now=NOW)
    return [(step.state, step.when) for step in plan.steps if step.step.kind == "intervision"]


def test_while_nobody_answers_the_plan_says_the_weeks(learner):
    assert steps_of(learner) == [
        ("past", "week 6, uiterlijk 12 april"),
        ("", "week 12, uiterlijk 24 mei"),
        ("", "week 20, uiterlijk 19 juli"),
    ]


@pytest.mark.parametrize(
    ("sittings", "found"),
    [
        ([sitting(5, attended=True)], [("done", "gehouden op 5 april"), ("", ""), ("", "")]),
        ([sitting(5), sitting(11)], [("planned", "17 mei om 12:00"), ("", ""), ("", "")]),
        (
            [sitting(11), sitting(5, attended=True)],
            [("done", "gehouden op 5 april"), ("planned", "17 mei om 12:00"), ("", "")],
        ),
        ([sitting(-2, attended=True), sitting(40)], [("past", ""), ("", ""), ("", "")]),
    ],
    ids=["was there", "missed one, the next is planned", "one held and one planned", "outside the half year"],
)
def test_where_somebody_was_and_what_is_planned_fill_the_steps_in_order(sittings, found, learner, group):
    group[learner.pk] = sittings
    told = steps_of(learner)
    assert [state for state, _when in told] == [state for state, _when in found]
    assert all(words in told[number][1] for number, (_state, words) in enumerate(found))


def test_more_than_three_intervisions_are_no_trouble(learner, group):
    group[learner.pk] = [sitting(week, attended=True) for week in range(1, 9)]
    assert [state for state, _when in steps_of(learner)] == ["done"] * 3


def test_the_screen_leads_to_what_is_planned(learner, group, client_for, time_machine):
    time_machine.move_to(NOW, tick=False)
    group[learner.pk] = [sitting(11)]
    page = client_for(learner).get("/training/plan/").text
    assert 'href="/intervisie/bijeenkomsten/7/"' in page
    assert "Naar deze intervisie" in page
