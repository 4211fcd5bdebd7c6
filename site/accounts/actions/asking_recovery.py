"""Somebody asks for recovery of an account; the answer waits for nothing that depends on whether there is one."""

from __future__ import annotations

from django.db import transaction
from django.tasks import task

from accounts.actions.recovery import open_recovery
from accounts.models import User


@transaction.atomic
def ask_recovery(address: str) -> None:
    """Have the recovery of the account with this address opened, if there is one; it costs the same when there is none."""
    found = (
        User.objects.filter(email=address.lower(), is_active=True).values_list("pk", flat=True).first() or 0
    )
    transaction.on_commit(lambda: open_asked.enqueue(found))


@task
def open_asked(person: int) -> bool:
    """Open the recovery that this person asked for, and say whether; 0 stands for an address without an account."""
    found = User.objects.filter(pk=person, is_active=True).first()
    if found:
        open_recovery(found, by=None)
    return found is not None
