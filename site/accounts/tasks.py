"""Work of this room that runs after the answer, or each minute."""

from __future__ import annotations

from django.tasks import task

from accounts import groups


@task
def follow_terms() -> int:
    """Bring groups in line with roles whose term began or ended; return how many people were looked at."""
    return groups.sync_all()
