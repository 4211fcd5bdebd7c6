"""Registration numbers, and lists of presence for registers: each person told once, corrections apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
from courses.learning.queries.points import (
    Occasion,
    Present,
    occasions,
    present_at,
    told_by_mistake,
    told_of,
)

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

    Rows are written while people are read, so that ten thousand need no more memory than a thousand. Raises
    NotAllowedError, NotGrantedError, TooEarlyError, and NothingNewError when there is nothing to tell.
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
    added, corrected = _List(occasion, corrects=False), _List(occasion, corrects=True)
    for people in batched(present_at(occasion), CHUNK):
        _compare(people, told_of(occasion, [person[0] for person in people]), added, corrected)
    for last in told_by_mistake(occasion):
        person = (last.enrolment_id or 0, last.name, last.number, last.held_on or last.batch.held_on)
        corrected.add(PresenceChange.WITHDRAW, person, last)
    made = [batch for batch in (added.close(by=by), corrected.close(by=by)) if batch is not None]
    if not made:
        raise NothingNewError
    return made


def _compare(people: Iterable[Present], told: dict[int, PresenceRow], added: _List, corrected: _List) -> None:
    """Put on the lists in what these people differ from what was told of them."""
    for person in people:
        enrolment, _name, number, _day = person
        last = told.get(enrolment)
        heard = last is not None and last.change != PresenceChange.WITHDRAW
        if number and not heard:
            added.add(PresenceChange.ADD, person, last)
        elif number and last is not None and last.number != number:
            corrected.add(PresenceChange.NUMBER, person, last)


class _List:
    """A list in the making: begun with its first row, written piece by piece."""

    def __init__(self, occasion: Occasion, *, corrects: bool) -> None:
        self.occasion, self.corrects = occasion, corrects
        self.batch: PresenceBatch | None = None
        self.waiting: list[PresenceRow] = []

    def add(self, change: PresenceChange, person: Present, last: PresenceRow | None) -> None:
        """Add a row; `last` is what the register heard of this person before."""
        enrolment, name, number, day = person
        if self.batch is None:
            self.batch = self._begin()
        row = PresenceRow(
            batch=self.batch,
            accreditation=self.occasion.accreditation,
            occasion=self.occasion.key,
            enrolment_id=enrolment,
            turn=last.turn + 1 if last else 1,
            change=change,
            name=name,
            number=number or "",
            held_on=day,
            former_number=last.number if last and change == PresenceChange.NUMBER else "",
        )
        self.waiting.append(row)
        if len(self.waiting) >= CHUNK:
            self._write(self.batch)

    def close(self, *, by: User) -> PresenceBatch | None:
        """Write what waits, and note how many there are and who made it; None for a list without a row."""
        if self.batch is None:
            return None
        self._write(self.batch)
        self.batch.made_by = by
        self.batch.save(update_fields=["rows_count", "made_by"])
        told = {"occasion": self.batch.occasion, "rows": self.batch.rows_count, "corrects": self.corrects}
        audit.record("learning.presence_listed", by=by, obj=self.batch, after=told)
        return self.batch

    def _begin(self) -> PresenceBatch:
        return PresenceBatch.objects.create(
            accreditation=self.occasion.accreditation,
            cohort=self.occasion.cohort,
            occasion=self.occasion.key,
            title=self.occasion.title[:160],
            held_on=self.occasion.held_on,
            corrects=self.corrects,
        )

    def _write(self, batch: PresenceBatch) -> None:
        PresenceRow.objects.bulk_create(self.waiting)
        batch.rows_count += len(self.waiting)
        self.waiting = []


def forget_presence(user: User) -> None:
    """Take this person's name and numbers off the lists that were made; how many there were stays."""
    PresenceRow.objects.filter(enrolment__user=user).update(name="", number="", former_number="")
