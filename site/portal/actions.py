"""What a member does on the home of their own."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.models import User
from portal.models import PutOff

DAYS_LATER = 2
MAX_KEY = 100


def put_off(key: str, *, by: User) -> PutOff:
    """Hide a step for two days; again moves the day. A key of an unknown step does nothing anybody sees."""
    until = timezone.localdate() + dt.timedelta(days=DAYS_LATER)
    row, _new = PutOff.objects.update_or_create(user=by, key=key[:MAX_KEY], defaults={"until": until})
    return row


def forget_past() -> int:
    """Delete what came back already; return how many rows."""
    return PutOff.objects.filter(until__lte=timezone.localdate()).delete()[0]
