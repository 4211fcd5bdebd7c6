"""What this room holds about people with an account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core import personal_data
from medicines.models import Confirmation


def register_personal_data() -> None:
    """Tell the privacy centre who confirmed which value."""
    personal_data.register(
        personal_data.PersonalData(
            model="medicines.Confirmation",
            field="by",
            export=_confirmed,
            erase=_forget,
            retention="As long as the table is used; the confirmation stays, the name goes with the account.",
        )
    )


def _confirmed(user: Any) -> Iterable[dict[str, Any]]:
    for row in Confirmation.objects.filter(by=user).select_related(
        "equivalent__substance", "equivalent__table"
    ):
        yield {
            "substance": row.equivalent.substance.slug,
            "table": str(row.equivalent.table),
            "confirmed_at": row.created_at,
        }


def _forget(user: Any) -> None:
    Confirmation.objects.filter(by=user).update(by=None)
