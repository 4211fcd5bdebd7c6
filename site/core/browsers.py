"""What a browser is told about the person in front of it, so that what it keeps for one never reaches another.

Practice PCs are shared: whatever a page leaves behind in a browser is named by `owner_word` and locked by `keeping_key`.
Both follow from the site's secret and the person's id; neither can be turned back into them.
"""

from __future__ import annotations

import hashlib

from django.utils.crypto import salted_hmac


def owner_word(person: int) -> str:
    """Return a word that tells one signed-in person from another, and nothing else."""
    return salted_hmac("core.tab_owner", str(person), algorithm="sha256").hexdigest()[:16]


def keeping_key(person: int) -> str:
    """Return the key, 32 bytes in hex, under which this person's browser keeps what was not sent yet.

    Only a page for the person themselves may hold it: without it nobody on the same computer reads what is kept.
    """
    digest = salted_hmac("core.keeping_key", str(person), algorithm="sha256").digest()
    return hashlib.sha256(digest).hexdigest()
