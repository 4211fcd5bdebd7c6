"""Issuing, withdrawing and renewing certificates. Whether one is earned is asked again inside the transaction."""

from __future__ import annotations

import secrets
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from core import audit
from courses.catalogue.certificates import Rules, rules_of
from courses.learning import badges
from courses.learning.badge_keys import new_key, signing_key
from courses.learning.eligibility import Facts, criteria, earned
from courses.learning.errors import NotAllowedError
from courses.learning.models import BadgeKey, Certificate, Enrolment, RevocationReason
from courses.learning.models.certificates import CODE_LENGTH
from courses.learning.permissions import may_manage_certificate
from courses.learning.queries.certificates import status_cache_key
from courses.learning.queries.evidence import facts_of
from courses.learning.queries.following import outline_of
from notifications.actions import notify
from patientdata import gate

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else
STATUS_PLACES = 131_072
FULL = 100_000  # certificates of one key, after which finding a free place takes too many tries


class NoChangeError(Exception):
    """A new copy was asked for though nothing on it would differ, or the certificate has no holder any more."""


@transaction.atomic
def issue_if_earned(enrolment: Enrolment) -> Certificate | None:
    """Issue the certificate of an enrolment that earned it and has none; None in every other case.

    The enrolment is locked and everything asked again here, so that no hurried or doubled call issues one too many. A
    certificate that was withdrawn is not issued again by itself.
    """
    locked = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("user", "edition")
        .get(pk=enrolment.pk)
    )
    if Certificate.objects.filter(enrolment=locked).exists():
        return None
    rules, facts = rules_of(outline_of(locked)), facts_of(locked)
    if not earned(rules, facts):
        return None
    certificate = _make(locked, rules, facts)
    audit.record("learning.certificate_issued", by=None, obj=certificate, after={"enrolment": locked.pk})
    notify(
        [locked.user],
        kind="learning.certificate",
        object=certificate,
        path=reverse("learning:certificates"),
        by=None,
    )
    return certificate


def _make(enrolment: Enrolment, rules: Rules, facts: Facts) -> Certificate:
    with translation.override(enrolment.edition.language):
        asked = [criterion.goal for criterion in criteria(rules, facts)]
    return _sign(
        Certificate(
            enrolment=enrolment,
            edition=enrolment.edition,
            holder_name=enrolment.user.display_name,
            course_title=enrolment.edition.title,
            language=enrolment.edition.language,
            hours=rules.hours,
            criteria=asked,
        )
    )


def _sign(certificate: Certificate) -> Certificate:
    """Give a certificate its code, its place in the status list and its signature, and store it."""
    certificate.key = _roomy_key()
    certificate.code = "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))
    certificate.status_index = _free_place(certificate.key)
    certificate.jwt = badges.sign(certificate)
    certificate.save()
    return certificate


def _roomy_key() -> BadgeKey:
    key = signing_key()
    full = Certificate.objects.filter(key=key).count() >= FULL
    return new_key(by=None) if full else key


def _free_place(key: BadgeKey) -> int:
    """Return a place that nobody can guess the order of issuing from."""
    while True:
        place = secrets.randbelow(STATUS_PLACES)
        if not Certificate.objects.filter(key=key, status_index=place).exists():
            return place


@transaction.atomic
def revoke(
    certificate: Certificate, *, because: RevocationReason, note: str, confirmed: bool, by: User
) -> Certificate:
    """Withdraw a certificate; its page and the status list say so at once. Withdrawing twice is once.

    Raises NotAllowedError, and PatientDataFound when the note may identify a patient.
    """
    if not may_manage_certificate(by, certificate):
        raise NotAllowedError
    gate.require_clean("learning.Certificate.revocation_note", note, confirmed=confirmed)
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if locked.revoked_at is not None:
        return locked
    locked.revoked_at, locked.revoked_by = timezone.now(), by
    locked.revoked_because, locked.revocation_note = because, note
    locked.save(
        update_fields=["revoked_at", "revoked_by", "revoked_because", "revocation_note", "updated_at"]
    )
    _forget_status(locked)
    audit.record("learning.certificate_revoked", by=by, obj=locked, after={"because": because})
    return locked


@transaction.atomic
def reissue(certificate: Certificate, *, by: User) -> Certificate:
    """Make a new copy with the holder's present name, or after a certificate was withdrawn by mistake.

    The former copy stays, says that it was replaced, and its credential no longer counts. Raises NotAllowedError, and
    NoChangeError when this is not the current copy, when nothing would differ or when the holder is gone.
    """
    if not may_manage_certificate(by, certificate):
        raise NotAllowedError
    former = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("enrolment__user", "edition", "key")
        .get(pk=certificate.pk)
    )
    holder = former.enrolment.user if former.enrolment else None
    if holder is None or former.replaced_at is not None:
        raise NoChangeError
    if _still_good(former, holder):
        raise NoChangeError
    former.replaced_at = timezone.now()
    former.save(update_fields=["replaced_at", "updated_at"])
    _forget_status(former)
    copy = _sign(_copy_of(former, name=holder.display_name))
    audit.record("learning.certificate_reissued", by=by, obj=copy, before={"certificate": former.pk})
    return copy


def _forget_status(certificate: Certificate) -> None:
    """Have the status list made anew once this is committed."""
    transaction.on_commit(partial(cache.delete, status_cache_key(certificate.key_id)))


def _still_good(certificate: Certificate, holder: User) -> bool:
    same_name = certificate.holder_name == holder.display_name
    return same_name and certificate.revoked_at is None and certificate.key.withdrawn_at is None


def _copy_of(former: Certificate, *, name: str) -> Certificate:
    return Certificate(
        enrolment=former.enrolment,
        edition=former.edition,
        holder_name=name,
        course_title=former.course_title,
        language=former.language,
        hours=former.hours,
        criteria=former.criteria,
        earned_at=former.earned_at,
        replaces=former,
    )


def forget_holder(user: User) -> None:
    """Take name, criteria and credential off this person's certificates; their codes keep answering."""
    Certificate.objects.filter(enrolment__user=user).update(
        holder_name="", criteria=[], jwt="", revocation_note="", erased_at=timezone.now()
    )
