"""What certificates hold about people, and what stays of them after erasure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core import personal_data
from courses.learning.models import Certificate, PresenceBatch, PresenceRow, Pseudonym, RegistrationNumber
from courses.learning.records import telling


def register() -> None:
    """Tell the privacy centre what is held beside the enrolment itself."""
    personal_data.register(
        personal_data.PersonalData(
            model="learning.Certificate",
            field="revoked_by",
            export=_export_revoked,
            erase=_forget_revoker,
            retention="As long as the certificate's code must answer; who withdrew it goes with the account.",
        ),
        personal_data.PersonalData(
            model="learning.RegistrationNumber",
            field="user",
            export=_export_numbers,
            erase=_erase_numbers,
            retention="Until the person takes it away; goes with the account.",
        ),
        personal_data.PersonalData(
            model="learning.Pseudonym",
            field="user",
            export=_export_pseudonyms,
            erase=_drop_pseudonyms,
            retention="As long as the account. Goes with it; what a record store was told under it is voided there.",
        ),
        personal_data.PersonalData(
            model="learning.PresenceBatch",
            field="made_by",
            export=_export_lists,
            erase=_forget_maker,
            retention="As long as registers may ask what was reported; who made a list goes with the account.",
        ),
    )


def export_certificates(user: Any) -> Iterable[dict[str, Any]]:
    """Yield somebody's certificates, for their own download."""
    for copy in Certificate.objects.filter(enrolment__user=user).order_by("pk"):
        yield {
            "certificate": copy.shown_code,
            "name": copy.holder_name,
            "course": copy.course_title,
            "issued_at": copy.issued_at,
            "status": copy.status,
            "credential": copy.jwt,
        }


def _export_revoked(user: Any) -> Iterable[dict[str, Any]]:
    for copy in Certificate.objects.filter(revoked_by=user).order_by("pk"):
        yield {"withdrew": copy.shown_code, "at": copy.revoked_at, "because": copy.revoked_because}


def _forget_revoker(user: Any) -> None:
    Certificate.objects.filter(revoked_by=user).update(revoked_by=None)


def export_presence(user: Any) -> Iterable[dict[str, Any]]:
    """Yield what registers were told about somebody, for their own download."""
    rows = PresenceRow.objects.filter(enrolment__user=user).select_related("batch__accreditation__register")
    for row in rows.order_by("pk"):
        yield {
            "reported_to": str(row.batch.accreditation.register),
            "occasion": row.batch.title,
            "what": row.change,
            "number": row.number,
            "at": row.batch.made_at,
        }


def _export_numbers(user: Any) -> Iterable[dict[str, Any]]:
    for number in RegistrationNumber.objects.filter(user=user).select_related("register").order_by("pk"):
        yield {"register": number.register.name, "number": number.number}


def _erase_numbers(user: Any) -> None:
    RegistrationNumber.objects.filter(user=user).delete()


def _export_lists(user: Any) -> Iterable[dict[str, Any]]:
    for batch in PresenceBatch.objects.filter(made_by=user).order_by("pk"):
        yield {"made_list": batch.title, "at": batch.made_at, "rows": batch.rows_count}


def _forget_maker(user: Any) -> None:
    PresenceBatch.objects.filter(made_by=user).update(made_by=None)


def _export_pseudonyms(user: Any) -> Iterable[dict[str, Any]]:
    for pseudonym in Pseudonym.objects.filter(user=user).order_by("pk"):
        yield {"pseudonym": str(pseudonym.value), "for": pseudonym.purpose}


def _drop_pseudonyms(user: Any) -> None:
    telling.forget(user)
