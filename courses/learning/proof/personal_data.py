"""What certificates hold about people, and what stays of them after erasure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core import personal_data
from courses.learning.models import Certificate


def register() -> None:
    """Tell the privacy centre what is held beside the enrolment itself."""
    personal_data.register(
        personal_data.PersonalData(
            model="learning.Certificate",
            field="revoked_by",
            export=_export_revoked,
            erase=_forget_revoker,
            retention="As long as the certificate's code must answer; who withdrew it goes with the account.",
        )
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
