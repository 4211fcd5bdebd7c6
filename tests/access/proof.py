"""Who may open points, certificates' desk, totals and exports of training."""

from __future__ import annotations

from courses.learning.actions.points import make_lists, save_number
from courses.learning.models import Accreditation, Cohort, PresenceBatch, RegistrationNumber
from courses.learning.queries.points import occasions
from tests.access.table import Row
from tests.access.worlds import World, thing
from tests.courses.certified import attend, make_cohort, make_training_day
from tests.courses.test_points import make_accreditation, make_register

LEADERS = {"project_leader", "administrator"}
OWN = "Only somebody's own number exists for them."


@thing
def accreditation(world: World) -> Accreditation:
    return make_accreditation(make_register(), world.enrolment.course)


@thing
def registration_number(world: World) -> RegistrationNumber:
    return save_number(world.accreditation.register, number="123456", by=world.people["poh"])


@thing
def presence_batch(world: World) -> PresenceBatch:
    assert world.registration_number
    day = make_training_day(make_cohort(world.enrolment.course))
    attend(world.enrolment, day)
    leader = world.people["project_leader"]
    over = next(one for one in occasions(world.accreditation, leader) if one.over)
    return make_lists(over, by=leader)[0]


def of_accreditation(world):
    return {"pk": world.accreditation.pk}


def of_batch(world):
    return {"pk": world.presence_batch.pk}


def of_certificate(world):
    return {"pk": world.certificate.pk}


ROWS = [
    Row("learning:points", {"signed_in"}),
    Row(
        "learning:number_delete",
        {"poh"},
        make=lambda world: {"pk": world.registration_number.pk},
        method="post",
        note=OWN,
    ),
    Row("learning:certificate_desk", LEADERS),
    Row("learning:certificate_detail", LEADERS, make=of_certificate),
    Row("learning:certificate_revoke", LEADERS, make=of_certificate, method="post", answers={422}),
    Row("learning:certificate_reissue", LEADERS, make=of_certificate, method="post"),
    Row("learning:points_desk", LEADERS),
    Row("learning:points_occasions", LEADERS, make=of_accreditation),
    Row(
        "learning:points_list",
        LEADERS,
        make=of_accreditation,
        method="post",
        data={"occasion": "meeting:1"},
        answers={404},
        note="An occasion that is not there is not found.",
    ),
    Row("learning:points_batch", LEADERS, make=of_batch),
    Row("learning:points_paste", LEADERS, make=of_batch),
    Row("learning:points_xlsx", LEADERS, make=of_batch),
]


@thing
def overseen(world: World) -> Cohort:
    return make_cohort(world.enrolment.course, "Overzicht")


def of_overseen(world):
    return {"pk": world.overseen.pk}


ROWS += [
    Row("learning:overviews", {"trainer"}),
    Row("learning:overview", {"trainer"}, make=of_overseen),
    Row("learning:overview_table", {"trainer"}, make=lambda world: {**of_overseen(world), "kind": "csv"}),
    Row("learning:colleagues", {"gp"}),
    Row("learning:totals", {"project_leader"}),
    Row("learning:totals_csv", {"project_leader"}),
]

ROWS += [
    Row("learning:exports", LEADERS),
]
