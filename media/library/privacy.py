"""What this room holds about people with an account: who uploaded a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core import personal_data
from core.personal_data import PersonalData
from media.library.models import Download, Picture, Sound

RETENTION = "As long as the file is kept; the file belongs to the site, not to who uploaded it."
MODELS: tuple[Any, ...] = (Picture, Download, Sound)


def register() -> None:
    """Register the three relations to the user."""
    personal_data.register(*(entry(model) for model in MODELS))


def entry(model: Any) -> PersonalData:
    """Return how "who uploaded this" is exported and erased for one model."""

    def export(user: Any) -> Iterable[dict[str, Any]]:
        rows = model.objects.filter(uploaded_by_user=user).values("title", "created_at")
        return [{"title": row["title"], "uploaded_at": row["created_at"].isoformat()} for row in rows]

    def erase(user: Any) -> None:
        model.objects.filter(uploaded_by_user=user).update(uploaded_by_user=None)

    return PersonalData(model._meta.label, "uploaded_by_user", export, erase, RETENTION)
