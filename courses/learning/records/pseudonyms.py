"""Who is called what in the learning records of one purpose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import batched
from uuid import UUID

from courses.learning.models import ExportPurpose, Pseudonym
from courses.learning.records.statements import Happening, Statement, statement

CHUNK = 500


def pseudonyms_for(users: Iterable[int], purpose: ExportPurpose) -> dict[int, UUID]:
    """Return the pseudonym of each of these people for a purpose; who has none yet gets one."""
    wanted = set(users)
    Pseudonym.objects.bulk_create(
        [Pseudonym(user_id=user, purpose=purpose) for user in wanted - _known(wanted, purpose).keys()],
        ignore_conflicts=True,
    )
    return _known(wanted, purpose)


def _known(users: set[int], purpose: ExportPurpose) -> dict[int, UUID]:
    found = Pseudonym.objects.filter(user__in=users, purpose=purpose)
    return dict(found.values_list("user_id", "value"))


def told(found: Iterable[Happening], purpose: ExportPurpose) -> Iterator[Statement]:
    """Yield what happened as statements for a purpose, a few hundred at a time."""
    for chunk in batched(found, CHUNK):
        names = pseudonyms_for((happening.user for happening in chunk), purpose)
        yield from (statement(happening, names[happening.user]) for happening in chunk)
