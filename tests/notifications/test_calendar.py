"""Calendar parts of mails, and somebody's own calendar under a secret address."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import tracemalloc

import pytest
from django.urls import reverse
from icalendar import Calendar

from core.models import AuditEntry
from notifications import calendars
from notifications.calendars import Answer, Occasion, Source
from notifications.models import CalendarFeed
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
START = dt.datetime(2027, 3, 26, 8, tzinfo=dt.UTC)


def occasion(number=1, **facts):
    given = {
        "uid": f"{number}@trede",
        "sequence": 0,
        "title": "Trainingsdag, Voorjaar",
        "starts_at": START,
        "ends_at": START + dt.timedelta(hours=7),
        "stamp": START - dt.timedelta(days=30),
        "url": f"https://trede.test/{number}/",
    }
    return Occasion(**{**given, **facts})


@pytest.fixture
def offered(monkeypatch):
    """What one room offers to everybody's calendar; its length is its stamp."""
    found: list[Occasion] = []
    monkeypatch.setattr(calendars, "_sources", {})
    calendars.register("room", Source(lambda user: iter(found), lambda user: str(len(found))))
    return found


@pytest.fixture
def owner():
    return UserFactory.create(poh=True)


def make_address(client):
    page = client.post(reverse("notifications:calendar"))
    found = re.search(r'value="https?://[^/]+(/kalender/[^"]+\.ics)"', page.text)
    assert found
    return found.group(1)


def read(answer):
    return Calendar.from_ical(b"".join(answer.streaming_content))


def events(answer):
    return read(answer).walk("VEVENT")


@pytest.mark.parametrize(
    ("facts", "method", "status", "partstat"),
    [
        ({}, "REQUEST", "CONFIRMED", "NEEDS-ACTION"),
        ({"sequence": 3, "answer": Answer.YES}, "REQUEST", "CONFIRMED", "ACCEPTED"),
        ({"sequence": 4, "cancelled": True}, "CANCEL", "CANCELLED", "NEEDS-ACTION"),
        ({"answer": Answer.WAITING}, "REQUEST", "TENTATIVE", "TENTATIVE"),
    ],
)
def test_an_invitation_says_what_calendars_need_to_know(facts, method, status, partstat, owner):
    text, media_type = calendars.invitation(occasion(**facts), to=owner)
    assert media_type == f"text/calendar; method={method}"
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"]) == (method, status)
    assert (event["UID"], event["SEQUENCE"]) == ("1@trede", facts.get("sequence", 0))
    assert event["ORGANIZER"] == "mailto:noreply@trede.test"
    assert event["ATTENDEE"] == f"mailto:{owner.email}"
    assert event["ATTENDEE"].params["PARTSTAT"] == partstat


def test_times_stand_in_the_zone_where_people_meet_summer_time_included(owner):
    calendar = Calendar.from_ical(calendars.invitation(occasion(), to=owner)[0])
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event["DTSTART"].dt.hour == 9
    july = occasion(starts_at=START.replace(month=7), ends_at=START.replace(month=7, hour=15))
    (summer,) = Calendar.from_ical(calendars.invitation(july, to=owner)[0]).walk("VEVENT")
    assert summer["DTSTART"].dt.hour == 10
    (zone,) = calendar.walk("VTIMEZONE")
    rule = zone.to_tz()
    assert rule.utcoffset(dt.datetime(2027, 3, 28, 4)) == dt.timedelta(hours=2)  # noqa: DTZ001 -- local time is asked
    assert rule.utcoffset(dt.datetime(2027, 3, 28, 1)) == dt.timedelta(hours=1)  # noqa: DTZ001 -- local time is asked


def test_the_owner_makes_an_address_that_shows_the_calendar_to_a_program(client, client_for, owner, offered):
    offered += [occasion(1), occasion(2, cancelled=True, sequence=1)]
    address = make_address(client_for(owner))
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [event["STATUS"] for event in events(answer)] == ["CONFIRMED", "CANCELLED"]


def test_the_address_itself_is_kept_nowhere(client_for, owner, offered):
    token = make_address(client_for(owner)).split("/")[-1].removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert token not in (feed.token_digest, str(list(AuditEntry.objects.values_list("after", "before"))))
    assert token not in client_for(owner).get(reverse("notifications:calendar")).text


def test_a_new_address_ends_the_old_one_and_stopping_ends_it_too(client, client_for, owner, offered):
    mine = client_for(owner)
    old, new = make_address(mine), make_address(mine)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    mine.post(reverse("notifications:end_calendar"))
    assert client.get(new).status_code == 404


def test_a_closed_account_shows_no_calendar(client, client_for, owner, offered):
    address = make_address(client_for(owner))
    owner.is_active = False
    owner.save()
    assert client.get(address).status_code == 404


def test_nothing_is_sent_again_while_nothing_changed(client, client_for, owner, offered):
    address = make_address(client_for(owner))
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    offered.append(occasion())
    answer = client.get(address, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer["ETag"] != etag


def test_ten_thousand_occasions_stream_in_the_memory_of_a_few(client, client_for, owner, monkeypatch):
    monkeypatch.setattr(calendars, "_sources", {})
    many = Source(lambda user: (occasion(number) for number in range(10_000)), lambda user: "many")
    calendars.register("room", many)
    answer = client.get(make_address(client_for(owner)))
    pieces = iter(answer.streaming_content)
    list(itertools.islice(pieces, 50))
    tracemalloc.start()
    weight = sum(len(piece) for piece in pieces)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert weight > 2_000_000
    assert peak < 500_000
