"""What learners read of safety corrections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.permissions import Somebody
from courses.catalogue.models import EditionItem, SafetyCorrection
from courses.catalogue.queries import Item
from courses.learning.models import Enrolment
from courses.learning.permissions import may_follow
from courses.learning.queries.following import lesson_url, outline_of


def followers_of(correction_id: int) -> Iterable[int]:
    """Return the ids of everybody who follows, or followed, an edition that holds what was corrected."""
    keys = SafetyCorrection.objects.filter(pk=correction_id).values("items__key")
    editions = EditionItem.objects.filter(key__in=keys).values("edition")
    return Enrolment.objects.filter(edition__in=editions).values_list("user_id", flat=True).distinct()


def corrections_visible_to(user: Somebody) -> QuerySet[SafetyCorrection]:
    """Return the corrections of things in editions that this person follows or followed, withdrawn ones too."""
    if not may_follow(user):
        return SafetyCorrection.objects.none()
    editions = Enrolment.objects.filter(user__pk=user.pk or 0).values("edition")
    keys = EditionItem.objects.filter(edition__in=editions).values("key")
    return SafetyCorrection.objects.filter(items__key__in=keys).distinct()


@dataclass(frozen=True)
class CorrectedPlace:
    """A lesson of the reader's own edition in which a correction stands."""

    course: str
    title: str
    url: str


def places_of(correction: SafetyCorrection, user: Somebody) -> list[CorrectedPlace]:
    """Return the lessons of the reader's open enrolments in which the correction stands, in order."""
    keys = set(correction.items.values_list("key", flat=True))
    enrolments = Enrolment.objects.filter(user__pk=user.pk or 0, closed_at=None).select_related("edition")
    found = []
    for enrolment in enrolments.order_by("pk"):
        outline = outline_of(enrolment)
        held: dict[int, Item] = {}
        for item in outline.items:
            if item.key in keys:
                held |= {lesson.id: lesson for lesson in outline.lessons_around(item)}
        found += [CorrectedPlace(outline.title, row.title, lesson_url(outline, row)) for row in held.values()]
    return found
