"""Work of this room that runs after the answer, or each minute."""

from __future__ import annotations

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from accounts import groups
from accounts.models import Invitation

KEPT_UNANSWERED = timedelta(days=90)


@task
def follow_terms() -> int:
    """Bring groups in line with roles whose term began or ended; return how many people were looked at."""
    return groups.sync_all()


@task
def forget_unanswered() -> int:
    """Delete invitations whose link stopped working ninety days ago; return how many. They name people without account."""
    over = timezone.now() - KEPT_UNANSWERED
    return Invitation.objects.filter(used=False, expires_at__lt=over).delete()[0]
