"""Progress as a table that leaves the house: a row a learner, made while it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import batched

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from core.tables import Row
from courses.catalogue.queries import Item
from courses.learning.models import Certificate, Enrolment, MeetingKind, Seat
from courses.learning.queries.following import outline_of
from courses.learning.queries.overview import cells_of, coachings_held, lessons_done

CHUNK = 500


def progress_header(modules: Sequence[Item]) -> list[str]:
    """Return the titles of the columns; a module has one each."""
    return [
        _("Name"),
        _("Work title"),
        _("Training"),
        _("Version"),
        _("Group"),
        _("Began on"),
        _("Last active on"),
        _("Lessons done"),
        _("Lessons"),
        *(f"{number}. {module.title}" for number, module in enumerate(modules, start=1)),
        _("Training day"),
        _("Coaching moments held"),
        _("Finished on"),
        _("Certificate"),
    ]


def progress_rows(found: QuerySet[Enrolment], modules: Sequence[Item]) -> Iterator[Row]:
    """Yield a row per learner, by name; two queries per five hundred, whatever the length."""
    there = Seat.objects.filter(
        enrolment=OuterRef("pk"),
        attended_at__isnull=False,
        meeting__kind=MeetingKind.TRAINING_DAY,
        meeting__cancelled_at=None,
    ).order_by("meeting__starts_at")
    certified = Certificate.objects.filter(enrolment=OuterRef("pk"), replaced_at=None, revoked_at=None)
    rows = found.select_related("user", "edition", "cohort").annotate(
        day=Subquery(there.values("meeting__starts_at")[:1]), code=Subquery(certified.values("code")[:1])
    )
    ordered = rows.order_by("user__display_name", "pk").iterator(chunk_size=CHUNK)
    for chunk in batched(ordered, CHUNK):
        yield from _rows(chunk, modules)


def _rows(chunk: Sequence[Enrolment], modules: Sequence[Item]) -> Iterator[Row]:
    done, held = lessons_done(chunk) if modules else {}, coachings_held(chunk)
    for row in chunk:
        cells = cells_of(outline_of(row), modules, done.get(row.pk, set()))
        yield [
            row.user.display_name,
            row.user.work_title,
            row.edition.title,
            row.edition.number,
            row.cohort.name if row.cohort else "",
            row.started_at,
            row.last_active_at,
            row.lessons_done,
            row.lessons_total,
            *(f"{cell.done} / {cell.total}" if cell.total else "" for cell in cells),
            row.day,  # type: ignore[attr-defined] # annotated by `progress_rows`
            held.get(row.pk, 0),
            row.finished_at,
            row.code or "",  # type: ignore[attr-defined] # annotated by `progress_rows`
        ]
