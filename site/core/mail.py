"""The mail backend that writes to the outbox instead of waiting for a mail server."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from core.models import OutboxMail
from core.tasks import deliver_mail

KEY_HEADER = "X-Outbox-Key"


class OutboxEmailBackend(BaseEmailBackend):
    """Store each message as one row per recipient and queue the sending for after the commit."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the messages in the caller's transaction; return how many.

        A message with the header `X-Outbox-Key` is stored once per key and recipient, however often it is asked for.
        """
        rows = [_row(message, to) for message in email_messages for to in message.recipients()]
        OutboxMail.objects.bulk_create(rows, ignore_conflicts=True)
        transaction.on_commit(deliver_mail.enqueue)
        return len(email_messages)


def rehearse(message: EmailMessage) -> None:
    """Do the work of storing a message and take it back: nothing is sent, and the time it took tells nothing."""
    with transaction.atomic():
        OutboxEmailBackend().send_messages([message])
        transaction.set_rollback(True)


def _row(message: EmailMessage, recipient: str) -> OutboxMail:
    headers = {str(k): str(v) for k, v in message.extra_headers.items()}
    key = headers.pop(KEY_HEADER, None)
    return OutboxMail(
        key=f"{key}:{recipient}"[:200] if key else None,
        recipient=recipient,
        sender=message.from_email,
        subject=str(message.subject),
        text=str(message.body),
        html=_html(message),
        headers=headers,
        attachments=[*_alternatives(message), *(_part(part) for part in message.attachments)],
    )


def _html(message: EmailMessage) -> str:
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    return next((str(content) for content, kind in message.alternatives if kind == "text/html"), "")


def _alternatives(message: EmailMessage) -> list[dict[str, str]]:
    """Return other forms of the whole message, such as a calendar's; a part without a name is one."""
    if not isinstance(message, EmailMultiAlternatives):
        return []
    others = [(content, kind) for content, kind in message.alternatives if kind != "text/html"]
    return [_part(("", content, kind)) for content, kind in others]


def _part(part: Any) -> dict[str, str]:
    """Return an attachment (name, content, type) as JSON; only named parts are supported."""
    name, content, kind = part
    raw = content.encode() if isinstance(content, str) else bytes(content)
    return {"name": name, "type": kind, "content": base64.b64encode(raw).decode()}
