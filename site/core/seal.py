"""The hash chain over the audit trail: tampering shows, and writes do not wait for it (decision 8).

Rows are appended unsealed in the act's own transaction. Each minute a task gives the committed ones their place in the
chain: `digest = sha256(previous digest + the row)`. The digest of the chain's end goes to the log, outside the
database, so that rewriting the whole chain shows too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

import structlog
from django.db import transaction

from core.models import AuditEntry

log = structlog.get_logger(__name__)
BATCH = 1000
TAIL = 1000


def digest_of(entry: AuditEntry, previous: str) -> str:
    """Return the hash of a row and of everything before it, as 64 hexadecimal digits."""
    content = [
        previous,
        entry.sequence,
        entry.pk,
        entry.at.isoformat(),
        str(entry.actor or ""),
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.before,
        entry.after,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def seal(batch: int = BATCH) -> int:
    """Give committed rows their place in the chain, oldest first; return how many.

    The last sealed row is locked, so that two sealers never make two ends; a unique sequence guards the rest.
    """
    last = AuditEntry.objects.select_for_update().exclude(digest="").order_by("-sequence").first()
    sequence, previous = (last.sequence or 0, last.digest) if last else (0, "")
    rows = list(AuditEntry.objects.filter(digest="").order_by("pk")[:batch])
    for row in rows:
        sequence += 1
        row.sequence, row.previous = sequence, previous
        row.digest = previous = digest_of(row, previous)
    AuditEntry.objects.bulk_update(rows, ["sequence", "previous", "digest"], batch_size=200)
    if rows:
        log.info("audit_sealed", rows=len(rows), sequence=sequence, digest=previous)
    return len(rows)


def check_tail(length: int = TAIL) -> bool:
    """Check the newest part of the chain and log what is wrong; return whether it holds."""
    newest = AuditEntry.objects.exclude(digest="").order_by("-sequence")[:length]
    broken = first_break(reversed(newest), whole=False)
    if broken is not None:
        log.error("audit_chain_broken", sequence=broken)
    return broken is None


def check_whole() -> int | None:
    """Check the whole chain; return the sequence of the first row that does not fit, or None."""
    return first_break(AuditEntry.objects.exclude(digest="").order_by("sequence").iterator(), whole=True)


def first_break(entries: Iterable[AuditEntry], *, whole: bool) -> int | None:
    """Return the sequence of the first row that does not follow from the one before it, or None.

    With `whole`, the first row must be the chain's beginning.
    """
    before: AuditEntry | None = None
    for entry in entries:
        expected = (before.sequence or 0) + 1 if before else (1 if whole else entry.sequence)
        previous = before.digest if before else ("" if whole else entry.previous)
        if (entry.sequence, entry.previous, entry.digest) != (expected, previous, digest_of(entry, previous)):
            return expected
        before = entry
    return None
