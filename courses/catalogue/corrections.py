"""Where safety corrections show. They are asked anew on every page and kept nowhere, so that all processes show them at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from django.db.models import CharField, Exists, F, OuterRef, QuerySet
from django.utils.translation import get_language

from core.prepared import Slots, among, prepared
from courses.catalogue.models import CorrectedItem, CourseEdition, EditionItem, ItemKind, SafetyCorrection
from courses.catalogue.queries import Item, Outline

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

AT_THE_QUESTION = frozenset({ItemKind.QUIZ, ItemKind.QUESTION})


class Signature(TypedDict):
    """What a row adds: who issued the correction."""

    by: str | None


type Signed = "WithAnnotations[CorrectedItem, Signature]"


@dataclass(frozen=True)
class ShownCorrection:
    """A correction as a learner reads it: its words in their language, its day and who issued it."""

    pk: int
    text: str
    day: dt.datetime
    by: str


@dataclass(frozen=True)
class Corrections:
    """The corrections of one lesson: `top` stand above it, `by_key` at the question or quiz of that key."""

    top: tuple[ShownCorrection, ...] = ()
    by_key: dict[str, tuple[ShownCorrection, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.top or self.by_key)


def corrections_on(outline: Outline, lesson: Item) -> Corrections:
    """Return the corrections that hold for this lesson in this edition; one query.

    One that is bound to the course, the module, the lesson, a case or a source stands at the top of the lesson.
    """
    exercises = {item.key for item in _below(outline, lesson) if item.kind in AT_THE_QUESTION}
    around = {item.key for item in (lesson, outline.module_of(lesson), outline.items[0])}
    beside = {item.key for item in _below(outline, lesson)} - exercises
    found = shown_for(around | beside | exercises, edition_id=outline.edition_id)
    top = {shown.pk: shown for key, shown in found if key not in exercises}
    by_key: dict[str, tuple[ShownCorrection, ...]] = {}
    for key, shown in found:
        if key in exercises:
            by_key[key] = (*by_key.get(key, ()), shown)
    return Corrections(tuple(top.values()), by_key)


def _below(outline: Outline, item: Item) -> Iterator[Item]:
    for found in outline.below(item):
        yield found
        yield from _below(outline, found)


def shown_for(keys: Collection[str], *, edition_id: int) -> list[tuple[str, ShownCorrection]]:
    """Return the corrections in force for these keys with the key each is bound to, the oldest first; one query."""
    rows = _in_force.rows(len(keys), edition=edition_id, keys=list(keys))
    language = get_language() or "nl"
    return [(row.key, _shown(row.correction, row.by or "", language)) for row in rows]


@prepared
def _in_force(slot: Slots, keys: int) -> QuerySet[Signed]:
    edition = slot("edition")
    settled = SafetyCorrection.settled_in.through.objects.filter(
        safetycorrection_id=OuterRef("correction_id"),
        courseedition__course__editions=edition,
        courseedition__number__lte=CourseEdition.objects.filter(pk=edition).values("number")[:1],
    )
    bound = among("key", "keys", keys, CharField())
    return (
        CorrectedItem.objects.filter(~Exists(settled), bound, correction__withdrawn_at=None)
        .select_related("correction")
        .annotate(by=F("correction__issued_by__display_name"))
        .order_by("correction__issued_at", "pk")
    )


def _shown(correction: SafetyCorrection, by: str, language: str) -> ShownCorrection:
    return ShownCorrection(correction.pk, correction.text(language), correction.issued_at, by)


def editions_corrected_by(correction: SafetyCorrection) -> QuerySet[CourseEdition]:
    """Return the editions that hold something this correction is bound to."""
    keys = correction.items.values("key")
    return CourseEdition.objects.filter(pk__in=EditionItem.objects.filter(key__in=keys).values("edition"))


@dataclass(frozen=True)
class Target:
    """Something that a correction can be bound to; `depth` says how far below the first one it stands."""

    key: str
    title: str
    kind: str
    depth: int


def targets_from(key: str) -> list[Target]:
    """Return the thing of this key and everything that any edition holds below it, in order; empty when none holds it."""
    items = EditionItem.objects.filter(key=key).order_by("-edition_id").select_related("edition")
    found: dict[str, Target] = {}
    for item in items:
        for target in _targets(item):
            found.setdefault(target.key, target)
    return list(found.values())


def _targets(item: EditionItem) -> Iterator[Target]:
    """Yield an item with what stands below it: a course or module with its lessons, a lesson with all it shows."""
    whole = item.kind not in {ItemKind.COURSE, ItemKind.MODULE}
    pages = {ItemKind.COURSE, ItemKind.MODULE, ItemKind.LESSON}
    depths = {item.pk: 0}
    yield Target(item.key, item.title, item.get_kind_display(), 0)
    below = item.edition.items.filter(position__gt=item.position).order_by("position")
    for row in below:
        if row.parent_id not in depths:
            break
        depths[row.pk] = depths[row.parent_id] + 1
        if whole or row.kind in pages:
            yield Target(row.key, row.title, row.get_kind_display(), depths[row.pk])


def titles_of(keys: Iterable[str]) -> dict[str, str]:
    """Return the newest title of what each of these keys names, of those that an edition holds."""
    rows = EditionItem.objects.filter(key__in=list(keys)).order_by("edition_id")
    return dict(rows.values_list("key", "title"))
