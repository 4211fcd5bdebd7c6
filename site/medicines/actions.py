"""What people do with tables of equivalents."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from accounts.permissions import Permission, can
from core import audit
from medicines.models import Confirmation, EquivalenceTable, Equivalent
from medicines.models.table import checksum_of


@transaction.atomic
def store_table(
    source: Any, *, short_name: str, rows: Iterable[Equivalent], printed_for_mg: Decimal | None = None
) -> EquivalenceTable | None:
    """Store a source's table as a new version; None when its newest version says exactly the same.

    `rows` are unsaved and without a table.
    """
    rows = list(rows)
    checksum = checksum_of(rows)
    newest = EquivalenceTable.objects.filter(source_id=source.pk).order_by("-version").first()
    if newest and newest.checksum == checksum:
        return None
    version = (
        EquivalenceTable.objects.filter(source_id=source.pk).aggregate(last=Max("version"))["last"] or 0
    ) + 1
    table = EquivalenceTable.objects.create(
        source_id=source.pk,
        short_name=short_name,
        version=version,
        printed_for_mg=printed_for_mg,
        checksum=checksum,
    )
    for row in rows:
        row.table = table
        row.save()
    audit.record(
        "medicines.table_stored", by=None, obj=table, after={"version": version, "checksum": checksum}
    )
    return table


@transaction.atomic
def confirm_equivalent(equivalent: Equivalent, *, by: User) -> Confirmation:
    """Confirm one value; twice is once. Raises `PermissionDenied` for anybody but a medical reviewer."""
    if not can(by, Permission.REVIEW_MEDICAL):
        raise PermissionDenied
    confirmation, made = Confirmation.objects.get_or_create(equivalent=equivalent, defaults={"by": by})
    if made:
        audit.record("medicines.value_confirmed", by=by, obj=equivalent)
    return confirmation
