"""What a GP sees of the nurses of their own practice: counts, and nothing of what they write or answer."""

from __future__ import annotations

import pytest

from accounts.models import Role, RoleAssignment, ScopeKind
from courses.learning.queries.colleagues import colleagues_of
from tests.accounts.factories import UserFactory
from tests.courses.certified import attend, hold_coachings, make_cohort, make_training_day
from tests.courses.factories import make_enrolment, make_small_course
from tests.practices.factories import PracticeFactory

pytestmark = pytest.mark.django_db


def at(practice, role, name):
    scope = (ScopeKind.PRACTICE, practice.pk)
    return UserFactory.create(display_name=name, roles=[role], scope=scope)


@pytest.fixture
def practice():
    return PracticeFactory.create(name="De Esdoorn")


@pytest.fixture
def gp(practice):
    return at(practice, Role.GP, "Huisarts")


def test_a_gp_sees_the_nurses_of_their_own_practice_and_no_others(practice, gp):
    nurse = at(practice, Role.POH, "Noor")
    other = at(PracticeFactory.create(), Role.POH, "Iemand elders")
    course = make_small_course()
    enrolment = make_enrolment(nurse, course)
    make_enrolment(other, course)
    attend(enrolment, make_training_day(make_cohort(course)))
    hold_coachings(enrolment, 2)
    (found,) = colleagues_of(gp)
    assert found.practice == str(practice)
    (row,) = found.rows
    assert (row.name, row.lessons_done, row.lessons_total, row.per_cent) == ("Noor", 0, 3, 0)
    assert (row.trained, row.coachings, row.certified) == (True, 2, False)


def test_who_left_the_practice_is_seen_no_more(practice, gp):
    nurse = at(practice, Role.POH, "Noor")
    make_enrolment(nurse, make_small_course())
    assignment = RoleAssignment.objects.get(user=nurse)
    assignment.ends_at = assignment.starts_at.replace(year=assignment.starts_at.year - 1)
    assignment.starts_at = assignment.ends_at.replace(year=assignment.ends_at.year - 1)
    assignment.save()
    assert colleagues_of(gp) == []


def test_the_page_holds_nothing_of_content(client, practice, gp):
    nurse = at(practice, Role.POH, "Noor")
    enrolment = make_enrolment(nurse, make_small_course())
    item = enrolment.edition.items.filter(kind="lesson").first()
    enrolment.reflections.create(item=item, block_id="blok", text="Mijn geheime gedachte")
    client.force_login(gp)
    page = client.get("/praktijk/training/").content.decode()
    assert "Noor" in page
    for hidden in ("geheime gedachte", "Vraag 0", "/training/verder/"):
        assert hidden not in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(count, practice, gp, django_assert_num_queries):
    course = make_small_course()
    for number in range(count):
        make_enrolment(at(practice, Role.POH, f"POH {number}"), course)
    with django_assert_num_queries(4):
        (found,) = colleagues_of(gp)
    assert len(found.rows) == count
