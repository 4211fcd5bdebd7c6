"""What learners write for themselves in a lesson: saved on change, or with a button that says what may not be stored."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.catalogue.queries import Item
from courses.learning.actions.places import move, require_open
from courses.learning.actions.stamps import (
    PATIENCE,
    BusyError,
    OvertakenError,
    Seen,
    Stamp,
    is_in,
    mark,
    overtaken,
)
from courses.learning.errors import NotAllowedError
from courses.learning.models import Enrolment, Reflection
from courses.learning.permissions import may_learn
from courses.learning.queries import outline_of
from patientdata import gate

TEXT = "learning.Reflection.text"


def reflection_at(enrolment: Enrolment, lesson: Item, block_id: str, *, by: User) -> Reflection:
    """Return the place of a reflection; it is made, empty, when there is none yet.

    Raises NotAllowedError for anybody else's enrolment, LockedError in a lesson that is not open yet.
    """
    if not may_learn(by, enrolment):
        raise NotAllowedError
    require_open(enrolment, outline_of(enrolment), lesson)
    found, _made = Reflection.objects.get_or_create(enrolment=enrolment, item_id=lesson.id, block_id=block_id)
    return found


def keep_reflection(reflection: Reflection, *, text: str, by: User, stamp: Stamp) -> Reflection:
    """Store a reflection as far as it is written. Passages that may identify a patient are left out.

    Raises OvertakenError when another page was first, BusyError when several keep writing.
    """
    if not may_learn(by, reflection.enrolment):
        raise NotAllowedError
    kept = gate.mask(text) if text else ""
    for _again in range(PATIENCE):
        if is_in(reflection, stamp) or _write(reflection, kept, stamp):
            return reflection
        reflection.refresh_from_db()
    raise BusyError


@transaction.atomic
def _write(reflection: Reflection, text: str, stamp: Stamp | None) -> bool:
    """Write over exactly the version that was read; say whether that was still there."""
    seen, now = reflection.version, timezone.now()
    reflection.text = text
    fields = ["text", *mark(reflection, stamp)]
    still = Reflection.objects.filter(pk=reflection.pk, version=seen)
    if not still.update(**{name: getattr(reflection, name) for name in fields}, updated_at=now):
        return False
    move(reflection.enrolment, reflection.item_id, now=now, block_id=reflection.block_id)
    return True


@transaction.atomic
def save_reflection(
    enrolment: Enrolment,
    lesson: Item,
    block_id: str,
    *,
    text: str,
    confirmed: bool,
    by: User,
    seen: Seen | None = None,
) -> Reflection:
    """Store what somebody wrote for themselves, as it is; raises PatientDataFound when it may identify a patient.

    Raises OvertakenError when something else was written after `seen`, BusyError when several keep writing.
    """
    if not may_learn(by, enrolment):
        raise NotAllowedError
    gate.require_clean(TEXT, text, confirmed=confirmed)
    reflection = reflection_at(enrolment, lesson, block_id, by=by)
    for _again in range(PATIENCE):
        if text == reflection.text:
            return reflection
        if overtaken(reflection, seen):
            raise OvertakenError
        if _write(reflection, text, None):
            return reflection
        reflection.refresh_from_db()
    raise BusyError
