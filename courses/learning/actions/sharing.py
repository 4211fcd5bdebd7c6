"""Handing a copy of a journal entry to somebody, on purpose, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts import consent
from accounts.models import ConsentState, Purpose, User
from core import audit
from courses.learning.errors import NotAllowedError
from courses.learning.models import Enrolment, JournalEntry, JournalShare, ShareAudience
from courses.learning.permissions import may_read_entry
from courses.learning.queries.coached import trainers_of
from courses.learning.queries.journal import shares_of
from courses.learning.sharing import Destination, destinations_for, receiver_for
from notifications.actions import notify
from patientdata import gate

ENTRY_SHARED = "learning.entry_shared"


class ConsentMissingError(Exception):
    """This destination asks for consent, and the writer did not give it to the newest text."""


class DraftsStayError(Exception):
    """A draft cannot be shared: finish it first."""


@transaction.atomic
def share_entry(
    entry: JournalEntry,
    destination: Destination,
    *,
    seen_revision: int,
    agreed_version: int | None = None,
    by: User,
) -> JournalShare:
    """Hand a copy of one's own entry, as it stands now, to one destination; the same again gives the same copy.

    `seen_revision` is the text that the writer saw in the preview: raises NotAllowedError when it changed since.
    `agreed_version` is the version of the consent text that the writer agreed to. Raises ConsentMissingError,
    DraftsStayError, PatientDataFound, and SharingRefusedError from the receiving room.
    """
    entry = JournalEntry.objects.select_for_update().get(pk=entry.pk)
    if not may_read_entry(by, entry) or destination not in destinations_for(by):
        raise NotAllowedError
    if entry.is_draft or entry.revision != seen_revision:
        raise DraftsStayError
    # What the gate only doubts, the writer answered for when they kept this text.
    gate.require_clean("learning.JournalShare.text", entry.text, confirmed=True)
    already = _open_share(entry, destination)
    if already is not None:
        return already
    _agree(destination, agreed_version, by=by)
    return _hand_over(entry, destination, by=by)


def _open_share(entry: JournalEntry, destination: Destination) -> JournalShare | None:
    return entry.shares.filter(
        audience=destination.audience, target_id=destination.id, revoked_at=None
    ).first()


def _agree(destination: Destination, version: int | None, *, by: User) -> None:
    """Write the consent that this destination asks for into the ledger, in the sharing transaction."""
    if destination.purpose is None:
        return
    text = consent.text(destination.purpose, get_language() or "nl")
    if version != text.version:
        raise ConsentMissingError
    consent.give(by, text, study=destination.study)


def _hand_over(entry: JournalEntry, destination: Destination, *, by: User) -> JournalShare:
    share = JournalShare.objects.create(
        entry=entry,
        audience=destination.audience,
        target_id=destination.id,
        target_name=destination.name,
        study=destination.study,
        revision=entry.revision,
        day=entry.day,
        text=entry.text,
    )
    share.receipt = receiver_for(share.audience).deliver(share)
    share.save(update_fields=["receipt"])
    after = {"audience": share.audience, "target": share.target_id, "revision": share.revision}
    audit.record("learning.journal_shared", by=by, obj=share, after=after)
    return share


def tell_trainers(share: JournalShare) -> str:
    """Let the trainers of the enrolment know that a copy lies on their desk."""
    enrolment = Enrolment.objects.get(pk=share.target_id)
    notify(
        list(trainers_of(enrolment)),
        kind=ENTRY_SHARED,
        object=enrolment,
        path=reverse("learning:shared"),
        by=share.entry.writer,
    )
    return ""


@transaction.atomic
def revoke_share(share: JournalShare, *, by: User) -> JournalShare:
    """Take a copy back: its text goes, here and where it was handed; a copy taken back already stays so."""
    share = JournalShare.objects.select_for_update().select_related("entry").get(pk=share.pk)
    if not may_read_entry(by, share.entry):
        raise NotAllowedError
    return take_back(share)


def take_back(share: JournalShare) -> JournalShare:
    """Take a copy back within the caller's transaction, which has checked who asks."""
    if share.revoked_at is not None:
        return share
    receiver_for(share.audience).withdraw(share)
    share.text, share.revoked_at = "", timezone.now()
    share.save(update_fields=["text", "revoked_at", "updated_at"])
    audit.record("learning.journal_taken_back", by=share.entry.writer, obj=share)
    return share


def follow_consent(state: ConsentState) -> None:
    """Take back everything that somebody shared with a study for which they no longer agree."""
    if state.purpose != Purpose.READ_SHARED or state.given:
        return
    held = shares_of(state.subject).filter(
        audience=ShareAudience.RESEARCH, study=state.study, revoked_at=None
    )
    for share in held.select_related("entry__writer"):
        take_back(share)


def see_shared(shares: Iterable[JournalShare]) -> None:
    """Remember that a trainer read these copies; the first time counts."""
    unseen = [share.pk for share in shares if share.seen_at is None]
    JournalShare.objects.filter(pk__in=unseen, seen_at=None).update(seen_at=timezone.now())
