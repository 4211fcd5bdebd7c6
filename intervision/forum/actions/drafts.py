"""Keeping what is being written."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from intervision.forum.errors import DraftConflict, TextRefused
from intervision.forum.models import Draft, DraftTarget
from intervision.forum.queries import draft_group
from intervision.forum.texts import LONGEST_TEXT, LONGEST_TITLE, guarded, names_to_references
from patientdata.gate import mask


def save_draft(
    *,
    kind: DraftTarget,
    target_id: int,
    title: str,
    body: str,
    seen_version: int,
    client_token: uuid.UUID,
    by: User,
) -> Draft:
    """Keep a text under way, without the passages of which the gate is certain (drafts are not audited).

    `seen_version` is the version that this device last saw, 0 when it saw none. Raises `Http404` when there is nothing
    that this person may write to, `DraftConflict` when another device saved since, `TextRefused` when the text is too
    long or holds NUL.
    """
    group = draft_group(by, kind, target_id)
    if group is None:
        raise Http404
    if len(body) > LONGEST_TEXT or "\x00" in body + title:
        raise TextRefused(_("This text is too long to keep as a draft."), code="too_long")
    source = names_to_references(body, group)
    kept, kept_title = _masked(source), mask(title[:LONGEST_TITLE])
    values = {
        "title": kept_title,
        "body": kept,
        "is_masked": kept != source or kept_title != title[:LONGEST_TITLE],
        "client_token": client_token,
    }
    try:
        return _store(by, kind, target_id, seen_version, values)
    except IntegrityError:
        raise DraftConflict(Draft.objects.get(user=by, target_kind=kind, target_id=target_id)) from None


def discard_draft(draft: Draft, *, by: User) -> None:
    """Throw one's own draft away."""
    Draft.objects.filter(pk=draft.pk, user=by).delete()


@transaction.atomic
def _store(
    user: User, kind: DraftTarget, target_id: int, seen_version: int, values: dict[str, object]
) -> Draft:
    present = (
        Draft.objects.select_for_update().filter(user=user, target_kind=kind, target_id=target_id).first()
    )
    if present is None:
        return Draft.objects.create(user=user, target_kind=kind, target_id=target_id, **values)
    if present.version != seen_version:
        raise DraftConflict(present)
    for name, value in values.items():
        setattr(present, name, value)
    present.version += 1
    present.save()
    return present


def _masked(source: str) -> str:
    """Mask a source; where nothing is found it stays as it is, references included."""
    blanked = guarded(source)
    return source if mask(blanked) == blanked else mask(source)
