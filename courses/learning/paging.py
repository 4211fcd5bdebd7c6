"""Pages of a list by key: the newest first, in one query, however long the list is."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

KEY = re.compile(r"\d{1,16}_\d{1,18}", re.ASCII)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
PAGE_SIZE = 25


@dataclass(frozen=True)
class Slice[Row]:
    """Some rows; `older` and `newer` are the keys to go on from (beyond the last, ahead of the first), empty at the ends."""

    rows: list[Row]
    older: str
    newer: str


def slice_of[Row: Model](
    found: QuerySet[Row],
    moment: str,
    *,
    before: str = "",
    after: str = "",
    size: int = PAGE_SIZE,
    oldest_first: bool = False,
) -> Slice[Row]:
    """Return a page ordered by a moment's field and the primary key, the latest first unless `oldest_first`.

    `after` goes on to rows beyond that key, `before` back to those ahead of it; a key that makes no sense is the
    beginning.
    """
    backwards = bool(before)
    descending = backwards if oldest_first else not backwards
    keyed = _beyond(found, moment, before or after, way="lt" if descending else "gt")
    order = (f"-{moment}", "-pk") if descending else (moment, "pk")
    rows = list(keyed.order_by(*order)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_older, has_newer = (True, more) if backwards else (more, bool(after))
    return Slice(
        rows=rows,
        older=_key(rows[-1], moment) if rows and has_older else "",
        newer=_key(rows[0], moment) if rows and has_newer else "",
    )


def _beyond[Row: Model](found: QuerySet[Row], moment: str, key: str, *, way: str) -> QuerySet[Row]:
    if not KEY.fullmatch(key):
        return found
    microseconds, _mark, number = key.partition("_")
    at, pk = EPOCH + dt.timedelta(microseconds=int(microseconds)), int(number)
    return found.filter(Q(**{f"{moment}__{way}": at}) | Q(**{moment: at, f"pk__{way}": pk}))


def _key(row: Any, moment: str) -> str:
    return f"{(getattr(row, moment) - EPOCH) // dt.timedelta(microseconds=1)}_{row.pk}"
