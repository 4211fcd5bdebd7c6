"""The mail backend that writes to the outbox instead of waiting for a mail server."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from core.models import OutboxMail


class OutboxEmailBackend(BaseEmailBackend):
    """Store each message as one row per recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the messages in the caller's transaction; return how many."""
        for message in email_messages:
            OutboxMail.objects.bulk_create([_row(message, to) for to in message.recipients()])
        return len(email_messages)


def _row(message: EmailMessage, recipient: str) -> OutboxMail:
    html = ""
    if isinstance(message, EmailMultiAlternatives):
        html = next((str(part.content) for part in message.alternatives if part.mimetype == "text/html"), "")
    return OutboxMail(
        recipient=recipient,
        sender=message.from_email,
        subject=str(message.subject),
        text=str(message.body),
        html=html,
        headers={str(k): str(v) for k, v in message.extra_headers.items()},
    )
