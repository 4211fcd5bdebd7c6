"""Mails of this room: plain text in the reader's language, with a link that needs no address book of ours."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation


def mail(
    template: str, recipient: str, language: str, *, link: tuple[str, list[Any]] | None = None, **facts: Any
) -> None:
    """Send `templates/accounts/mail/<template>.txt` (first line: the subject) in this language.

    `link` names a view and its arguments; the mail gets its full address as `link`.
    """
    with translation.override(language):
        address = settings.SITE_URL + reverse(link[0], args=link[1]) if link else ""
        text = render_to_string(
            f"accounts/mail/{template}.txt",
            {**facts, "link": address, "SITE_NAME": settings.WAGTAIL_SITE_NAME},
        )
    subject, _newline, body = text.lstrip().partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [recipient])
