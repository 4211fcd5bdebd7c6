"""Taking a lost second factor off an account: two different administrators agree, then the person uses a one-time link."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.mails import mail
from accounts.models import RecoveryRequest, Role, User
from accounts.permissions import Permission, can, current_assignments
from accounts.tokens import digest, make_token
from core import audit

LINK_VALID_FOR = timedelta(hours=24)


class SecondPersonNeededError(Exception):
    """The same administrator cannot agree twice, nor agree to the recovery of their own account."""


class RecoveryClosedError(Exception):
    """The request was dealt with already, or its link was used or has expired."""


@transaction.atomic
def open_recovery(user: User, *, by: User | None) -> RecoveryRequest:
    """Ask for recovery of this account; one that is open already is returned. `by` is None when the person asked."""
    if by is not None:
        _require_right(by)
    now = timezone.now()
    stale = RecoveryRequest.objects.filter(user=user, used_at=None, refused_at=None, expires_at__lt=now)
    stale.update(refused_at=now)
    request, made = RecoveryRequest.objects.get_or_create(
        user=user, used_at=None, refused_at=None, defaults={"opened_by": by}
    )
    if made:
        audit.record("accounts.recovery_opened", by=by or user, obj=request, after=_facts(request))
        _tell_administrators(request)
    return request


@transaction.atomic
def approve_recovery(request: RecoveryRequest, *, by: User) -> RecoveryRequest:
    """Agree, as first or as second administrator; the second agreement mails the person a one-time link.

    Raises `SecondPersonNeededError` and `RecoveryClosedError`.
    """
    _require_right(by)
    current = RecoveryRequest.objects.select_for_update().get(pk=request.pk)
    if current.used_at or current.refused_at or current.second_approved_at:
        raise RecoveryClosedError
    if by.pk in {current.user_id, current.first_approver_id}:
        raise SecondPersonNeededError
    if current.first_approved_at is None:
        current.first_approver, current.first_approved_at = by, timezone.now()
        current.save()
        audit.record("accounts.recovery_approved_first", by=by, obj=current, after=_facts(current))
        return current
    return _approve_second(current, by)


def _approve_second(current: RecoveryRequest, by: User) -> RecoveryRequest:
    token, current.token_digest = make_token()
    current.second_approver, current.second_approved_at = by, timezone.now()
    current.expires_at = current.second_approved_at + LINK_VALID_FOR
    current.save()
    audit.record("accounts.recovery_approved_second", by=by, obj=current, after=_facts(current))
    user = current.user
    mail(
        "recovery_link",
        user.email,
        user.language,
        link=("accounts:recovery_link", [token]),
        name=user.display_name,
        hours=int(LINK_VALID_FOR.total_seconds() // 3600),
    )
    return current


@transaction.atomic
def refuse_recovery(request: RecoveryRequest, *, by: User) -> None:
    """Close the request without doing anything; a link that was mailed stops working."""
    _require_right(by)
    if RecoveryRequest.objects.filter(pk=request.pk, used_at=None, refused_at=None).update(
        refused_at=timezone.now()
    ):
        audit.record("accounts.recovery_refused", by=by, obj=request, after=_facts(request))


def usable_recovery(token: str) -> RecoveryRequest:
    """Return the request that this link belongs to; raises `RecoveryClosedError` when the link does not work."""
    found = RecoveryRequest.objects.select_related("user").filter(token_digest=digest(token)).first()
    if found is None or not found.is_usable():
        raise RecoveryClosedError
    return found


@transaction.atomic
def use_recovery(token: str) -> User:
    """Take every second factor off the account and end its sessions; the person then signs in and adds a new one.

    Raises `RecoveryClosedError`; of two uses at once only one gets through.
    """
    request = usable_recovery(token)
    if not RecoveryRequest.objects.filter(pk=request.pk, used_at=None).update(used_at=timezone.now()):
        raise RecoveryClosedError
    user = request.user
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    audit.record("accounts.recovery_used", by=user, obj=request, after=_facts(request))
    mail("recovery_used", user.email, user.language, name=user.display_name)
    _tell_administrators(request, "recovery_used_notice")
    return user


def _tell_administrators(request: RecoveryRequest, template: str = "recovery_opened") -> None:
    administrators = User.objects.filter(
        is_active=True, pk__in=current_assignments().filter(role=Role.ADMINISTRATOR).values("user")
    ).exclude(pk=request.user_id)
    for person in administrators:
        mail(
            template,
            person.email,
            person.language,
            link=("accounts:recoveries", []),
            name=person.display_name,
        )


def _require_right(by: User) -> None:
    if not can(by, Permission.RECOVER_ACCOUNT):
        raise PermissionDenied


def _facts(request: RecoveryRequest) -> dict[str, str]:
    return {"user": str(request.user.audit_id)}
