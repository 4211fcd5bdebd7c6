"""Who may open cohorts and meetings: the desk is for who looks after them, one's own meetings for who is invited."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.models import Invitation, Role
from courses.learning import actions, room_code
from courses.learning.models import Cohort, Meeting, PeopleImport
from tests.access.table import Row
from tests.access.worlds import World, thing
from tests.courses.factories import planned, running_cohort

LOOKS_AFTER = {"trainer", "project_leader"}
OWN = "Only who is invited sees it."


@thing
def cohort(world: World) -> Cohort:
    """A cohort of a round, with the POH in it."""
    found = running_cohort(world.enrolment.course, round_id=world.participation.round_id)
    actions.place(found, world.people["poh"], by=None)
    return found


@thing
def cohort_meeting(world: World) -> Meeting:
    """A meeting of that cohort which begins in a quarter of an hour."""
    return planned(world.cohort, dt.timedelta(minutes=15))


@thing
def cohort_invitation(world: World) -> Invitation:
    return actions.invite_learner(
        world.cohort,
        email="nieuw@access.test",
        name="",
        role=Role.POH,
        language="nl",
        by=world.people["trainer"],
    )


@thing
def people_import(world: World) -> PeopleImport:
    return actions.read_list(
        world.cohort, b"e-mail\na@access.test", role=Role.POH, language="nl", by=world.people["trainer"]
    )


def of_list(world):
    return {"pk": world.people_import.pk}


def of_cohort(world):
    return {"pk": world.cohort.pk}


def of_meeting(world):
    return {"pk": world.cohort_meeting.pk}


def of_invitation(world):
    return {"pk": world.cohort.pk, "invitation": world.cohort_invitation.pk}


def of_person(world):
    return {"pk": world.cohort.pk, "enrolment": world.cohort.enrolments.get().pk}


def of_enrolment(world):
    return {"pk": world.cohort.enrolments.get().pk}


def of_code(world):
    return {"token": room_code.token(world.cohort_meeting, timezone.now())}


ROWS = [
    Row("learning:cohorts", LOOKS_AFTER),
    Row("learning:make_cohort", LOOKS_AFTER),
    Row("learning:cohort", LOOKS_AFTER, make=of_cohort),
    Row("learning:change_cohort", LOOKS_AFTER, make=of_cohort),
    Row("learning:invite_learner", LOOKS_AFTER, make=of_cohort),
    Row("learning:read_list", LOOKS_AFTER, make=of_cohort),
    Row("learning:people_list", LOOKS_AFTER, make=of_list),
    Row("learning:use_list", LOOKS_AFTER, make=of_list, method="post"),
    Row("learning:drop_list", LOOKS_AFTER, make=of_list, method="post"),
    Row("learning:resend_to_cohort", LOOKS_AFTER, make=of_invitation, method="post"),
    Row("learning:withdraw_from_cohort", LOOKS_AFTER, make=of_invitation, method="post"),
    Row(
        "learning:enrol_round",
        {"project_leader"},
        make=of_cohort,
        method="post",
        note="Who is in a round is the project leader's to know.",
    ),
    Row("learning:close_enrolment", LOOKS_AFTER, make=of_person),
    Row("learning:plan_meeting", LOOKS_AFTER, make=of_cohort),
    Row("learning:meeting_desk", LOOKS_AFTER, make=of_meeting),
    Row("learning:change_meeting", LOOKS_AFTER, make=of_meeting),
    Row("learning:cancel_meeting", LOOKS_AFTER, make=of_meeting),
    Row("learning:note_list", LOOKS_AFTER, make=of_meeting, method="post"),
    Row("learning:room", LOOKS_AFTER, make=of_meeting),
    Row("learning:leave", {"poh"}, make=of_enrolment, note="Only one's own enrolment."),
    Row("learning:meetings", {"poh", "gp", "trainer"}, note="Who may follow training."),
    Row("learning:meeting", {"poh"}, make=of_meeting, note=OWN),
    Row("learning:answer_meeting", {"poh"}, make=of_meeting, method="post", note=OWN),
    Row(
        "learning:show_code",
        {"poh"},
        make=of_meeting,
        method="post",
        data={"code": "ABCDEF"},
        answers={422},
        note=OWN,
    ),
    Row(
        "learning_machines:attendance",
        {"poh"},
        make=of_code,
        note="Who is of the cohort; a visitor signs in first.",
    ),
]
