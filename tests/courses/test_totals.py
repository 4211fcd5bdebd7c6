"""Totals stay totals: nobody can be found out from them, not even by subtracting."""

from __future__ import annotations

import itertools

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Role, ScopeKind
from courses.learning.models import Enrolment
from courses.learning.queries.totals import totals_for
from courses.learning.suppression import SMALL, Shown, shown, total
from tests.accounts.factories import UserFactory
from tests.courses.certified import make_cohort
from tests.courses.factories import make_edition, make_small_course


@pytest.mark.parametrize(
    ("count", "people", "told"),
    [
        (0, 30, "0–5"),
        (5, 30, "0–5"),
        (6, 30, "6"),
        (24, 30, "24"),
        (25, 30, "25–30"),
        (30, 30, "25–30"),
        (3, 8, "0–8"),
        (8, 8, "0–8"),
        (2, 2, "0–5"),
        (6, 12, "6"),
    ],
)
def test_what_is_told_of_a_count(count, people, told):
    assert str(shown(count, people)) == told


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_count_lies_in_what_is_told_and_a_hidden_one_in_a_wide_range(one, other):
    count, people = min(one, other), max(one, other)
    told = shown(count, people)
    assert told.low <= count <= told.high
    assert told.exact or told.high - told.low >= SMALL


groups = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=3)


@settings(max_examples=400, deadline=None)
@given(groups)
def test_subtracting_narrows_no_hidden_count_below_five(pairs):
    counts = [min(pair) for pair in pairs]
    sizes = [max(pair) for pair in pairs]
    parts = [shown(count, size) for count, size in zip(counts, sizes, strict=True)]
    told = total(counts, sizes)
    possible = [
        guess
        for guess in itertools.product(*(range(part.low, part.high + 1) for part in parts))
        if told is None or told.low <= sum(guess) <= told.high
    ]
    assert tuple(counts) in possible
    for place, part in enumerate(parts):
        if not part.exact:
            found = [guess[place] for guess in possible]
            assert max(found) - min(found) >= SMALL


def test_a_total_that_gives_one_group_away_is_not_told():
    assert total([3, 20], [30, 40]) is None
    assert total([10, 20], [30, 40]) == Shown(30, 30)
    assert total([3, 4, 5, 20], [30, 30, 30, 40]) is None
    assert total([1, 2, 3, 4, 20], [30, 30, 30, 30, 40]) == Shown(30, 30)


def enrol_many(cohort, edition, done):
    model = type(UserFactory.create())
    people = model.objects.bulk_create(
        model(email=f"{cohort.pk}-{n}@v.test", display_name=f"Mens {n}") for n in range(len(done))
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            user=one,
            course=edition.course,
            edition=edition,
            cohort=cohort,
            lessons_total=4,
            lessons_done=lessons,
            finished_at=timezone.now() if lessons == 4 else None,
        )
        for one, lessons in zip(people, done, strict=True)
    )


@pytest.mark.django_db
def test_the_leader_sees_each_cohort_of_their_round():
    course = make_small_course()
    edition = make_edition(course)
    mine = make_cohort(course, "Najaar", round_id=1)
    enrol_many(mine, edition, [0] * 8 + [1] * 3 + [2] * 7 + [4] * 12)
    enrol_many(make_cohort(course, "Elders", round_id=2), edition, [4] * 20)
    leader = UserFactory.create(roles=[Role.PROJECT_LEADER], scope=(ScopeKind.ROUND, 1))
    found = totals_for(leader)
    (one,) = found.cohorts
    assert (one.name, one.people) == ("Najaar", 30)
    assert [str(step) for step in one.steps] == ["22", "19", "12", "0–5", "0–5"]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_totals_cost_the_same_for_one_and_for_three(count, django_assert_num_queries):
    course = make_small_course()
    edition = make_edition(course)
    for number in range(count):
        enrol_many(make_cohort(course, f"Groep {number}"), edition, [1] * 7)
    leader = UserFactory.create(project_leader=True)
    with django_assert_num_queries(3):
        assert len(totals_for(leader).cohorts) == count


@pytest.mark.django_db
def test_screen_and_table_tell_the_same(client):
    course = make_small_course()
    enrol_many(make_cohort(course, "Najaar"), make_edition(course), [0] * 10 + [4] * 10)
    client.force_login(UserFactory.create(project_leader=True))
    page = client.get("/project/training/").content.decode()
    assert "0–5" in page
    rows = b"".join(client.get("/project/training/totalen.csv")).decode("utf-8-sig").splitlines()
    assert rows[1] == "Najaar;Een training;20;10;10;10;0–5;0–5"
