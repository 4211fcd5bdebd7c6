"""Certificates come by themselves: after each act that may earn one, and in a round that finds what was missed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.tasks import task

from courses.learning.actions.certificates import issue_if_earned
from courses.learning.models import Enrolment
from courses.learning.queries.certificates import waiting_for_certificate

ROUND_MINUTES = 10


@task()
def issue_certificate(enrolment_id: int) -> None:
    """Issue the certificate of this enrolment if it was earned."""
    enrolment = Enrolment.objects.filter(pk=enrolment_id).first()
    if enrolment is not None:
        issue_if_earned(enrolment)


@task()
def issue_certificates() -> None:
    """Issue every certificate that was earned and not issued: nobody needs to open a page for it."""
    for enrolment in waiting_for_certificate():
        issue_if_earned(enrolment)


def when_progressed(enrolment_id: int, **_sent: Any) -> None:
    """Ask after the commit whether a certificate was earned."""
    transaction.on_commit(partial(issue_certificate.enqueue, enrolment_id))
