"""Who is stuck where: the trainer's overview of a cohort, at the same cost however many there are, and its tables."""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.utils import timezone

from accounts.models import Role, ScopeKind
from core.models import AuditEntry
from courses.learning.actions import finish_lesson, open_lesson
from courses.learning.models import Enrolment
from courses.learning.queries import outline_of
from courses.learning.queries.overview import (
    cohort_stand,
    cohorts_overseen_by,
    filtered,
    grid_page,
    modules_followed,
)
from tests.accounts.factories import UserFactory
from tests.courses.certified import attend, hold_coachings, make_cohort, make_training_day
from tests.courses.factories import make_course, make_edition, make_enrolment, make_lesson, make_module

pytestmark = pytest.mark.django_db


def make_two_modules():
    """A course of two modules with two lessons each, without questions."""
    course = make_course("twee")
    for number in (1, 2):
        module = make_module(course, f"module-{number}", title=f"Module {number}")
        for lesson in (1, 2):
            make_lesson(module, f"les-{number}-{lesson}")
    make_edition(course)
    return course


class Group:
    """A cohort of a course of two modules."""

    def __init__(self) -> None:
        self.course = make_two_modules()
        self.cohort = make_cohort(self.course)

    def learner(self, name="Mens", *, lessons=0, quiet_days=0):
        user = UserFactory.create(poh=True, display_name=name)
        enrolment = make_enrolment(user, self.course)
        outline = outline_of(enrolment)
        for lesson in outline.lessons[:lessons]:
            open_lesson(enrolment, lesson, opened=False, at_lesson=False, by=user)
            finish_lesson(enrolment, lesson, by=user)
        then = timezone.now() - dt.timedelta(days=quiet_days)
        Enrolment.objects.filter(pk=enrolment.pk).update(cohort=self.cohort, last_active_at=then)
        enrolment.refresh_from_db()
        return enrolment

    def page(self, **filters):
        given = {"state": "all", "module": "", **filters}
        return grid_page(filtered(self.cohort, **given), modules_followed(self.cohort))


@pytest.fixture
def group():
    return Group()


def names(page):
    return [row.enrolment.user.display_name for row in page.rows]


def test_it_says_how_many_are_in_each_module_and_who_is_quiet(group):
    group.learner(lessons=0)
    group.learner(lessons=1, quiet_days=20)
    group.learner(lessons=3)
    group.learner(lessons=4, quiet_days=40)
    stand = cohort_stand(group.cohort)
    assert [(one.title, one.here, one.quiet) for one in stand.modules] == [
        ("Module 1", 2, 1),
        ("Module 2", 1, 0),
    ]
    assert (stand.people, stand.finished, stand.quiet) == (4, 1, 1)


def test_the_longest_quiet_come_first_with_what_they_did_of_each_module(group):
    group.learner("Vlot", lessons=3)
    stuck = group.learner("Stil", lessons=1, quiet_days=30)
    attend(stuck, make_training_day(group.cohort))
    hold_coachings(stuck, 2)
    page = group.page()
    assert names(page) == ["Stil", "Vlot"]
    first, second = page.rows
    assert [(cell.done, cell.total, cell.state) for cell in first.cells] == [(1, 2, "part"), (0, 2, "none")]
    assert [cell.state for cell in second.cells] == ["done", "part"]
    assert (first.module, first.stuck, first.trained, first.coachings) == (1, True, True, 2)
    assert (second.stuck, second.trained, second.coachings) == (False, False, 0)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"state": "quiet"}, ["Stil"]),
        ({"state": "finished"}, ["Klaar"]),
        ({"state": "busy"}, ["Stil", "Vlot"]),
        ({"module": 1}, ["Vlot"]),
    ],
)
def test_the_list_can_be_narrowed(group, filters, expected):
    group.learner("Vlot", lessons=2)
    group.learner("Stil", lessons=1, quiet_days=30)
    group.learner("Klaar", lessons=4, quiet_days=30)
    if "module" in filters:
        filters = {"module": modules_followed(group.cohort)[filters["module"]].key}
    assert names(group.page(**filters)) == expected


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_costs_the_same_for_one_and_for_three(client, group, count, django_assert_max_num_queries):
    trainer = UserFactory.create(trainer=True)
    for _number in range(count):
        hold_coachings(group.learner(lessons=2), 1)
    client.force_login(trainer)
    address = f"/begeleiding/groepen/{group.cohort.pk}/"
    client.get(address)
    with django_assert_max_num_queries(11) as captured:
        client.get(address)
    assert len(captured) == 11


