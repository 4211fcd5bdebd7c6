"""How mail leaves the house."""

from __future__ import annotations

from typing import Any

import environ

TIMEOUT_SECONDS = 15


def delivery_mailer(url: str) -> dict[str, Any]:
    """Return the Django mailer for an address such as `smtp+tls://user:password@host:587`.

    Without an address nothing leaves: mails stay in the outbox, where `/postbus/` shows them in development.
    """
    if not url:
        return {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    found = environ.Env.email_url_config(url)
    options = {
        "host": found.get("EMAIL_HOST"),
        "port": found.get("EMAIL_PORT"),
        "username": found.get("EMAIL_HOST_USER"),
        "password": found.get("EMAIL_HOST_PASSWORD"),
        "use_tls": bool(found.get("EMAIL_USE_TLS")),
        "use_ssl": bool(found.get("EMAIL_USE_SSL")),
        "timeout": TIMEOUT_SECONDS,
    }
    return {"BACKEND": found["EMAIL_BACKEND"], "OPTIONS": options}
