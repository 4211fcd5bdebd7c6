"""What the patient-data gate does with this room's text fields."""

from __future__ import annotations

from patientdata.policy import Policy, register

PAGES = {
    "CourseIndexPage": ("lead",),
    "CoursePage": ("lead", "audience", "load", "body"),
    "ModulePage": ("lead",),
    "LessonPage": ("lead", "body"),
    "Case": ("title", "person", "situation", "said", "sources"),
}


def register_policies() -> None:
    """Warn editors; leave alone what our own code writes."""
    register({f"catalogue.{page}.{field}": Policy.WARN for page, fields in PAGES.items() for field in fields})
    register(
        {
            "catalogue.SafetyCorrection.text_nl": Policy.BLOCK,
            "catalogue.SafetyCorrection.text_fr": Policy.BLOCK,
        }
    )
    register(
        {
            "catalogue.CorrectedItem.key": Policy.OFF,
            "catalogue.CorrectedItem.title": Policy.OFF,
            "catalogue.CourseEdition.language": Policy.OFF,
            "catalogue.CourseEdition.title": Policy.OFF,
            "catalogue.CourseEdition.digest": Policy.OFF,
            "catalogue.EditionItem.key": Policy.OFF,
            "catalogue.EditionItem.block_id": Policy.OFF,
            "catalogue.EditionItem.rule": Policy.OFF,
            "catalogue.EditionItem.title": Policy.OFF,
        },
        reason="Copied from published pages and questions, which warn themselves; ids and hashes.",
    )
