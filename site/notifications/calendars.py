"""Calendar events: as an invitation in a mail (RFC 6047) and as somebody's own feed (RFC 5545).

An event keeps its uid for good; its sequence grows with every change that people must know, a cancellation included.
Times stand in the zone in which people meet, so that a calendar elsewhere shows the right hour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from email.utils import parseaddr
from enum import StrEnum
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from accounts.models import User

ZONE = ZoneInfo("Europe/Amsterdam")
PRODUCT = "-//Trede//agenda//NL"


ZONE_RULES = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


class Answer(StrEnum):
    """What somebody said about coming, in the calendar's own words."""

    OPEN = "NEEDS-ACTION"
    YES = "ACCEPTED"
    NO = "DECLINED"
    WAITING = "TENTATIVE"


@dataclass(frozen=True)
class Occasion:
    """Something with a beginning and an end. `title` names kind and group, never anything about a patient.

    `stamp` is when it last changed; `url` the full address of its page here; `place` a room or the address of a video.
    """

    uid: str
    sequence: int
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    stamp: dt.datetime
    url: str
    place: str = ""
    cancelled: bool = False
    answer: Answer = Answer.OPEN


def invitation(occasion: Occasion, *, to: User) -> tuple[str, str]:
    """Return the calendar part of a mail to one person and its media type with the method: REQUEST, or CANCEL.

    With a method, DTSTAMP is when the message was made (RFC 5545, 3.8.7.2). Of two messages with the same sequence the
    later one holds (RFC 5546, 2.1.5): that is how a place that was given up leaves a calendar, and comes back into it.
    """
    method = "CANCEL" if occasion.cancelled else "REQUEST"
    calendar = _calendar(METHOD=method)
    calendar.add_component(_zone())
    event = _event(replace(occasion, stamp=timezone.now()))
    event.add("last-modified", occasion.stamp.astimezone(dt.UTC))
    event.add("organizer", _organizer(), encode=False)
    event.add("attendee", _attendee(to, occasion.answer), encode=False)
    calendar.add_component(event)
    return calendar.to_ical().decode(), f"text/calendar; method={method}"


def feed(name: str, occasions: Iterable[Occasion]) -> Iterator[bytes]:
    """Yield a calendar piece by piece, so that one with ten thousand occasions needs no more memory than one with ten."""
    calendar = _calendar(METHOD="PUBLISH", **{"X-WR-CALNAME": name, "X-WR-TIMEZONE": ZONE.key})
    calendar.add("refresh-interval", dt.timedelta(hours=4), parameters={"VALUE": "DURATION"})
    calendar.add_component(_zone())
    head, ending = calendar.to_ical().split(b"END:VCALENDAR")
    yield head
    for occasion in occasions:
        yield _event(occasion).to_ical()
    yield b"END:VCALENDAR" + ending


def _calendar(**facts: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for name, value in facts.items():
        calendar.add(name, value)
    return calendar


def _event(occasion: Occasion) -> Event:
    event = Event()
    event.add("uid", occasion.uid)
    event.add("sequence", occasion.sequence)
    event.add("dtstamp", occasion.stamp.astimezone(dt.UTC))
    event.add("dtstart", occasion.starts_at.astimezone(ZONE))
    event.add("dtend", occasion.ends_at.astimezone(ZONE))
    event.add("summary", occasion.title)
    event.add("url", occasion.url)
    event.add("status", _status(occasion))
    event.add("transp", "OPAQUE" if _status(occasion) == "CONFIRMED" else "TRANSPARENT")
    if occasion.place:
        event.add("location", occasion.place)
    return event


def _status(occasion: Occasion) -> str:
    if occasion.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if occasion.answer == Answer.WAITING else "CONFIRMED"


def _organizer() -> vCalAddress:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return _person(address, name or settings.WAGTAIL_SITE_NAME)


def _attendee(person: User, answer: Answer) -> vCalAddress:
    attendee = _person(person.email, person.display_name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText(answer.value)
    # Answers are given on the page; a reply by mail would reach nobody.
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def _person(address: str, name: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    person.params["CN"] = vText(name)
    return person


@cache
def _zone() -> Timezone:
    """Return the zone with the European rule for summer time, which has held since 1996."""
    return cast("Timezone", Timezone.from_ical(ZONE_RULES))


@dataclass(frozen=True)
class Source:
    """What a room offers to somebody's own calendar.

    `occasions(user)` yields them in batches from the database; `stamp(user)` is a cheap word that changes whenever any of
    them does. `coming(user, until)` gives those that are not over and begin before a moment at most four weeks away, in
    a query or two, for a page that shows the days ahead.
    """

    occasions: Callable[[User], Iterator[Occasion]]
    stamp: Callable[[User], str]
    coming: Callable[[User, dt.datetime], list[Occasion]] = lambda _user, _until: []


_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Add a room's occasions to everybody's own calendar; the same name again replaces them."""
    _sources[name] = source


def occasions_of(user: User) -> Iterator[Occasion]:
    """Yield everything that stands in somebody's calendar."""
    for _name, source in sorted(_sources.items()):
        yield from source.occasions(user)


def coming(user: User, until: dt.datetime) -> list[Occasion]:
    """Return what stands in somebody's calendar from now until a moment, the earliest first."""
    found = [one for _name, source in sorted(_sources.items()) for one in source.coming(user, until)]
    return sorted(found, key=lambda occasion: (occasion.starts_at, occasion.uid))


def stamp_of(user: User) -> str:
    """Return a word that changes whenever this person's calendar does."""
    return "|".join(f"{name}:{source.stamp(user)}" for name, source in sorted(_sources.items()))
