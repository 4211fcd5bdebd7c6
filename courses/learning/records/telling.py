"""Telling the record store what is new, and taking back what no longer holds or whose person was erased."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.learning.models import (
    ExportPurpose,
    Pseudonym,
    RecordMark,
    StatementVoid,
    ToldFact,
)
from courses.learning.records import mending
from courses.learning.records.pseudonyms import pseudonyms_for
from courses.learning.records.sources import FACTS, STREAMS, Fact, Stream
from courses.learning.records.statements import Happening, statement, statement_id, void
from courses.learning.records.store import put_all

BATCH = 100
WINDOW = 5_000  # rows of one kind a run, so that a long backlog leaves the worker to others in between
SETTLED = dt.timedelta(minutes=2)  # a transaction that began earlier may commit later
BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def tell_all() -> int:
    """Send everything that is new, then everything to take back; return how many statements went out.

    Raises StoreUnavailableError where the store took no more; what went out before is not sent again.
    """
    sent = sum(tell_stream(stream) for stream in STREAMS)
    sent += sum(tell_fact(fact) for fact in FACTS)
    sent += sum(tell_mended(stream) for stream in STREAMS)
    return sent + send_voids()


def tell_stream(stream: Stream) -> int:
    """Send what became known of one kind since its mark, in batches; return how many."""
    mark = RecordMark.objects.filter(kind=stream.kind).first()
    at, row = (mark.at, mark.row) if mark else (BEGINNING, 0)
    rows = stream.after(at, row, before=timezone.now() - SETTLED)[:WINDOW]
    sent = 0
    for batch in batched(rows, BATCH):
        told = put([stream.tell(row) for row in batch])
        _move_mark(stream, batch[-1])
        told.check()
        sent += len(batch)
    return sent


def _move_mark(stream: Stream, last: Any) -> None:
    RecordMark.objects.update_or_create(
        kind=stream.kind, defaults={"at": getattr(last, stream.known), "row": last.pk}
    )


def tell_mended(stream: Stream) -> int:
    """Send anew what was mended after it was told, in batches, and ask to void the earlier statements; return how many."""
    sent = 0
    while True:
        turns, rows = mending.waiting(stream, limit=BATCH)
        if not turns:
            return sent
        found = mending.happenings_anew(stream, turns, rows)
        told = put(found)
        names = pseudonyms_for((one.user for one in found), ExportPurpose.LRS)
        by_row = {one.row: names[one.user] for one in found}
        ask_void(mending.outdated(turns, by_row))
        mending.note_told(turns)
        told.check()
        sent += len(found)


def tell_fact(fact: Fact) -> int:
    """Send the facts of one kind that hold and were not told, and take back those that hold no more."""
    known = ToldFact.objects.filter(kind=fact.kind, told=True).values("row")
    sent = 0
    for rows in batched(fact.rows().exclude(pk__in=known).order_by("pk")[:WINDOW], BATCH):
        turns = _turns(fact, rows)
        told = put([replace(fact.tell(row), turn=turns[row.pk]) for row in rows])
        _note(fact, turns)
        told.check()
        sent += len(rows)
    _take_back(fact)
    return sent


def _turns(fact: Fact, rows: Sequence[Any]) -> dict[int, int]:
    """Return with which turn each of these is told now: one more than before."""
    before = ToldFact.objects.filter(kind=fact.kind, row__in=[row.pk for row in rows])
    told = dict(before.values_list("row", "turn"))
    return {row.pk: told.get(row.pk, 0) + 1 for row in rows}


def _note(fact: Fact, turns: dict[int, int]) -> None:
    ToldFact.objects.bulk_create(
        [ToldFact(kind=fact.kind, row=row, turn=turn) for row, turn in turns.items()],
        update_conflicts=True,
        unique_fields=["kind", "row"],
        update_fields=["turn", "told"],
    )


@transaction.atomic
def _take_back(fact: Fact) -> None:
    """Ask to void what was told of this kind and no longer holds, while the person still has a name there."""
    holding = fact.rows().values("pk")
    gone = ToldFact.objects.filter(kind=fact.kind, told=True).exclude(row__in=holding)
    turns = dict(gone.values_list("row", "turn"))
    people = _people(fact, turns)
    names = pseudonyms_for(people.values(), ExportPurpose.LRS)
    ask_void(statement_id(names[user], fact.kind, row, turns[row]) for row, user in people.items())
    ToldFact.objects.filter(kind=fact.kind, row__in=turns).update(told=False)


def _people(fact: Fact, rows: Iterable[int]) -> dict[int, int]:
    """Return whose these rows are; what lost its person with an erasure is nobody's."""
    found = fact.rows().model._default_manager.filter(pk__in=list(rows))
    named = found.filter(**{f"{fact.person}__user__erased_at": None, f"{fact.person}__isnull": False})
    return dict(named.values_list("pk", f"{fact.person}__user_id"))


