"""What this room tells the house at start: personal data, gate policies, the bell in the header, tidying up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import navigation, personal_data, tick
from notifications.delivery import forget_old
from notifications.models import CalendarFeed, Notice
from notifications.queries import unread_count
from patientdata import policy

DAILY = 24 * 60


def register_all() -> None:
    """Register everything, once."""
    personal_data.register(
        personal_data.PersonalData(
            "notifications.Notice",
            "recipient",
            export=export_notices,
            erase=erase_notices,
            retention="Read notices 90 days, others a year; they say that something happened, never what was written.",
        ),
        personal_data.PersonalData(
            "notifications.CalendarFeed",
            "user",
            export=export_calendar,
            erase=erase_calendar,
            retention="Until its owner ends it; goes with the account. Only a digest of the address is kept.",
        ),
    )
    policy.register(
        {"notifications.CalendarFeed.token_digest": policy.Policy.OFF},
        reason="The digest of a token of our own making.",
    )
    policy.register(
        {f"notifications.Notice.{name}": policy.Policy.OFF for name in ("kind", "object_type", "path")},
        reason="Names of kinds and addresses with ids, written by our own code; nobody types here.",
    )
    navigation.register(
        navigation.NavItem(
            _("Notices"),
            "notifications:list",
            place=navigation.Place.TOOLS,
            audience=navigation.Audience.MEMBER,
            icon="bell",
            count=unread_count,
        ),
        navigation.NavItem(
            _("My calendar"),
            "notifications:calendar",
            place=navigation.Place.ACCOUNT,
            audience=navigation.Audience.MEMBER,
            order=15,
            icon="calendar",
        ),
    )
    tick.register("notifications.forget_old", forget_old, every=DAILY)


def export_notices(user: User) -> Iterator[dict[str, Any]]:
    """Yield the person's notices."""
    for notice in Notice.objects.filter(recipient=user).order_by("pk").iterator():
        yield {
            "kind": notice.kind,
            "count": notice.count,
            "at": notice.happened_at,
            "read_at": notice.read_at,
        }


def erase_notices(user: User) -> None:
    """Delete the person's notices."""
    Notice.objects.filter(recipient=user).delete()


def export_calendar(user: User) -> Iterator[dict[str, Any]]:
    """Yield when the person's calendar address was made."""
    for made_at in CalendarFeed.objects.filter(user=user).values_list("made_at", flat=True):
        yield {"made_at": made_at}


def erase_calendar(user: User) -> None:
    """Let the person's calendar address stop working."""
    CalendarFeed.objects.filter(user=user).delete()
