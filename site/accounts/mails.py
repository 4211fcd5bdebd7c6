"""Mails of this room: plain text in the reader's language, with a link that needs no address book of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, mailers, send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

TOKEN_HERE, NAME_HERE = "TOKEN-OF-THIS-RECIPIENT", "NAME-OF-THIS-RECIPIENT"


def mail(
    template: str, recipient: str, language: str, *, link: tuple[str, list[Any]] | None = None, **facts: Any
) -> None:
    """Send `templates/accounts/mail/<template>.txt` (first line: the subject) in this language.

    `link` names a view and its arguments; the mail gets its full address as `link`.
    """
    subject, body = _written(template, language, link, facts)
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [recipient])


def _written(
    template: str, language: str, link: tuple[str, list[Any]] | None, facts: dict[str, Any]
) -> tuple[str, str]:
    with translation.override(language):
        address = settings.SITE_URL + reverse(link[0], args=link[1]) if link else ""
        text = render_to_string(
            f"accounts/mail/{template}.txt",
            {**facts, "link": address, "SITE_NAME": settings.WAGTAIL_SITE_NAME},
        )
    subject, _newline, body = text.lstrip().partition("\n")
    return subject.strip(), body.strip() + "\n"


@dataclass(frozen=True)
class Recipient:
    """One of many who get the same letter: their address, how they are called, the token in their link."""

    email: str
    name: str
    token: str


def mail_all(
    template: str, recipients: Iterable[Recipient], language: str, *, view: str, **facts: Any
) -> None:
    """Send the same letter to many, each with their own name and link; it is laid out twice, with and without a name."""
    letters = {
        named: _written(
            template, language, (view, [TOKEN_HERE]), {**facts, "name": NAME_HERE if named else ""}
        )
        for named in (True, False)
    }
    messages = []
    for one in recipients:
        subject, body = letters[bool(one.name)]
        text = body.replace(TOKEN_HERE, one.token).replace(NAME_HERE, one.name)
        messages.append(EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [one.email]))
    mailers["default"].send_messages(messages)
