"""Reading a journal: the writer their own, trainers the copies that were handed to them. No other way leads here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from accounts.consent import has_consent_q
from accounts.models import Purpose, User
from accounts.permissions import Somebody
from courses.learning.models import JournalEntry, JournalShare, Reflection, ShareAudience
from courses.learning.queries.coached import coached_by

PAGE_SIZE = 20
ENTRY, THOUGHT = "entry", "thought"


def entries_of(writer: User) -> QuerySet[JournalEntry]:
    """Return somebody's own entries, drafts included."""
    return JournalEntry.objects.filter(writer=writer)


def thoughts_of(writer: User) -> QuerySet[Reflection]:
    """Return what somebody wrote at the reflections of lessons, in every edition that they ever followed."""
    return Reflection.objects.filter(enrolment__user=writer).exclude(text="")


def shares_of(writer: User) -> QuerySet[JournalShare]:
    """Return the copies that somebody handed out, those taken back included."""
    return JournalShare.objects.filter(entry__writer=writer)


@dataclass(frozen=True)
class JournalLine:
    """One line of the journal: an entry, or a thought from a lesson (then `lesson` says which)."""

    kind: str
    pk: int
    day: dt.date
    text: str
    lesson: str
    is_draft: bool
    shared: int


@dataclass(frozen=True)
class JournalPage:
    """A page of lines, the newest first; `newer` and `older` say whether there are pages on either side."""

    lines: list[JournalLine]
    number: int
    newer: bool
    older: bool


def journal_page(writer: User, *, number: int = 1, search: str = "") -> JournalPage:
    """Return a page of somebody's own journal, entries and lessons' thoughts together; four queries at most."""
    entries, thoughts = entries_of(writer), thoughts_of(writer)
    if search:
        entries, thoughts = entries.filter(text__icontains=search), thoughts.filter(text__icontains=search)
    written = _rows(entries, ENTRY, F("day"))
    kept = _rows(thoughts, THOUGHT, TruncDate("updated_at"))
    start = (number - 1) * PAGE_SIZE
    both = written.union(kept, all=True).order_by("-moment", "which", "-pk")
    rows = [(row["which"], row["pk"]) for row in both[start : start + PAGE_SIZE + 1]]
    return JournalPage(
        lines=_lines(writer, rows[:PAGE_SIZE]),
        number=number,
        newer=number > 1,
        older=len(rows) > PAGE_SIZE,
    )


def _rows(found: QuerySet[Any], which: str, moment: Any) -> QuerySet[Any, dict[str, Any]]:
    """Return key columns of either table, alike, so that both can be read as one list."""
    named = found.order_by().annotate(
        which=Value(which, output_field=CharField()), moment=Cast(moment, DateField())
    )
    rows: QuerySet[Any, dict[str, Any]] = named.values("which", "pk", "moment")
    return rows


def _lines(writer: User, rows: list[tuple[str, int]]) -> list[JournalLine]:
    wanted = {which: [pk for kind, pk in rows if kind == which] for which in (ENTRY, THOUGHT)}
    open_shares = Count("shares", filter=Q(shares__revoked_at=None))
    entries = entries_of(writer).filter(pk__in=wanted[ENTRY]).annotate(open_shares=open_shares)
    written = {entry.pk: entry for entry in entries.select_related("reflection__item")}
    thoughts = {
        thought.pk: thought
        for thought in thoughts_of(writer).filter(pk__in=wanted[THOUGHT]).select_related("item")
    }
    return [
        _entry_line(written[pk]) if which == ENTRY else _thought_line(thoughts[pk])
        for which, pk in rows
        if pk in (written if which == ENTRY else thoughts)
    ]


def _entry_line(entry: Any) -> JournalLine:
    return JournalLine(
        kind=ENTRY,
        pk=entry.pk,
        day=entry.day,
        text=entry.text,
        lesson=entry.reflection.item.title if entry.reflection else "",
        is_draft=entry.is_draft,
        shared=entry.open_shares,
    )


def _thought_line(thought: Reflection) -> JournalLine:
    return JournalLine(
        kind=THOUGHT,
        pk=thought.pk,
        day=timezone.localdate(thought.updated_at),
        text=thought.text,
        lesson=thought.item.title,
        is_draft=False,
        shared=0,
    )


def shared_with_trainer(trainer: Somebody) -> QuerySet[JournalShare]:
    """Return the copies that people whom this trainer coaches handed to their trainer and did not take back."""
    handed = JournalShare.objects.filter(audience=ShareAudience.TRAINER, revoked_at=None)
    mine = handed.filter(target_id__in=coached_by(trainer).values("pk"))
    return mine.select_related("entry__writer").order_by("-created_at", "-pk")


def shared_with_research(study: int, key: str) -> QuerySet[JournalShare]:
    """Return the copies handed to a study by people who agree at this very moment; `key` is its name in the ledger.

    For the research room only, which shows them under pseudonyms.
    """
    agreed = has_consent_q(Purpose.READ_SHARED, author="entry__writer", study=key)
    handed = JournalShare.objects.filter(agreed, audience=ShareAudience.RESEARCH, target_id=study)
    return handed.filter(revoked_at=None).select_related("entry").order_by("-created_at", "-pk")