@dataclass(frozen=True)
class Told:
    """What was just sent, by person and statement."""

    statements: tuple[tuple[int, UUID], ...]

    def check(self) -> None:
        """Take back what is about somebody who was erased while it was on its way.

        Called once it is noted how far was told: an erasure before that note does not see these, one after it does.
        """
        people = {user for user, _statement in self.statements}
        there = User.objects.filter(
            pk__in=people, erased_at=None, pseudonyms__purpose=ExportPurpose.LRS
        ).values_list("pk", flat=True)
        gone = people - set(there)
        ask_void(one for user, one in self.statements if user in gone)
        Pseudonym.objects.filter(user__in=gone).delete()


def put(found: Sequence[Happening]) -> Told:
    """Have the store take these as statements."""
    names = pseudonyms_for((happening.user for happening in found), ExportPurpose.LRS)
    put_all([statement(happening, names[happening.user]) for happening in found])
    return Told(
        tuple((one.user, statement_id(names[one.user], one.kind, one.row, one.turn)) for one in found)
    )


def ask_void(statements: Iterable[UUID]) -> None:
    """Note statements to be voided; asking twice is once."""
    for chunk in batched(statements, BATCH):
        StatementVoid.objects.bulk_create(
            [StatementVoid(statement=one) for one in chunk], ignore_conflicts=True
        )


def send_voids() -> int:
    """Send what is to be voided, in batches; return how many."""
    sent = 0
    while waiting := list(StatementVoid.objects.filter(sent_at=None).order_by("pk")[:BATCH]):
        put_all([void(one.statement) for one in waiting])
        StatementVoid.objects.filter(pk__in=[one.pk for one in waiting]).update(sent_at=timezone.now())
        sent += len(waiting)
    return sent


def forget(user: User) -> None:
    """Drop a person's pseudonyms; what was told under the one for the record store is asked back.

    Called before the person's enrolments go. Statements that were not sent yet are not sent any more: they are made from
    rows that go.
    """
    pseudonym = Pseudonym.objects.filter(user=user, purpose=ExportPurpose.LRS).first()
    if pseudonym is not None:
        ask_void(_told_ids(user, pseudonym.value))
    Pseudonym.objects.filter(user=user).delete()


def _told_ids(user: User, pseudonym: UUID) -> Iterator[UUID]:
    """Yield the id of every statement about a person that the store was noted to have."""
    for stream in STREAMS:
        mark = RecordMark.objects.filter(kind=stream.kind).first()
        if mark is not None:
            rows = list(stream.told(mark.at, mark.row, user=user).values_list("pk", flat=True))
            turns = mending.told_turns(stream.kind, rows)
            for row in rows:
                for turn in range(mending.FIRST, turns.get(row, mending.FIRST) + 1):
                    yield statement_id(pseudonym, stream.kind, row, turn)
    for fact in FACTS:
        rows = fact.rows().model._default_manager.filter(**{f"{fact.person}__user": user})
        known = ToldFact.objects.filter(kind=fact.kind, row__in=rows.values("pk"), told=True)
        for row, turn in known.values_list("row", "turn"):
            yield statement_id(pseudonym, fact.kind, row, turn)
