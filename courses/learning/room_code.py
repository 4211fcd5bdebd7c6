"""The code that hangs in the room: it changes every thirty seconds, so that only who is there can use it.

A keyed hash (HMAC-SHA-256, with the house's key) of the meeting's uid and the half minute. The present half minute and
the one before count, so that a code works between thirty and sixty seconds.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from courses.learning.models import Meeting

WINDOW = 30  # seconds
OPENS_BEFORE = dt.timedelta(minutes=45)
CLOSES_AFTER = dt.timedelta(minutes=45)
SALT = "courses.learning.room_code"
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that is read for another: no I, L, O, 0, 1
TYPED_LENGTH = 6


def is_open(meeting: Meeting, at: dt.datetime) -> bool:
    """Say whether the code of a meeting works around this moment: during it, and three quarters of an hour on both sides."""
    if meeting.cancelled_at is not None:
        return False
    return meeting.starts_at - OPENS_BEFORE <= at <= meeting.ends_at + CLOSES_AFTER


def seconds_left(at: dt.datetime) -> int:
    """Return after how many seconds the next code comes."""
    return WINDOW - int(at.timestamp()) % WINDOW


def token(meeting: Meeting, at: dt.datetime) -> str:
    """Return the token in the address behind the picture: the meeting's id and a hash that nobody can guess."""
    return f"{meeting.pk}-{_hash(meeting, _window(at))}"


def picture(meeting: Meeting, at: dt.datetime) -> str:
    """Return the picture of the code as SVG, dark on light whatever the theme: cameras need that."""
    address = settings.SITE_URL + reverse("learning_machines:attendance", args=[token(meeting, at)])
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None, light="#fff", dark="#000")


def meeting_id(given: str) -> int | None:
    """Return the id that a token names, None when it names none."""
    number, _dash, _rest = given.partition("-")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None


def fits(meeting: Meeting, given: str, at: dt.datetime) -> bool:
    """Say whether a token is that of this meeting and of this or the last half minute."""
    return _any(given, (token(meeting, at), token(meeting, at - dt.timedelta(seconds=WINDOW))))


def typed(meeting: Meeting, at: dt.datetime) -> str:
    """Return the short code for who has no camera."""
    digest = _digest(meeting, _window(at))
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[-TYPED_LENGTH:])


def fits_typed(meeting: Meeting, given: str, at: dt.datetime) -> bool:
    """Say whether a typed code is right now, or was half a minute ago; spaces and small letters do not matter."""
    cleaned = "".join(given.upper().split())
    return _any(cleaned, (typed(meeting, at), typed(meeting, at - dt.timedelta(seconds=WINDOW))))


def _window(at: dt.datetime) -> int:
    return int(at.timestamp()) // WINDOW


def _digest(meeting: Meeting, window: int) -> bytes:
    return salted_hmac(SALT, f"{meeting.uid}|{window}", algorithm="sha256").digest()


def _hash(meeting: Meeting, window: int) -> str:
    return base64.urlsafe_b64encode(_digest(meeting, window)[:15]).decode()


def _any(given: str, right: tuple[str, ...]) -> bool:
    """Compare in constant time; both candidates are always looked at."""
    return sum(hmac.compare_digest(given.encode(), one.encode()) for one in right) > 0
