"""Where somebody is in their edition, and the lock that lets parallel tabs go one after another."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.models import User
from courses.catalogue import queries as catalogue
from courses.catalogue.queries import Item, Outline
from courses.learning.errors import NotAllowedError
from courses.learning.models import Enrolment
from courses.learning.opening import Lock
from courses.learning.permissions import may_learn
from courses.learning.queries import locks_of

ACTIVE_AGAIN_AFTER = dt.timedelta(minutes=10)


class LockedError(Exception):
    """The lesson is not open yet; `lock` says what it waits for."""

    def __init__(self, lesson: Item, lock: Lock) -> None:
        super().__init__(lesson.id, lock.kind)
        self.lesson = lesson
        self.lock = lock


def require_open(enrolment: Enrolment, outline: Outline, lesson: Item) -> None:
    """Raise LockedError for a lesson that is not open yet; asks nothing where an edition has no rules."""
    lock = locks_of(enrolment, outline).get(lesson.id)
    if lock is not None:
        raise LockedError(lesson, lock)


def locked(enrolment: Enrolment, *, by: User) -> Outline:
    """Lock the enrolment until the transaction ends; return its outline.

    Raises NotAllowedError for anybody else's, and for one that was erased meanwhile.
    """
    if not may_learn(by, enrolment):
        raise NotAllowedError
    if not Enrolment.objects.select_for_update().only("pk").filter(pk=enrolment.pk).first():
        raise NotAllowedError
    return catalogue.outline(enrolment.edition_id, enrolment.edition.uuid)


def was_away(enrolment: Enrolment) -> bool:
    """Say whether the last activity lies so far back that it is worth writing down the present one."""
    return timezone.now() - enrolment.last_active_at > ACTIVE_AGAIN_AFTER


def move(enrolment: Enrolment, item_id: int, *, now: dt.datetime, block_id: str = "") -> None:
    """Remember that somebody is at this item, in this block when it is no exercise."""
    enrolment.position_id, enrolment.position_block, enrolment.last_active_at = item_id, block_id, now
    enrolment.save(update_fields=["position", "position_block", "last_active_at"])


def move_when_elsewhere(enrolment: Enrolment, item_id: int) -> None:
    """Remember the item; writes only when that says something new."""
    if enrolment.position_id != item_id or enrolment.position_block or was_away(enrolment):
        move(enrolment, item_id, now=timezone.now())
