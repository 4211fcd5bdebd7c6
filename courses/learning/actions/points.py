"""Registration numbers, and lists of presence for registers: each person told once, corrections apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import batched

from django.db import IntegrityError, transaction

from accounts.models import User
from core import audit
from courses.learning.errors import NotAllowedError
from courses.learning.models import (
    Accreditation,
    PresenceBatch,
    PresenceChange,
    PresenceRow,
    Register,
    RegistrationNumber,
)
from courses.learning.models.accreditation import LONGEST_NUMBER
from courses.learning.permissions import may_manage_certificate
from courses.learning.queries.points import Occasion, occasions, present_at, told_so_far

CHUNK = 1000


class Refusal(StrEnum):
    """Why a number is not taken."""

    FORMAT = "format"
    DOUBLED = "doubled"
    CLOSED = "closed"


class NumberRefusedError(Exception):
    """A registration number that cannot be right; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


class NotGrantedError(Exception):
    """The register has not granted these points, so there is nothing to report."""


class TooEarlyError(Exception):
    """Presence may be reported only once the meeting is over."""


class NothingNewError(Exception):
    """Everybody who can be reported was reported already."""


def plain_number(typed: str) -> str:
    """Return a number as it is kept: capitals, without spaces and without the # of a pasted list."""
    return re.sub(r"\s+", "", typed).removeprefix("#").upper()


@transaction.atomic
def save_number(register: Register, *, number: str, by: User) -> RegistrationNumber:
    """Keep one's own number in a register, in place of a former one.

    Raises NumberRefusedError when the register takes none now, when the number does not look like one of it, and when
    somebody else has it.
    """
    kept = plain_number(number)
    if not register.active:
        raise NumberRefusedError(Refusal.CLOSED)
    if not kept or len(kept) > LONGEST_NUMBER or not register.fits(kept):
        raise NumberRefusedError(Refusal.FORMAT)
    if RegistrationNumber.objects.filter(register=register, number=kept).exclude(user=by).exists():
        raise NumberRefusedError(Refusal.DOUBLED)
    stored = _store(register, kept, by)
    audit.record("learning.registration_number_saved", by=by, obj=stored, after={"register": register.pk})
    return stored


def _store(register: Register, number: str, by: User) -> RegistrationNumber:
    try:
        with transaction.atomic():
            stored, _made = RegistrationNumber.objects.update_or_create(
                user=by, register=register, defaults={"number": number}
            )
    except IntegrityError as error:  # somebody else saved the same number at the same moment
        raise NumberRefusedError(Refusal.DOUBLED) from error
    return stored


@transaction.atomic
def delete_number(number: RegistrationNumber, *, by: User) -> None:
    """Take one's own number away; what was reported already stays reported. Raises NotAllowedError for another's."""
    if number.user_id != by.pk:
        raise NotAllowedError
    audit.record(
        "learning.registration_number_deleted", by=by, obj=number, before={"register": number.register_id}
    )
    number.delete()


@transaction.atomic
def make_lists(occasion: Occasion, *, by: User) -> list[PresenceBatch]:
    """Make the list of who was there and was not told yet; beside it, when needed, the list of corrections.

    Raises NotAllowedError, NotGrantedError, TooEarlyError, and NothingNewError when there is nothing to tell.
    """
    if not may_manage_certificate(by) or occasion.key not in {
        one.key for one in occasions(occasion.accreditation, by)
    }:
        raise NotAllowedError
    accreditation = Accreditation.objects.select_for_update(of=("self",)).get(pk=occasion.accreditation.pk)
    if not accreditation.granted:
        raise NotGrantedError
    if not occasion.over:
        raise TooEarlyError
    added, corrected = _differences(occasion)
    if not added and not corrected:
        raise NothingNewError
    lists = [_batch(occasion, added, corrects=False, by=by)] if added else []
    return [*lists, _batch(occasion, corrected, corrects=True, by=by)] if corrected else lists


def _differences(occasion: Occasion) -> tuple[list[PresenceRow], list[PresenceRow]]:
    """Return the rows to add and the corrections, comparing who was there with what was told."""
    told = told_so_far(occasion)
    added, corrected = [], []
    for enrolment, name, number, day in present_at(occasion):
        last = told.pop(enrolment, None)
        heard = last is not None and last.change != PresenceChange.WITHDRAW
        if number and not heard:
            added.append(_row(occasion, enrolment, PresenceChange.ADD, name, number, day, last))
        elif number and last is not None and last.number != number:
            corrected.append(_row(occasion, enrolment, PresenceChange.NUMBER, name, number, day, last))
    corrected += list(_withdrawn(occasion, told))
    return added, corrected


def _withdrawn(occasion: Occasion, told: dict[int, PresenceRow]) -> Iterator[PresenceRow]:
    for enrolment, last in told.items():
        if last.change != PresenceChange.WITHDRAW:
            day, withdrawn = last.held_on or last.batch.held_on, PresenceChange.WITHDRAW
            yield _row(occasion, enrolment, withdrawn, last.name, last.number, day, last)


def _row(
    occasion: Occasion,
    enrolment: int,
    change: PresenceChange,
    name: str,
    number: str,
    day: dt.date,
    last: PresenceRow | None,
) -> PresenceRow:
    return PresenceRow(
        accreditation=occasion.accreditation,
        occasion=occasion.key,
        enrolment_id=enrolment,
        turn=last.turn + 1 if last else 1,
        change=change,
        name=name,
        number=number,
        held_on=day,
        former_number=last.number if last and change == PresenceChange.NUMBER else "",
    )


def _batch(occasion: Occasion, rows: list[PresenceRow], *, corrects: bool, by: User) -> PresenceBatch:
    batch = PresenceBatch.objects.create(
        accreditation=occasion.accreditation,
        cohort=occasion.cohort,
        occasion=occasion.key,
        title=occasion.title[:160],
        held_on=occasion.held_on,
        corrects=corrects,
        rows_count=len(rows),
        made_by=by,
    )
    for chunk in batched(rows, CHUNK):
        for row in chunk:
            row.batch = batch
        PresenceRow.objects.bulk_create(chunk)
    audit.record(
        "learning.presence_listed",
        by=by,
        obj=batch,
        after={"occasion": batch.occasion, "rows": batch.rows_count, "corrects": corrects},
    )
    return batch


def forget_presence(user: User) -> None:
    """Take this person's name and numbers off the lists that were made; how many there were stays."""
    PresenceRow.objects.filter(enrolment__user=user).update(name="", number="", former_number="")
