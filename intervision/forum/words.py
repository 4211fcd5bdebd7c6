"""Small words for people: when something was."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext


def moment(at: dt.datetime) -> str:
    """Return a moment as a colleague would say it: today, yesterday, or the day, with the time."""
    local = timezone.localtime(at)
    days = (timezone.localdate() - local.date()).days
    # Translators: a date format of Django for the time of day, as in 16.12 or 16:12
    time = date_format(local, pgettext("time format", "H:i"))
    if days == 0:
        return gettext("today, %(time)s") % {"time": time}
    if days == 1:
        return gettext("yesterday, %(time)s") % {"time": time}
    # Translators: date formats of Django: Tue 17 November; 17 November 2025
    near = abs(days) < 300
    form = pgettext("day format", "D j F") if near else pgettext("day format", "j F Y")
    return f"{date_format(local, form)}, {time}"


def day(at: dt.datetime) -> str:
    """Return only the day, as in 17 November."""
    return date_format(timezone.localtime(at), pgettext("day format", "j F"))
