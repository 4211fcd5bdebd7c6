"""The trainer's list: who is where, and nothing of what people wrote or answered."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Role, ScopeKind
from courses.learning import desk
from courses.learning.actions import save_reflection
from courses.learning.models import Cohort, Enrolment
from courses.learning.queries import outline_of
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_enrolment, make_small_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_small_course()


def learners(course, count, *, days_apart=1):
    made = []
    for number in range(count):
        enrolment = make_enrolment(
            UserFactory.create(poh=True, display_name=f"Deelnemer {number:02}"), course
        )
        enrolment.last_active_at = timezone.now() - dt.timedelta(days=number * days_apart)
        enrolment.save()
        made.append(enrolment)
    return made


@pytest.fixture
def trainer(client_for):
    return client_for(UserFactory.create(trainer=True))


@pytest.mark.parametrize(
    ("role", "status"),
    [("trainer", 200), ("poh", 403), ("gp", 403), ("project_leader", 403), ("editor", 403)],
)
def test_who_opens_the_desk(role, status, client_for):
    assert client_for(UserFactory.create(**{role: True})).get("/begeleiding/").status_code == status


def test_the_list_says_who_is_where(trainer, course):
    learners(course, 1)
    page = trainer.get("/begeleiding/").text
    for words in ("Deelnemer 00", "Een training", "Les een"):
        assert words in page


def test_what_people_write_for_themselves_is_not_on_the_desk(trainer, course):
    (enrolment,) = learners(course, 1)
    save_reflection(
        enrolment,
        outline_of(enrolment).lessons[0],
        "blok",
        text="Heel eigen.",
        confirmed=False,
        by=enrolment.user,
    )
    assert "Heel eigen." not in trainer.get("/begeleiding/").text


def test_the_list_costs_the_same_with_one_and_three_rows(
    trainer, course, django_assert_num_queries, django_assert_max_num_queries
):
    learners(course, 1)
    trainer.get("/begeleiding/")
    with django_assert_max_num_queries(12) as one:
        trainer.get("/begeleiding/")
    learners(course, 2)
    with django_assert_num_queries(len(one.captured_queries)):
        trainer.get("/begeleiding/")


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("all", {"Deelnemer 00", "Deelnemer 01", "Deelnemer 02"}),
        ("busy", {"Deelnemer 00", "Deelnemer 01"}),
        ("quiet", {"Deelnemer 01"}),
        ("finished", {"Deelnemer 02"}),
    ],
)
def test_the_list_is_narrowed_by_state(state, names, trainer, course):
    _here, _quiet, finished = learners(course, 3, days_apart=15)
    Enrolment.objects.filter(pk=finished.pk).update(finished_at=timezone.now())
    rows = trainer.get("/begeleiding/", {"stand": state}).context["page_of_learners"].rows
    assert {row.name for row in rows} == names


def test_the_list_is_narrowed_to_a_course(trainer, course):
    learners(course, 1)
    other = make_small_course("ander")
    make_enrolment(UserFactory.create(poh=True, display_name="Iemand anders"), other)
    rows = trainer.get("/begeleiding/", {"training": other.pk}).context["page_of_learners"].rows
    assert [row.name for row in rows] == ["Iemand anders"]


def test_pages_by_key_meet_each_other_without_gap_or_overlap(course, monkeypatch):
    monkeypatch.setattr(desk, "PAGE_SIZE", 2)
    learners(course, 5)
    found = Enrolment.objects.all()
    first = desk.page_of(found)
    second = desk.page_of(found, after=first.older)
    third = desk.page_of(found, after=second.older)
    seen = [row.name for page in (first, second, third) for row in page.rows]
    assert seen == [f"Deelnemer {number:02}" for number in range(5)]
    assert (first.newer, third.older) == ("", "")
    assert desk.page_of(found, before=third.newer).rows == second.rows


@pytest.mark.parametrize("key", ["onzin", "1_x", "9" * 30 + "_1", "_"])
def test_a_made_up_key_shows_the_first_page(key, trainer, course):
    learners(course, 1)
    assert trainer.get("/begeleiding/", {"na": key}).status_code == 200


def test_a_trainer_of_one_cohort_sees_the_learners_of_that_cohort_only(course):
    learners(course, 2)
    mine = Cohort.objects.create(
        course=course, name="Voorjaar", starts_on=dt.date(2026, 3, 1), ends_on=dt.date(2026, 9, 1)
    )
    inside = Enrolment.objects.order_by("pk").first()
    Enrolment.objects.filter(pk=inside.pk).update(cohort=mine)
    trainer = UserFactory.create(roles=[Role.TRAINER], scope=(ScopeKind.COHORT, mine.pk))
    stranger = UserFactory.create(roles=[Role.TRAINER], scope=(ScopeKind.COHORT, mine.pk + 1))
    assert list(desk.learners_visible_to(trainer)) == [inside]
    assert not desk.learners_visible_to(stranger).exists()
