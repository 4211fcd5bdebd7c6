"""What the catalogue holds about people with an account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core import personal_data
from courses.catalogue.models import CourseEdition, SafetyCorrection


def register() -> None:
    """Tell the privacy centre who issued which edition and which correction."""
    personal_data.register(
        personal_data.PersonalData(
            model="catalogue.CourseEdition",
            field="cut_by",
            export=_editions,
            erase=_forget,
            retention="As long as the edition is followed; the edition stays, the name goes with the account.",
        ),
        *(_correction_entry(field) for field in ("issued_by", "withdrawn_by")),
    )


def _correction_entry(field: str) -> personal_data.PersonalData:
    def export(user: Any) -> Iterable[dict[str, Any]]:
        for correction in SafetyCorrection.objects.filter(**{field: user}):
            yield {"correction": correction.pk, "issued_at": correction.issued_at, "text": correction.text_nl}

    def erase(user: Any) -> None:
        SafetyCorrection.objects.filter(**{field: user}).update(**{field: None})

    return personal_data.PersonalData(
        model="catalogue.SafetyCorrection",
        field=field,
        export=export,
        erase=erase,
        retention="As long as the edition is followed; the correction stays, the name goes with the account.",
    )


def _editions(user: Any) -> Iterable[dict[str, Any]]:
    for edition in CourseEdition.objects.filter(cut_by=user):
        yield {"edition": str(edition), "issued_at": edition.cut_at}


def _forget(user: Any) -> None:
    CourseEdition.objects.filter(cut_by=user).update(cut_by=None)
