"""A list of people for a cohort: read and judged row by row, then used as a whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from functools import partial
from itertools import batched

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError, transaction
from django.tasks import task
from django.utils import timezone

from accounts import afterwards
from accounts.actions.inviting_many import Invited, invite_all
from accounts.models import Invitation, Role, ScopeKind, User
from core import audit
from courses.learning import people_files
from courses.learning.actions.cohorts import BEGIN
from courses.learning.errors import ListInUseError, NotAllowedError
from courses.learning.models import Cohort, Enrolment, ImportRow, ImportState, PeopleImport, Verdict
from courses.learning.models.imports import GOOD
from courses.learning.people_files import FileRefusedError, Person, Refusal
from courses.learning.permissions import may_run

AT_ONCE = 500
LONGEST_NAME, LONGEST_ADDRESS = 100, 254
KEEP_ROWS, KEEP_LISTS = timedelta(days=7), timedelta(days=90)

log = structlog.get_logger(__name__)


@transaction.atomic
def read_list(cohort: Cohort, content: bytes, *, role: Role, language: str, by: User) -> PeopleImport:
    """Read a file and judge each of its rows; nobody is invited yet.

    Raises FileRefusedError for a file that cannot be read as a whole (nothing of it is kept), NotAllowedError.
    """
    if not may_run(by, cohort):
        raise NotAllowedError
    found = people_files.read(content)
    made = PeopleImport.objects.create(
        cohort=cohort,
        by=by,
        role=role,
        language=language,
        unused=[title[:100] for title in found.unused[:20]],
    )
    seen: dict[str, int] = {}
    for some in batched(found.people, AT_ONCE):
        rows = _judged(made, some, seen)
        ImportRow.objects.bulk_create(rows)
        made.total += len(rows)
    if not made.total:
        raise FileRefusedError(Refusal.EMPTY)
    made.save(update_fields=["total", "updated_at"])
    audit.record("learning.list_read", by=by, obj=made, after={"cohort": cohort.pk, "rows": made.total})
    return made


def _judged(people_import: PeopleImport, people: Collection[Person], seen: dict[str, int]) -> list[ImportRow]:
    """Judge some rows; `seen` holds the addresses of the rows before, and gets those of these."""
    here, invited = _known(people_import.cohort_id, [one.address.lower() for one in people])
    rows = []
    for one in people:
        address = one.address.lower()
        row = ImportRow(
            people_import=people_import,
            line=one.line,
            address=one.address[:LONGEST_ADDRESS],
            name=one.name[: LONGEST_NAME + 20],
            verdict=_verdict(one, address, here, invited),
        )
        if row.verdict in GOOD and seen.setdefault(address, one.line) != one.line:
            row.verdict, row.twin = Verdict.DOUBLE, seen[address]
        rows.append(row)
    return rows


def _known(cohort_id: int, addresses: Collection[str]) -> tuple[set[str], set[str]]:
    """Return which of these addresses are in the cohort, and which are invited to it."""
    there = Enrolment.objects.filter(cohort=cohort_id, closed_at=None, user__email__in=addresses)
    waiting = Invitation.objects.filter(
        scope_kind=ScopeKind.COHORT, scope_id=cohort_id, used=False, withdrawn_at=None, email__in=addresses
    )
    return set(there.values_list("user__email", flat=True)), set(waiting.values_list("email", flat=True))


def _verdict(person: Person, address: str, here: set[str], invited: set[str]) -> Verdict:
    if not address:
        return Verdict.NO_ADDRESS
    if not _is_address(address):
        return Verdict.BAD_ADDRESS
    if len(person.name) > LONGEST_NAME:
        return Verdict.LONG_NAME
    if address in here:
        return Verdict.HERE
    return Verdict.AGAIN if address in invited else Verdict.INVITE


def _is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= LONGEST_ADDRESS


@transaction.atomic
def use_list(people_import: PeopleImport, *, by: User) -> None:
    """Invite everybody whose row is good, after the answer; pressed twice, once.

    Raises ListInUseError for a list that was dropped or forgotten, NotAllowedError.
    """
    current = _locked(people_import, by=by)
    if current.state in {ImportState.WORKING, ImportState.DONE}:
        return
    if current.state == ImportState.DROPPED or not current.rows.exists():
        raise ListInUseError
    PeopleImport.objects.filter(pk=current.pk).update(state=ImportState.WORKING, checked=0, by=by)
    transaction.on_commit(partial(carry_out.enqueue, current.pk))


def _locked(people_import: PeopleImport, *, by: User) -> PeopleImport:
    if not may_run(by, people_import.cohort):
        raise NotAllowedError
    return PeopleImport.objects.select_for_update(of=("self",)).get(pk=people_import.pk)


@transaction.atomic
def drop_list(people_import: PeopleImport, *, by: User) -> None:
    """Forget a list that is not used. Raises ListInUseError for one that is, NotAllowedError."""
    current = _locked(people_import, by=by)
    if current.state in {ImportState.WORKING, ImportState.DONE}:
        raise ListInUseError
    current.rows.all().delete()
    PeopleImport.objects.filter(pk=current.pk).update(state=ImportState.DROPPED)
    audit.record("learning.list_dropped", by=by, obj=current)


@task()
def carry_out(import_id: int) -> None:
    """Look at each row once more, telling how far it is, then invite everybody in one transaction.

    Killed halfway it has done nothing and begins anew; run twice it invites once.
    """
    found = PeopleImport.objects.select_related("cohort", "by").filter(
        pk=import_id, state=ImportState.WORKING
    )
    people_import = found.first()
    if people_import is None:
        return
    try:
        _look_again(people_import)
        _invite(people_import)
    except (DatabaseError, PermissionDenied) as error:
        PeopleImport.objects.filter(pk=import_id).update(state=ImportState.FAILED)
        log.warning("list_not_used", people_import=import_id, error=type(error).__name__)


def _look_again(people_import: PeopleImport) -> None:
    """Judge the good rows anew: since the list was read, people may have come in. Each batch is kept at once."""
    good = people_import.rows.filter(verdict__in=GOOD).order_by("line")
    checked = 0
    for some in batched(good.iterator(chunk_size=AT_ONCE), AT_ONCE):
        here, invited = _known(people_import.cohort_id, [row.address.lower() for row in some])
        for row in some:
            person = Person(row.line, row.address, row.name)
            row.verdict = _verdict(person, row.address.lower(), here, invited)
        ImportRow.objects.bulk_update(some, ["verdict"])
        checked += len(some)
        PeopleImport.objects.filter(pk=people_import.pk).update(checked=checked)


@transaction.atomic
def _invite(people_import: PeopleImport) -> None:
    current = PeopleImport.objects.select_for_update(of=("self",)).get(pk=people_import.pk)
    if current.state != ImportState.WORKING or people_import.by is None:
        return
    cohort = people_import.cohort
    current.invited = invite_all(
        _good(current),
        Role(current.role),
        scope=(ScopeKind.COHORT, cohort.pk),
        language=current.language,
        by=people_import.by,
        after=afterwards.value(BEGIN, cohort.pk),
    )
    current.state = ImportState.DONE
    current.save(update_fields=["state", "invited", "updated_at"])
    after = {"cohort": cohort.pk, "invited": current.invited}
    audit.record("learning.list_used", by=people_import.by, obj=current, after=after)


def _good(people_import: PeopleImport) -> Iterator[Invited]:
    rows = people_import.rows.filter(verdict__in=GOOD).order_by("line")
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield Invited(row.address.lower(), row.name)


def forget_lists() -> int:
    """Forget the rows of lists older than a week and lists older than ninety days; return how many rows went."""
    now = timezone.now()
    gone, _kinds = ImportRow.objects.filter(people_import__created_at__lt=now - KEEP_ROWS).delete()
    PeopleImport.objects.filter(created_at__lt=now - KEEP_LISTS).delete()
    return gone