def test_a_hundred_people_are_paged_by_key_without_a_gap(client, group):
    model = type(group.learner("Nul").user)
    people = model.objects.bulk_create(
        model(email=f"{n}@v.test", display_name=f"Mens {n:03}") for n in range(60)
    )
    first = Enrolment.objects.get()
    Enrolment.objects.bulk_create(
        Enrolment(
            user=one,
            course=first.course,
            edition=first.edition,
            cohort=group.cohort,
            last_active_at=timezone.now() - dt.timedelta(days=n // 2 + 1),
        )
        for n, one in enumerate(people)
    )
    seen, key = [], ""
    while True:
        page = grid_page(
            filtered(group.cohort, state="all", module=""), modules_followed(group.cohort), after=key
        )
        seen += names(page)
        key = page.older
        if not key:
            break
    assert len(seen) == len(set(seen)) == 61
    back = grid_page(
        filtered(group.cohort, state="all", module=""), modules_followed(group.cohort), before=page.newer
    )
    assert names(back) == seen[25:50]


@pytest.mark.parametrize("key", ["1_1", "x", "9" * 16 + "_1", "9" * 30 + "_9", "-1_2", "１_１"])
def test_a_made_up_key_is_no_error(client, group, key):
    client.force_login(UserFactory.create(trainer=True))
    for way in ("voor", "na"):
        answer = client.get(
            f"/begeleiding/groepen/{group.cohort.pk}/", {way: key, "stand": "x", "module": "x"}
        )
        assert answer.status_code == 200


def test_a_trainer_of_another_group_finds_nothing_here(client, group):
    other = UserFactory.create(roles=[Role.TRAINER], scope=(ScopeKind.COHORT, group.cohort.pk + 1))
    assert list(cohorts_overseen_by(other)) == []
    client.force_login(other)
    for path in ("", "voortgang.csv", "voortgang.xlsx"):
        assert client.get(f"/begeleiding/groepen/{group.cohort.pk}/{path}").status_code == 404


def test_the_table_holds_progress_and_nothing_that_somebody_wrote(client, group):
    learner = group.learner('=cmd|"/c calc"!A0', lessons=3)
    attend(learner, make_training_day(group.cohort))
    trainer = UserFactory.create(trainer=True)
    client.force_login(trainer)
    answer = client.get(f"/begeleiding/groepen/{group.cohort.pk}/voortgang.csv")
    content = b"".join(answer).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(content), delimiter=";")
    found = dict(zip(header, row, strict=True))
    assert found["Naam"] == """'=cmd|"/c calc"!A0"""
    assert (found["Lessen gedaan"], found["1. Module 1"], found["2. Module 2"]) == ("3", "2 / 2", "1 / 2")
    assert found["Trainingsdag"]
    sheet_bytes = b"".join(client.get(f"/begeleiding/groepen/{group.cohort.pk}/voortgang.xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(sheet_bytes)).active
    assert [cell.value for cell in sheet[1]] == header
    assert AuditEntry.objects.filter(action="learning.progress_taken_out").count() == 2
    assert client.get(f"/begeleiding/groepen/{group.cohort.pk}/voortgang.exe").status_code == 404


def test_learners_of_an_older_edition_stand_under_the_same_modules(group):
    group.learner("Vroeg", lessons=1)
    module = make_module(group.course, "module-3", title="Module 3")
    make_lesson(module, "les-3-1")
    make_edition(group.course)
    group.learner("Laat", lessons=1)
    rows = {row.enrolment.user.display_name: row for row in group.page().rows}
    assert [cell.state for cell in rows["Vroeg"].cells] == ["part", "none", "absent"]
    assert [cell.state for cell in rows["Laat"].cells] == ["part", "none", "none"]
