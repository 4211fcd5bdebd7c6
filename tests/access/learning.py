"""Who may open training: lessons and answers are the learner's own, the desk is the trainer's."""

from __future__ import annotations

from uuid import UUID

from courses.catalogue.queries import pinned_lesson, question_spec
from courses.exercises.models import Question
from courses.exercises.scoring import Given
from courses.learning.actions import answer_in, check_answer
from courses.learning.actions import regrade as make_regrade
from courses.learning.actions.certificates import issue_if_earned
from courses.learning.models import Certificate, Enrolment, Regrade
from courses.learning.queries import outline_of
from courses.learning.queries.regrading import plan_regrade
from tests.access.table import Row
from tests.access.worlds import World, thing
from tests.courses.certified import make_certified_course, make_earner
from tests.courses.factories import make_enrolment, mend

ALL_MEMBERS = {"signed_in"}
OWN = "Only somebody's own, open enrolment exists for them."


@thing
def enrolment(world: World) -> Enrolment:
    return make_enrolment(world.people["poh"])


@thing
def regrade(world: World) -> Regrade:
    """The learner's wrong answer became right when the key was mended."""
    enrolment, reviewer = world.enrolment, world.people["medical_reviewer"]
    outline = outline_of(enrolment)
    item = outline.exercises_of(outline.lessons[0])[0]
    wrong = next(option.key for option in question_spec(item).options if not option.right)
    place = answer_in(enrolment, item, item, number=1, by=enrolment.user)
    check_answer(place, Given((wrong,)), by=enrolment.user)
    question = mend(Question.objects.get(translation_key=item.key.split(":")[1]), right=[wrong])
    return make_regrade(
        question, reason="De sleutel was fout.", seen=plan_regrade(question).digest, by=reviewer
    )


def _lesson(world: World) -> dict[str, str]:
    found = outline_of(world.enrolment)
    return {"course": found.slug, "module": found.modules[0].slug, "lesson": found.lessons[0].slug}


def _exercise(world: World) -> dict[str, int]:
    found = outline_of(world.enrolment)
    return {"enrolment": world.enrolment.pk, "exercise": found.exercises_of(found.lessons[0])[0].id}


def _finish(world: World) -> dict[str, int]:
    return {"enrolment": world.enrolment.pk, "lesson": outline_of(world.enrolment).lessons[0].id}


def _reflect(world: World) -> dict[str, object]:
    found = outline_of(world.enrolment)
    parts = pinned_lesson(found, found.lessons[0]).parts
    block = next(part.block_id for part in parts if part.kind == "reflection")
    return {**_finish(world), "block": UUID(block)}


ROWS = [
    Row(
        "learning:enrol",
        ALL_MEMBERS,
        make=lambda world: {"pk": world.enrolment.course_id},
        method="post",
        note="Who may not follow training is told so on the overview.",
    ),
    Row("learning:resume", {"poh"}, make=lambda world: {"pk": world.enrolment.pk}, note=OWN),
    Row(
        "learning:lesson",
        ALL_MEMBERS,
        make=_lesson,
        note="Who does not follow the course is led to its public overview.",
    ),
    Row(
        "learning:answer",
        {"poh"},
        make=lambda world: {**_exercise(world), "question": _exercise(world)["exercise"]},
        method="post",
        note=OWN,
    ),
    Row(
        "learning:keep_answer",
        {"poh"},
        make=lambda world: {**_exercise(world), "question": _exercise(world)["exercise"]},
        method="post",
        note=OWN,
    ),
    Row(
        "learning:keep_reflection",
        {"poh"},
        make=_reflect,
        method="post",
        note=OWN,
    ),
    Row("learning:again", {"poh"}, make=_exercise, method="post", note=OWN),
    Row("learning:hand_in", {"poh"}, make=_exercise, method="post", note=OWN),
    Row("learning:finish", {"poh"}, make=_finish, method="post", note=OWN),
    Row(
        "learning:reflect",
        {"poh"},
        make=_reflect,
        method="post",
        data={"text": "Goed gesprek."},
        note=OWN,
    ),
    Row(
        "learning:earlier",
        {"poh"},
        make=lambda world: {"course": world.enrolment.course_id},
        note=OWN,
    ),
    Row(
        "learning:earlier_lesson",
        {"nobody"},
        make=_finish,
        note="A lesson of an edition that somebody follows now is no earlier one.",
    ),
    Row("learning:editions", {"editor", "medical_reviewer", "project_leader"}),
    Row(
        "learning:move",
        {"editor", "medical_reviewer", "project_leader"},
        make=lambda world: {"pk": world.enrolment.course_id},
    ),
    Row(
        "learning:correction",
        {"poh"},
        make=lambda world: {"pk": world.correction.pk},
        note="Who follows what was corrected.",
    ),
    Row("learning:desk", {"trainer"}),
]


@thing
def certificate(world: World) -> Certificate:
    found = make_earner(world.people["poh"], make_certified_course("met-certificaat"))
    return issue_if_earned(found) or Certificate.objects.get(enrolment=found)


def _own_copy(world: World) -> dict[str, int]:
    return {"pk": world.certificate.pk}


PUBLIC = "What verifies a credential is for anybody."
HOLDER = "Only the holder's own papers exist for them."

ROWS += [
    Row("learning:certificates", ALL_MEMBERS),
    Row("learning:certificate_pdf", {"poh"}, make=_own_copy, note=HOLDER),
    Row("learning:credential_jwt", {"poh"}, make=_own_copy, note=HOLDER),
    Row("learning:credential_json", {"poh"}, make=_own_copy, note=HOLDER),
    Row("learning:badge", {"poh"}, make=_own_copy, note=HOLDER),
    Row(
        "learning:certificate",
        {"everyone"},
        make=lambda world: {"code": world.certificate.code},
        note="Whoever has the code may check it.",
    ),
    Row("learning_machines:jwks", {"everyone"}, note=PUBLIC),
    Row("learning_machines:issuer", {"everyone"}, note=PUBLIC),
    Row(
        "learning_machines:achievement",
        {"everyone"},
        make=lambda world: {"key": world.certificate.enrolment.course.translation_key},
        note=PUBLIC,
    ),
    Row("learning_machines:badge_picture", {"everyone"}, note=PUBLIC),
    Row(
        "learning_machines:status_list",
        {"everyone"},
        make=lambda world: {"key": world.certificate.key_id},
        note=PUBLIC,
    ),
    Row(
        "learning:regraded",
        {"poh"},
        make=lambda world: {"pk": world.regrade.pk},
        note="Only whose own answer it changed.",
    ),
    Row(
        "learning_regrade",
        {"editor", "medical_reviewer"},
        make=lambda world: {"pk": world.regrade.question_id},
    ),
]
