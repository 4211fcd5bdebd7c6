"""Telling the record store anew what was mended: the earlier statement is voided, a new one takes its place (xAPI 1.0.3, 2.3.2).

A statement never changes, so a mended happening gets a statement of its own under its next turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction

from courses.learning.models import RecordMark, StatementTurn
from courses.learning.records.sources import Stream
from courses.learning.records.statements import Happening, statement_id

FIRST = 1


def waiting(stream: Stream, *, limit: int) -> tuple[list[StatementTurn], dict[int, Any]]:
    """Return what of one kind is to be told anew and was told before, with the rows behind it by id.

    What is no happening any more is dropped; what the stream did not reach yet waits until it did.
    """
    mark = RecordMark.objects.filter(kind=stream.kind).first()
    if mark is None:
        return [], {}
    due = list(StatementTurn.objects.filter(kind=stream.kind, due=True).order_by("pk")[:limit])
    ids = [one.row for one in due]
    there = set(stream.rows().filter(pk__in=ids).values_list("pk", flat=True))
    StatementTurn.objects.filter(pk__in=[one.pk for one in due if one.row not in there]).delete()
    rows = {row.pk: row for row in stream.told(mark.at, mark.row).filter(pk__in=ids)}
    return [one for one in due if one.row in rows], rows


def happenings_anew(stream: Stream, turns: Sequence[StatementTurn], rows: dict[int, Any]) -> list[Happening]:
    """Return these happenings as they are now, each under its new turn."""
    return [replace(stream.tell(rows[one.row]), turn=one.turn) for one in turns]


def outdated(turns: Sequence[StatementTurn], names: dict[int, UUID]) -> Iterator[UUID]:
    """Yield the ids of all earlier statements about these; `names` gives the pseudonym by row."""
    for one in turns:
        for turn in range(FIRST, one.turn):
            yield statement_id(names[one.row], one.kind, one.row, turn)


@transaction.atomic
def note_told(turns: Sequence[StatementTurn]) -> None:
    """Note that these were told; one that was mended again meanwhile stays due."""
    for one in turns:
        StatementTurn.objects.filter(pk=one.pk, turn=one.turn).update(due=False)


def told_turns(kind: str, rows: Sequence[int]) -> dict[int, int]:
    """Return the last turn of each of these rows that has more than one."""
    found: dict[int, int] = {}
    for some in batched(rows, 500):
        found |= dict(StatementTurn.objects.filter(kind=kind, row__in=some).values_list("row", "turn"))
    return found
