"""The rules of a certificate as an edition pinned them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from wagtail.models import Revision

from courses.catalogue.models import ItemKind
from courses.catalogue.queries import Outline


@dataclass(frozen=True)
class Rules:
    """What an edition asks before it gives a certificate; `pass_mark` in per cent, `hours` in hours."""

    given: bool = False
    hours: Decimal | None = None
    lessons: bool = True
    training_day: bool = False
    coachings: int = 0
    samples: int = 0
    quizzes: bool = False
    pass_mark: int = 0


def rules_of(outline: Outline) -> Rules:
    """Return the rules of this edition; an edition from before there were certificates gives none."""
    course = next(item for item in outline.items if item.kind == ItemKind.COURSE)
    return _rules(course.revision_id, outline.uuid)


@lru_cache(maxsize=256)
def _rules(revision_id: int, _edition: UUID) -> Rules:
    content = Revision.objects.values_list("content", flat=True).get(pk=revision_id)
    return rules_from(content)


def rules_from(content: dict[str, Any]) -> Rules:
    """Return the rules that the stored content of a course page holds."""
    plain = Rules()
    hours = content.get("certificate_hours")
    return Rules(
        given=bool(content.get("certificate_given", plain.given)),
        hours=Decimal(str(hours)) if hours is not None else None,
        lessons=bool(content.get("certificate_lessons", plain.lessons)),
        training_day=bool(content.get("certificate_training_day", plain.training_day)),
        coachings=int(content.get("certificate_coachings") or 0),
        samples=int(content.get("certificate_samples") or 0),
        quizzes=bool(content.get("certificate_quizzes", plain.quizzes)),
        pass_mark=int(content.get("certificate_pass_mark") or 0),
    )
