"""What the catalogue holds about people with an account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core import personal_data
from courses.catalogue.models import CourseEdition


def register() -> None:
    """Tell the privacy centre who issued which edition."""
    personal_data.register(
        personal_data.PersonalData(
            model="catalogue.CourseEdition",
            field="cut_by",
            export=_editions,
            erase=_forget,
            retention="As long as the edition is followed; the edition stays, the name goes with the account.",
        )
    )


def _editions(user: Any) -> Iterable[dict[str, Any]]:
    for edition in CourseEdition.objects.filter(cut_by=user):
        yield {"edition": str(edition), "issued_at": edition.cut_at}


def _forget(user: Any) -> None:
    CourseEdition.objects.filter(cut_by=user).update(cut_by=None)
