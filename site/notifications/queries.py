"""What a member may read of their notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.tokens import digest
from core.once import once
from core.prepared import Slots, prepared
from notifications.kinds import kind_of, known
from notifications.models import CalendarFeed, Notice

PAGE = 30
UNREAD = "notifications.unread"


@dataclass(frozen=True, slots=True)
class Line:
    """A notice with its words, for one reader."""

    notice: Notice
    sentence: str
    icon: str


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Some lines, newest first, and the key of the next ones (`None` at the end)."""

    lines: list[Line]
    older: str | None


def notices_of(user: User) -> QuerySet[Notice]:
    """Return a member's own notices, newest first."""
    return Notice.objects.filter(recipient=user).order_by("-happened_at", "-pk")


def unread_count(user: User | AnonymousUser) -> int:
    """Return how many unread notices the person has; one query on an index, none for a visitor."""
    if not isinstance(user, User):
        return 0
    return once(user, UNREAD, lambda: _unread.first(None, reader=user.pk) or 0)


@prepared
def _unread(slot: Slots, _variant: None) -> QuerySet[Notice, int]:
    unread = Notice.objects.filter(recipient=slot("reader"), read_at=None).order_by()
    return unread.values("recipient").annotate(number=Count("pk")).values_list("number", flat=True)


def page_of(user: User, before: str = "") -> NoticePage:
    """Return a page of lines; `before` is the key that an earlier page gave."""
    notices = notices_of(user)
    if key := _read_key(before):
        at, pk = key
        notices = notices.filter(Q(happened_at__lt=at) | Q(happened_at=at, pk__lt=pk))
    found = list(notices[: PAGE + 1])
    older = _key(found[PAGE - 1]) if len(found) > PAGE else None
    return NoticePage(_lines(user, found[:PAGE]), older)


def _lines(user: User, notices: Sequence[Notice]) -> list[Line]:
    """Give each notice its words; one question to its room per kind, whatever the number of rows."""
    ids: dict[str, set[int]] = {}
    for notice in notices:
        if known(notice.kind):
            ids.setdefault(notice.kind, set()).add(notice.object_id)
    places = {kind: kind_of(kind).places(user, numbers) for kind, numbers in ids.items()}
    return [
        Line(
            notice,
            kind_of(notice.kind).say(notice.count, places[notice.kind][notice.object_id]),
            kind_of(notice.kind).icon,
        )
        for notice in notices
        if notice.object_id in places.get(notice.kind, {})
    ]


def _key(notice: Notice) -> str:
    return f"{notice.happened_at.isoformat()}_{notice.pk}"


def _read_key(key: str) -> tuple[datetime, int] | None:
    moment, _, number = key.partition("_")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    if at.tzinfo is None or not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return at, int(number)


def owner_of_calendar(token: str) -> User | None:
    """Return whose calendar this address shows, None when it never did or no longer does."""
    feeds = CalendarFeed.objects.select_related("user").filter(token_digest=digest(token))
    feed = feeds.filter(user__is_active=True).first()
    return feed.user if feed else None


def has_calendar_address(user: User) -> bool:
    """Say whether this person made an address for their calendar."""
    return CalendarFeed.objects.filter(user=user).exists()
