"""Telling members that something happened, and putting a notice away."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db import models, transaction
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.tokens import make_token
from core import audit
from core.once import forget
from notifications.delivery import deliver
from notifications.kinds import kind_of
from notifications.models import CalendarFeed, Notice
from notifications.queries import UNREAD


def notify(
    recipients: Iterable[User | int] | None, *, kind: str, object: models.Model, path: str, by: User | None
) -> None:
    """Tell these members, after the present transaction, that something happened around `object`.

    `recipients` are users or their ids; None leaves it to the kind's own audience, which is asked after the answer, so
    that ten thousand followers cost the writer nothing. `by` is never told of their own doing. `path` is an address of
    this site, with ids only. Raises `UnknownKind`, and `ValueError` for an address elsewhere.
    """
    kind_of(kind)
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        message = "a notice leads to an address of this site"
        raise ValueError(message)
    ids = None if recipients is None else [one.pk if isinstance(one, User) else one for one in recipients]
    if ids == []:
        return
    about = [object._meta.label_lower, object.pk]
    transaction.on_commit(partial(deliver.enqueue, ids, kind, about, path, by.pk if by else None))


def mark_read(*, by: User, notice: Notice | None = None) -> int:
    """Mark one of one's own notices as read, or all of them; return how many were unread."""
    unread = Notice.objects.filter(recipient=by, read_at=None)
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    forget(by, UNREAD)
    return unread.update(read_at=timezone.now())


def mark_read_about(object: models.Model, *, by: User) -> int:
    """Mark every notice about this object as read: the reader has just opened it."""
    forget(by, UNREAD)
    return Notice.objects.filter(
        recipient=by, object_type=object._meta.label_lower, object_id=object.pk, read_at=None
    ).update(read_at=timezone.now())


@transaction.atomic
def make_calendar_address(*, by: User) -> str:
    """Make a new secret address of one's own calendar and return its token, shown this once; the old one ends."""
    token, digest = make_token()
    facts = {"token_digest": digest, "made_at": timezone.now()}
    feed, _made = CalendarFeed.objects.update_or_create(user=by, defaults=facts)
    audit.record("notifications.calendar_address_made", by=by, obj=feed)
    return token


@transaction.atomic
def end_calendar_address(*, by: User) -> None:
    """Make one's calendar address stop working."""
    feed = CalendarFeed.objects.filter(user=by).first()
    if feed is not None:
        audit.record("notifications.calendar_address_ended", by=by, obj=feed)
        feed.delete()
