"""Work of the house that is done after the answer or each minute."""

from __future__ import annotations

from django.core.management import call_command
from django.tasks import task

from core import outbox, reaper, seal


@task()
def deliver_mail() -> None:
    """Send the mails that are due; what one run has no time for goes on behind the other work that waits."""
    if outbox.send_due() and outbox.due_mails().exists():
        deliver_mail.enqueue()


@task()
def tidy_tasks() -> None:
    """Put back what a killed worker left, retry what failed, forget what is long done."""
    reaper.reap()
    reaper.retry_failed()
    reaper.forget_finished()
    outbox.forget_old()


@task()
def seal_audit() -> None:
    """Take committed audit rows into the chain and check its end."""
    seal.seal()
    seal.check_tail()


@task()
def publish_due() -> None:
    """Publish and unpublish pages whose moment has come."""
    call_command("publish_scheduled")
