"""Who may open the editors' screens of courses."""

from __future__ import annotations

from courses.catalogue.actions import issue_correction
from courses.catalogue.models import SafetyCorrection
from courses.learning.queries import outline_of
from tests.access.table import Row
from tests.access.worlds import World, thing


@thing
def correction(world: World) -> SafetyCorrection:
    lesson = outline_of(world.enrolment).lessons[0]
    reviewer = world.people["medical_reviewer"]
    return issue_correction(keys=[lesson.key], text_nl="Bel 112.", text_fr="Appelez le 112.", by=reviewer)


def _key(world: World) -> dict[str, str]:
    return {"key": outline_of(world.enrolment).lessons[0].key}


def _correction(world: World) -> dict[str, int]:
    return {"pk": world.correction.pk}


def _edition(world: World) -> dict[str, int]:
    return {"pk": world.correction.pk, "edition": world.enrolment.edition_id}


ROWS = [
    Row(
        "catalogue_editions", {"nobody"}, make=lambda world: {"pk": 999_999}, note="There is no such course."
    ),
    Row("catalogue_corrections", {"editors"}),
    Row("catalogue_correct", {"medical_reviewer"}, make=_key),
    Row("catalogue_correction", {"editors"}, make=_correction),
    Row("catalogue_withdraw", {"medical_reviewer"}, make=_correction, method="post"),
    Row(
        "catalogue_settle",
        {"nobody"},
        make=_edition,
        method="post",
        note="This edition was cut before the correction, so it is not one in which the text is right.",
    ),
]
