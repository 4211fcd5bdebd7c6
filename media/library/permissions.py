"""Who may fetch a sound or a document."""

from __future__ import annotations

from collections.abc import Callable

from accounts.permissions import Permission, Somebody, can
from media.library.models import Audience, Guarded, Sound

type Claim = Callable[[Sound], bool | None]
_claims: dict[str, Claim] = {}


def register_claim(name: str, claim: Claim) -> None:
    """Let a room that publishes sound decide about it, in `AppConfig.ready`.

    `claim(sound)` returns True when everybody may hear it (a published episode uses it), False when nobody but the
    editors' desk may (an episode uses it, none is published), None when the room does not use it.
    """
    _claims[name] = claim


def may_fetch(user: Somebody, item: Guarded) -> bool:
    """Say whether this person may have this file: the desk always, others by its claims or else its audience."""
    if can(user, Permission.ENTER_EDITORS_DESK):
        return True
    verdicts = {claim(item) for claim in _claims.values()} if isinstance(item, Sound) else set()
    if True in verdicts:
        return True
    if False in verdicts:
        return False
    return item.audience == Audience.EVERYONE or (item.audience == Audience.MEMBERS and user.is_authenticated)
