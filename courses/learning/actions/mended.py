"""Noting that something was mended about which the record store may have been told already."""

from __future__ import annotations

from collections.abc import Collection
from itertools import batched

from django.db.models import F

from courses.learning.models import RecordMark, StatementTurn

AT_ONCE = 500


def tell_anew(kind: str, rows: Collection[int]) -> None:
    """Have these happenings of one kind told anew, inside the caller's transaction; the earlier statements become void.

    Where nothing of this kind was ever told there is nothing to mend: the first telling says it as it is now.
    """
    if not RecordMark.objects.filter(kind=kind).exists():
        return
    for some in batched(sorted(rows), AT_ONCE):
        known = StatementTurn.objects.filter(kind=kind, row__in=some)
        there = set(known.values_list("row", flat=True))
        known.update(turn=F("turn") + 1, due=True)
        StatementTurn.objects.bulk_create(
            StatementTurn(kind=kind, row=row) for row in some if row not in there
        )
