"""Starting a course: once, with the newest edition, and only who may."""

from __future__ import annotations

import pytest

from core.models import AuditEntry
from courses.catalogue.actions import cut_edition
from courses.catalogue.models import LessonPage
from courses.learning import actions
from courses.learning.actions import NotAllowedError, NothingToFollowError, enrol
from courses.learning.models import Enrolment
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_course, make_edition, make_small_course

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("poh", True), ("gp", True), ("trainer", True), ("researcher", False), ("editor", False), (None, False)],
)
def test_who_may_start_a_course(role, allowed):
    course = make_small_course()
    make_edition(course)
    person = UserFactory.create(**({role: True} if role else {}))
    if allowed:
        assert enrol(course, by=person).edition.number == 1
    else:
        with pytest.raises(NotAllowedError):
            enrol(course, by=person)


def test_a_course_on_invitation_is_not_started_by_oneself():
    course = make_small_course()
    make_edition(course)
    course.self_enrolment = False
    course.save()
    with pytest.raises(NotAllowedError):
        enrol(course, by=UserFactory.create(poh=True))


def test_a_course_without_an_edition_cannot_be_started():
    with pytest.raises(NothingToFollowError):
        enrol(make_course(), by=UserFactory.create(poh=True))


def test_starting_twice_gives_the_same_enrolment(enrolment):
    assert enrol(enrolment.course, by=enrolment.user) == enrolment
    assert AuditEntry.objects.filter(action="learning.enrolled").count() == 1


def test_of_two_tabs_that_start_at_once_the_second_gets_what_the_first_made(enrolment, monkeypatch):
    """The look for an existing enrolment found nothing yet; the unique constraint speaks next."""
    looked = []
    first = type(Enrolment.objects.filter()).first

    def not_yet(found):
        looked.append(found)
        return None if len(looked) == 1 else first(found)

    monkeypatch.setattr(type(Enrolment.objects.filter()), "first", not_yet)
    assert actions.enrol(enrolment.course, by=enrolment.user) == enrolment
    assert Enrolment.objects.count() == 1


def test_who_started_keeps_the_edition_and_who_starts_later_gets_the_new_one(enrolment):
    lesson = LessonPage.objects.get(slug="les-1")
    lesson.title = "Anders"
    lesson.save_revision().publish()
    cut_edition(enrolment.course, by=None)
    later = enrol(enrolment.course, by=UserFactory.create(poh=True))
    enrolment.refresh_from_db()
    assert (enrolment.edition.number, later.edition.number) == (1, 2)
