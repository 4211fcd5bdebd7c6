"""The days ahead on the member's home: five working days, and a day of the weekend on which something happens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications import calendars

WORKING_DAYS = 5
SATURDAY = 5


@dataclass(frozen=True)
class Entry:
    """One thing on a day: when, what, where, and the address of its page here."""

    starts_at: dt.datetime
    title: str
    place: str
    url: str


@dataclass
class Day:
    """One day with what is planned on it."""

    date: dt.date
    is_today: bool
    entries: list[Entry] = field(default_factory=list)


def days_ahead(user: User) -> list[Day]:
    """Return the days to show, today or the next working day first; none when nothing is planned on any of them."""
    today = timezone.localdate()
    dates = _dates(today)
    after = timezone.make_aware(dt.datetime.combine(dates[-1] + dt.timedelta(days=1), dt.time.min))
    days = {date: Day(date, date == today) for date in dates}
    for occasion in calendars.coming(user, after):
        days[max(today, timezone.localtime(occasion.starts_at).date())].entries.append(_entry(occasion))
    planned = [day for day in days.values() if day.entries or day.date.weekday() < SATURDAY]
    return planned if any(day.entries for day in planned) else []


def _dates(today: dt.date) -> list[dt.date]:
    """Return every date from today up to the fifth working day."""
    dates: list[dt.date] = []
    while sum(date.weekday() < SATURDAY for date in dates) < WORKING_DAYS:
        dates.append(today + dt.timedelta(days=len(dates)))
    return dates


def _entry(occasion: calendars.Occasion) -> Entry:
    where, where_to = _where(occasion.place), urlsplit(occasion.url).path
    return Entry(timezone.localtime(occasion.starts_at), occasion.title, where, where_to)


def _where(place: str) -> str:
    """Return the room; an address of a video is too long for a day and stands on the page of the meeting."""
    rooms = [part for part in place.split(", ") if "://" not in part]
    return ", ".join(rooms) or (_("by video") if place else "")
