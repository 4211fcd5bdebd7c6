"""Writing in one's own journal. The gate reads along before anything is stored, drafts too."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.learning.actions.sharing import take_back
from courses.learning.errors import NotAllowedError
from courses.learning.models import JournalEntry, Reflection
from courses.learning.permissions import may_follow, may_read_entry
from courses.learning.queries.journal import thoughts_of
from patientdata import gate

FIELD = "learning.JournalEntry.text"


class EntryChangedError(Exception):
    """The entry was changed since this writer opened it, in another tab perhaps."""


@transaction.atomic
def write_entry(
    *, text: str, day: dt.date | None = None, thought: Reflection | None = None, confirmed: bool, by: User
) -> JournalEntry:
    """Write a new entry; `thought` is the writer's own reflection on which it goes on.

    Raises PatientDataFound when it may identify a patient.
    """
    _require_writer(by, thought)
    gate.require_clean(FIELD, text, confirmed=confirmed)
    return _store(text, day, thought, by=by, is_draft=False)


@transaction.atomic
def draft_entry(
    *, text: str, day: dt.date | None = None, thought: Reflection | None = None, by: User
) -> JournalEntry:
    """Keep a new entry as a draft; passages that surely identify a patient are left out and never stored."""
    _require_writer(by, thought)
    return _store(gate.mask(text), day, thought, by=by, is_draft=True)


def _store(
    text: str, day: dt.date | None, thought: Reflection | None, *, by: User, is_draft: bool
) -> JournalEntry:
    entry = JournalEntry.objects.create(
        writer=by, day=day or timezone.localdate(), text=text, reflection=thought, is_draft=is_draft
    )
    audit.record("learning.journal_written", by=by, obj=entry, after={"draft": is_draft})
    return entry


@transaction.atomic
def change_entry(
    entry: JournalEntry,
    *,
    text: str,
    day: dt.date,
    seen_revision: int,
    confirmed: bool,
    by: User,
    as_draft: bool = False,
) -> JournalEntry:
    """Change one's own entry; copies that were shared stay as they were.

    `seen_revision` is the revision that the writer had before them; raises EntryChangedError when that is no longer the
    present one, PatientDataFound as above. `as_draft` keeps a draft a draft, with what surely identifies left out.
    """
    entry = JournalEntry.objects.select_for_update().get(pk=entry.pk)
    if not may_read_entry(by, entry):
        raise NotAllowedError
    if entry.revision != seen_revision:
        raise EntryChangedError
    stays_draft = as_draft and entry.is_draft
    if stays_draft:
        text = gate.mask(text)
    else:
        gate.require_clean(FIELD, text, confirmed=confirmed)
    entry.text, entry.day, entry.is_draft = text, day, stays_draft
    entry.revision += 1
    entry.save(update_fields=["text", "day", "is_draft", "revision", "updated_at"])
    audit.record("learning.journal_changed", by=by, obj=entry, after={"revision": entry.revision})
    return entry


@transaction.atomic
def delete_entry(entry: JournalEntry, *, by: User) -> None:
    """Delete one's own entry for good; copies that were shared are taken back first."""
    if not may_read_entry(by, entry):
        raise NotAllowedError
    for share in entry.shares.filter(revoked_at=None):
        take_back(share)
    audit.record("learning.journal_deleted", by=by, obj=entry, before={"revision": entry.revision})
    entry.delete()


def _require_writer(by: User, thought: Reflection | None) -> None:
    if not may_follow(by):
        raise NotAllowedError
    if thought is not None and not thoughts_of(by).filter(pk=thought.pk).exists():
        raise NotAllowedError
