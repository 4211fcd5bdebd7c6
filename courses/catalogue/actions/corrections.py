"""Issuing and withdrawing safety corrections. Nothing here touches an answer or a score."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.catalogue.corrections import editions_corrected_by, titles_of
from courses.catalogue.models import CorrectedItem, CourseEdition, SafetyCorrection
from courses.catalogue.permissions import may_correct
from notifications.actions import notify
from patientdata import gate

CORRECTION_ISSUED = "catalogue.correction_issued"
CORRECTION_WITHDRAWN = "catalogue.correction_withdrawn"


class NothingToCorrectError(Exception):
    """No edition holds anything of what the correction would be bound to, or that edition is not one of them."""


@transaction.atomic
def issue_correction(
    *, keys: Iterable[str], text_nl: str, text_fr: str, by: User, confirmed: bool = False
) -> SafetyCorrection:
    """Show a medical reviewer's words above every pinned copy of these things, at once, and tell who follows them.

    `keys` are keys of edition items. Raises `PermissionDenied` for anybody but a medical reviewer, NothingToCorrectError
    when no edition holds any of them, `PatientDataFound` when the words may identify a patient.
    """
    if not may_correct(by):
        raise PermissionDenied
    titles = titles_of(keys)
    if not titles:
        raise NothingToCorrectError
    for field, text in (("text_nl", text_nl), ("text_fr", text_fr)):
        gate.require_clean(f"catalogue.SafetyCorrection.{field}", text, confirmed=confirmed)
    correction = SafetyCorrection.objects.create(text_nl=text_nl, text_fr=text_fr, issued_by=by)
    CorrectedItem.objects.bulk_create(
        CorrectedItem(correction=correction, key=key, title=title) for key, title in sorted(titles.items())
    )
    audit.record("catalogue.correction_issued", by=by, obj=correction, after={"items": sorted(titles)})
    _tell(correction, CORRECTION_ISSUED, by=by)
    return correction


@transaction.atomic
def withdraw_correction(correction: SafetyCorrection, *, by: User) -> SafetyCorrection:
    """Show a correction no longer, anywhere, and tell who follows what it stood above; twice does nothing more.

    Raises `PermissionDenied` for anybody but a medical reviewer.
    """
    if not may_correct(by):
        raise PermissionDenied
    locked = SafetyCorrection.objects.select_for_update().get(pk=correction.pk)
    if locked.withdrawn:
        return locked
    locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
    locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record("catalogue.correction_withdrawn", by=by, obj=locked)
    _tell(locked, CORRECTION_WITHDRAWN, by=by)
    return locked


@transaction.atomic
def settle_correction(correction: SafetyCorrection, edition: CourseEdition, *, by: User) -> None:
    """Say that from this edition on the text itself is right, so that who follows a newer one reads no correction.

    Raises `PermissionDenied` for anybody but a medical reviewer, NothingToCorrectError for an edition that holds nothing
    of it or that was cut before the correction was issued.
    """
    if not may_correct(by):
        raise PermissionDenied
    held = editions_corrected_by(correction).filter(pk=edition.pk, cut_at__gt=correction.issued_at)
    if not held.exists():
        raise NothingToCorrectError
    correction.settled_in.add(edition)
    audit.record("catalogue.correction_settled", by=by, obj=correction, after={"edition": edition.pk})


def _tell(correction: SafetyCorrection, kind: str, *, by: User) -> None:
    """Tell everybody who follows an edition that holds what was corrected; the learning room knows who that is."""
    path = reverse("learning:correction", args=[correction.pk])
    notify(None, kind=kind, object=correction, path=path, by=by)
