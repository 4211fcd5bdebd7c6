"""What the public site holds about people with an account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core import personal_data
from pages.models import Source


def register_personal_data() -> None:
    """Tell the privacy centre who confirmed which source."""
    personal_data.register(
        personal_data.PersonalData(
            model="pages.Source",
            field="verified_by",
            export=_confirmed_sources,
            erase=_forget_who_confirmed,
            retention="As long as the source is used; the confirmation stays, the name goes with the account.",
        )
    )


def _confirmed_sources(user: Any) -> Iterable[dict[str, Any]]:
    for source in Source.objects.filter(verified_by=user):
        yield {"source": source.citation, "confirmed_at": source.verified_at}


def _forget_who_confirmed(user: Any) -> None:
    Source.objects.filter(verified_by=user).update(verified_by=None)
