"""Sending what lies in the outbox: each mail once, as far as SMTP allows (decision 13).

A row is leased before it is handed to the mail server and marked sent right after; only a crash between the two can
send it twice, and then under the same Message-ID, which mail programs show once.
"""

from __future__ import annotations

import base64
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from email.utils import parseaddr

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.models import OutboxMail

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
BUDGET_SECONDS = 20.0  # one run; other work of the same worker waits no longer than this
AT_ONCE = 100  # mails over one connection, since servers close a connection that brings too many
MAX_ATTEMPTS = 12
KEEP = timedelta(days=30)
DELIVERY = "delivery"


def due_mails() -> QuerySet[OutboxMail]:
    """Return the mails that may be sent now, oldest first."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    return OutboxMail.objects.filter(free, sent_at=None, gave_up_at=None, next_try_at__lte=now).order_by(
        "created_at"
    )


def send_due(*, seconds: float = BUDGET_SECONDS, clock: Callable[[], float] = time.monotonic) -> int:
    """Send what is due until nothing is, for so many seconds at most; return how many left.

    What is left over waits, untouched, for the next run. A refusal, an absent server or a mail that cannot be written
    out postpones, never raises. `clock` counts seconds.
    """
    until, sent = clock() + seconds, 0
    while clock() < until and (mails := list(due_mails()[:AT_ONCE])):
        mailer = mailers[DELIVERY]
        try:
            for mail in mails:
                if clock() >= until:
                    break
                sent += _send(mail, mailer)
        finally:
            _hang_up(mailer)
    return sent


def _send(mail: OutboxMail, mailer: BaseEmailBackend) -> bool:
    """Send one mail over a connection that stays open for the next; a broken one is closed, so that the next opens anew."""
    if not _lease(mail):
        return False
    try:
        mailer.open()
        mailer.send_messages([_message(mail)])
    except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: it cannot be written out
        _hang_up(mailer)
        _postpone(mail, error)
        return False
    _mark_sent(mail)
    return True


def _hang_up(mailer: BaseEmailBackend) -> None:
    """Close the connection; a server that does not answer to that any more changes nothing of what was sent."""
    with suppress(OSError, smtplib.SMTPException):
        mailer.close()


def _lease(mail: OutboxMail) -> bool:
    now = timezone.now()
    mine = OutboxMail.objects.filter(Q(leased_until=None) | Q(leased_until__lt=now), pk=mail.pk, sent_at=None)
    return mine.update(leased_until=now + LEASE, attempts=mail.attempts + 1) == 1


def _message(mail: OutboxMail) -> EmailMultiAlternatives:
    headers = {**mail.headers, "Message-ID": _message_id(mail)}
    message = EmailMultiAlternatives(mail.subject, mail.text, mail.sender, [mail.recipient], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for part in mail.attachments:
        content = base64.b64decode(part["content"])
        if part["name"]:
            message.attach(part["name"], content, part["type"])
        else:
            message.attach_alternative(content, part["type"])
    return message


def _message_id(mail: OutboxMail) -> str:
    domain = parseaddr(mail.sender)[1].rpartition("@")[2] or "localhost"
    return f"<{mail.pk.hex}@{domain}>"


def _mark_sent(mail: OutboxMail) -> None:
    """Mark as sent; the text, which may hold a code or a link, goes unless this machine shows its mails."""
    emptied = {} if settings.SHOW_POSTBOX else {"text": "", "html": "", "attachments": []}
    OutboxMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), leased_until=None, **emptied)


def _postpone(mail: OutboxMail, error: Exception) -> None:
    tries = mail.attempts + 1
    gave_up = timezone.now() if tries >= MAX_ATTEMPTS else None
    pause = timedelta(minutes=min(2**tries, 240))
    OutboxMail.objects.filter(pk=mail.pk).update(
        leased_until=None, next_try_at=timezone.now() + pause, gave_up_at=gave_up
    )
    log.warning(
        "mail_postponed", mail=str(mail.pk), attempts=tries, error=type(error).__name__, gave_up=bool(gave_up)
    )


def forget_old() -> int:
    """Delete mails older than thirty days; return how many."""
    return OutboxMail.objects.filter(created_at__lt=timezone.now() - KEEP).delete()[0]


def forget_recipient(address: str) -> int:
    """Delete the mails to somebody who was erased, those that were not sent yet too; return how many."""
    return OutboxMail.objects.filter(recipient__iexact=address).delete()[0]
