"""Learning records go to the record store every few minutes, where there is one."""

from __future__ import annotations

import structlog
from django.tasks import task

from courses.learning.records.store import StoreUnavailableError, store_is_set
from courses.learning.records.telling import tell_all

EVERY_MINUTES = 5
log = structlog.get_logger(__name__)


@task()
def tell_record_store() -> None:
    """Send what is new; when the store is away, the next run goes on where this one stopped."""
    if not store_is_set():
        return
    try:
        sent = tell_all()
    except StoreUnavailableError as error:
        log.warning("record_store_unavailable", error=str(error) or type(error.__cause__).__name__)
        return
    if sent:
        log.info("record_store_told", statements=sent)
