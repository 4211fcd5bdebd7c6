"""Sending what lies in the outbox: each mail once, as far as SMTP allows (decision 13).

A row is leased before it is handed to the mail server and marked sent right after; only a crash between the two can
send it twice, and then under the same Message-ID, which mail programs show once.
"""

from __future__ import annotations

import base64
import smtplib
from datetime import timedelta
from email.utils import parseaddr

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.models import OutboxMail

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
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


def send_due(limit: int = 200) -> int:
    """Send what is due; return how many left. A refusal, an absent server or a mail that cannot be written out postpones, never raises."""
    return sum(_send(mail) for mail in due_mails()[:limit])


def _send(mail: OutboxMail) -> bool:
    if not _lease(mail):
        return False
    try:
        mailers[DELIVERY].send_messages([_message(mail)])
    except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: it cannot be written out
        _postpone(mail, error)
        return False
    _mark_sent(mail)
    return True


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
