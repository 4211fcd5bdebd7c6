"""Cohorts: who makes them, how people come in (by mail, by round, by themselves) and go."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Role, ScopeKind, User
from core.models import AuditEntry
from courses.learning import actions, queries, rounds
from courses.learning.errors import NotAllowedError, OtherCohortError
from courses.learning.models import Cohort, Enrolment, Seat, SeatState
from notifications.models import Notice
from tests.accounts.factories import PASSWORD, UserFactory
from tests.courses.factories import (
    in_cohort,
    make_enrolment,
    make_small_course,
    planned,
    running_cohort,
)
from tests.practices.factories import ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return running_cohort()


@pytest.fixture
def trainer():
    return UserFactory.create(trainer=True)


def typed(followed, **changes):
    today = timezone.localdate()
    given = {
        "course": followed.pk,
        "name": "Najaar in Arnhem",
        "starts_on": today.isoformat(),
        "ends_on": (today + dt.timedelta(days=180)).isoformat(),
    }
    return {**given, **changes}


def link_in(mailoutbox):
    found = re.search(r"https?://[^/]+(/\S+)", mailoutbox[-1].body)
    assert found
    return found.group(1)


# --- making and changing ----------------------------------------------------------------------------------------------


def test_a_trainer_makes_a_cohort(client_for, trainer, cohort):
    answer = client_for(trainer).post(reverse("learning:make_cohort"), typed(cohort.course))
    made = Cohort.objects.get(name="Najaar in Arnhem")
    assert answer["Location"] == reverse("learning:cohort", args=[made.pk])
    assert AuditEntry.objects.filter(action="learning.cohort_made", actor=trainer.audit_id).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "Voorjaar"}, "__all__"),
        ({"name": ""}, "name"),
        ({"name": "Bel 06-12345678"}, "name"),
        ({"ends_on": "2020-01-01"}, "__all__"),
        ({"course": "9999"}, "course"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_typed_is_lost(
    changes, field, client_for, trainer, cohort
):
    answer = client_for(trainer).post(reverse("learning:make_cohort"), typed(cohort.course, **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Cohort.objects.count() == 1
    if name := changes.get("name"):
        assert name in answer.text


def test_the_course_of_a_cohort_stays_once_somebody_follows_it(client_for, trainer, cohort):
    in_cohort(cohort)
    other = make_small_course("ander")
    changed = typed(other, name="Anders")
    client_for(trainer).post(reverse("learning:change_cohort", args=[cohort.pk]), changed)
    cohort.refresh_from_db()
    assert (cohort.name, cohort.course_id == other.pk) == ("Anders", False)


def test_who_looks_after_one_cohort_sees_that_one_only_and_makes_none(client_for, cohort):
    mine = UserFactory.create(roles=[Role.TRAINER], scope=(ScopeKind.COHORT, cohort.pk))
    other = running_cohort(cohort.course, "Najaar")
    desk = client_for(mine)
    listed = desk.get(reverse("learning:cohorts")).text
    assert "Voorjaar" in listed
    assert "Najaar" not in listed
    assert desk.get(reverse("learning:cohort", args=[other.pk])).status_code == 404
    assert desk.get(reverse("learning:make_cohort")).status_code == 403


def test_the_leader_of_one_round_looks_after_its_cohorts_only(client_for):
    participation = ParticipationFactory.create()
    leader = UserFactory.create(roles=[Role.PROJECT_LEADER], scope=(ScopeKind.ROUND, participation.round_id))
    theirs, other = running_cohort(name="Van de ronde", round_id=participation.round_id), None
    other = running_cohort(theirs.course, "Los")
    assert set(queries.cohorts_visible_to(leader)) == {theirs}
    form = typed(theirs.course, round="")
    assert client_for(leader).post(reverse("learning:make_cohort"), form).status_code == 422
    form["round"] = str(participation.round_id)
    assert client_for(leader).post(reverse("learning:make_cohort"), form).status_code == 302
    assert other not in queries.cohorts_visible_to(leader)


@pytest.mark.parametrize("people", [1, 3])
def test_a_cohorts_page_costs_the_same_with_one_and_three_people(
    people, client_for, trainer, cohort, django_assert_num_queries
):
    for _number in range(people):
        in_cohort(cohort)
        planned(cohort)
        actions.invite_learner(
            cohort, email=f"{_number}@x.test", name="", role=Role.POH, language="nl", by=trainer
        )
    desk = client_for(trainer)
    address = reverse("learning:cohort", args=[cohort.pk])
    desk.get(address)
    with django_assert_num_queries(11):
        desk.get(address)


# --- by invitation ----------------------------------------------------------------------------------------------------


def invite(client, cohort, **changes):
    given = {"email": "Nieuw@voorbeeld.test", "name": "Fenna", "role": "poh", "language": "nl"}
    return client.post(reverse("learning:invite_learner", args=[cohort.pk]), {**given, **changes})


def test_somebody_new_comes_from_the_mail_into_the_course_and_the_cohort(
    client_for, trainer, cohort, mailoutbox
):
    assert invite(client_for(trainer), cohort).status_code == 302
    assert "Voorjaar" in mailoutbox[0].body
    answer = {
        "display_name": "Fenna Oosterveer",
        "language": "nl",
        "sign_in_with": "password",
        "password": PASSWORD,
        "agree": "on",
    }
    newcomer = Client()
    arrived = newcomer.post(link_in(mailoutbox), answer)
    assert arrived["Location"] == "/training/cursus/"
    enrolment = Enrolment.objects.get(user__email="nieuw@voorbeeld.test")
    assert enrolment.cohort == cohort
    assert "Voorjaar" in newcomer.get("/training/cursus/").text
    assert newcomer.get("/training/cursus/module/een/").status_code == 200


def test_the_role_that_comes_with_it_opens_no_practice(client_for, trainer, cohort, mailoutbox):
    invite(client_for(trainer), cohort)
    assert Invitation.objects.get().scope_kind == ScopeKind.COHORT
    assert ("cohort", cohort.pk) == (ScopeKind.COHORT.value, Invitation.objects.get().scope_id)


def test_a_member_accepts_and_goes_on_in_the_cohort_with_what_was_done(
    client_for, trainer, cohort, mailoutbox
):
    alone = make_enrolment(UserFactory.create(poh=True), cohort.course)
    first = queries.outline_of(alone).lessons[1]
    actions.finish_lesson(alone, first, by=alone.user)
    invite(client_for(trainer), cohort, email=alone.user.email)
    client_for(alone.user).post(link_in(mailoutbox))
    alone.refresh_from_db()
    assert (alone.cohort, alone.lessons_done) == (cohort, 1)


def test_an_answer_to_inviting_says_nothing_about_who_has_an_account(client_for, trainer, cohort):
    member = UserFactory.create(poh=True)
    desk = client_for(trainer)
    known, unknown = invite(desk, cohort, email=member.email), invite(desk, cohort, email="niemand@x.test")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_an_invitation_to_a_cohort_is_sent_again_and_withdrawn_on_its_page(
    client_for, trainer, cohort, mailoutbox
):
    desk = client_for(trainer)
    invite(desk, cohort)
    invitation = Invitation.objects.get()
    desk.post(reverse("learning:resend_to_cohort", args=[cohort.pk, invitation.pk]))
    assert len(mailoutbox) == 2
    desk.post(reverse("learning:withdraw_from_cohort", args=[cohort.pk, invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None


def test_who_is_in_another_cohort_of_the_course_stays_there(cohort):
    other = running_cohort(cohort.course, "Najaar")
    enrolment = in_cohort(other)
    with pytest.raises(OtherCohortError):
        actions.place(cohort, enrolment.user, by=None)
    assert actions.begin_in_cohort(enrolment.user, cohort.pk) is None


def test_a_place_twice_is_one_enrolment(cohort):
    enrolment = in_cohort(cohort)
    assert actions.place(cohort, enrolment.user, by=None) == enrolment
    assert Enrolment.objects.count() == 1


# --- by round ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def of_round():
    """A cohort whose round holds two practices: a POH in each, and the GP of the first."""
    first = ParticipationFactory.create()
    second = ParticipationFactory.create(round=first.round)
    people = [
        UserFactory.create(roles=[role], scope=(ScopeKind.PRACTICE, participation.practice_id))
        for role, participation in [(Role.POH, first), (Role.POH, second), (Role.GP, first)]
    ]
    UserFactory.create(roles=[Role.POH], scope=(ScopeKind.PRACTICE, ParticipationFactory().practice_id))
    return running_cohort(round_id=first.round_id), people


def test_a_round_gets_its_places_at_once_and_everybody_is_told(
    client_for, of_round, django_capture_on_commit_callbacks
):
    cohort, people = of_round
    leader = client_for(UserFactory.create(project_leader=True))
    with django_capture_on_commit_callbacks(execute=True):
        leader.post(reverse("learning:enrol_round", args=[cohort.pk]))
    assert set(User.objects.filter(enrolments__cohort=cohort)) == set(people)
    assert set(Notice.objects.values_list("recipient", flat=True)) == {one.pk for one in people}
    leader.post(reverse("learning:enrol_round", args=[cohort.pk]))
    assert Enrolment.objects.filter(cohort=cohort).count() == 3


def test_who_follows_it_elsewhere_is_counted_and_left(of_round):
    cohort, people = of_round
    other = running_cohort(cohort.course, "Najaar")
    actions.place(other, people[0], by=None)
    result = actions.enrol_round(cohort, by=UserFactory.create(project_leader=True))
    assert (result.placed, result.already, result.elsewhere) == (2, 0, 1)


def test_a_trainer_who_leads_no_round_cannot_place_one(client_for, trainer, of_round):
    cohort, _people = of_round
    assert client_for(trainer).post(reverse("learning:enrol_round", args=[cohort.pk])).status_code == 403
    assert not Enrolment.objects.exists()


def test_who_knows_no_rounds_offers_none(trainer, monkeypatch):
    monkeypatch.setattr(rounds, "_answers", [])
    assert rounds.choices_for(trainer) == []
    assert rounds.name_of(3) == ""


# --- leaving ----------------------------------------------------------------------------------------------------------


def test_who_leaves_gives_up_seats_and_comes_back_where_they_were(client_for, cohort):
    enrolment = in_cohort(cohort)
    meeting = planned(cohort, capacity=1)
    actions.answer(Seat.objects.get(), coming=True, by=enrolment.user)
    learner = client_for(enrolment.user)
    lesson = queries.outline_of(enrolment).lessons[1]
    actions.finish_lesson(enrolment, lesson, by=enrolment.user)
    assert learner.get(reverse("learning:leave", args=[enrolment.pk])).status_code == 200
    learner.post(reverse("learning:leave", args=[enrolment.pk]))
    meeting.refresh_from_db()
    assert (meeting.taken, Seat.objects.get().state) == (0, SeatState.DECLINED)
    assert learner.get("/training/cursus/module/een/")["Location"] == "/training/cursus/"
    again = actions.enrol(cohort.course, by=enrolment.user)
    assert (again.pk, again.lessons_done, again.closed_at) == (enrolment.pk, 1, None)


def test_who_looks_after_the_cohort_lets_somebody_go(client_for, trainer, cohort):
    enrolment = in_cohort(cohort)
    address = reverse("learning:close_enrolment", args=[cohort.pk, enrolment.pk])
    assert enrolment.user.display_name in client_for(trainer).get(address).text
    client_for(trainer).post(address)
    enrolment.refresh_from_db()
    assert enrolment.closed_at is not None


def test_nobody_ends_what_is_not_theirs(cohort):
    enrolment = in_cohort(cohort)
    stranger = UserFactory.create(poh=True)
    with pytest.raises(NotAllowedError):
        actions.leave(enrolment, by=stranger)
    with pytest.raises(NotAllowedError):
        actions.close_enrolment(enrolment, by=stranger)
