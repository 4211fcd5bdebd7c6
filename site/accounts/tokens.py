"""Tokens for links in mails: the mail holds the token, the database only its digest."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 32
LONGEST = 64


def make_token() -> tuple[str, str]:
    """Return a new token and the digest to keep."""
    token = secrets.token_urlsafe(BYTES)
    return token, digest(token)


def digest(token: str) -> str:
    """Return the digest of a token; tokens carry enough chance themselves to need no salt."""
    return hashlib.sha256(token[:LONGEST].encode()).hexdigest()
