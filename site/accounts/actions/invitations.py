"""Inviting people, and accepting an invitation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import afterwards, consent, scopes
from accounts.actions.roles import assign_role
from accounts.mails import mail
from accounts.models import Invitation, InvitationUse, Role, ScopeKind, User
from accounts.permissions import Scope
from accounts.tokens import make_token
from core import audit

VALID_FOR = timedelta(days=14)
SAME_PRESS = timedelta(seconds=10)


class InvitationClosedError(Exception):
    """The invitation was used, withdrawn or has expired."""


class AccountExistsError(Exception):
    """Somebody with this address has an account: they sign in and accept the role there."""


@dataclass(frozen=True)
class NewMember:
    """What a person tells about themselves when they accept. Without a password they go on to make a passkey."""

    display_name: str
    work_title: str
    language: str
    password: str | None
    agreed_to: consent.ConsentText


def invite(
    email: str,
    role: Role,
    *,
    scope: Scope,
    language: str,
    by: User,
    name: str = "",
    after: str = "",
) -> Invitation:
    """Offer a role to an address; an offer of the same that still stands is renewed and sent again.

    `after` is what the person begins once they accept (`accounts.afterwards`). The same press that arrives twice offers
    once, and the link of the first mail keeps working. Says nothing about whether the address has an account. Raises
    `PermissionDenied` for a role, a scope or a beginning that is not `by`'s to give.
    """
    if not scopes.may_offer(by, role, scope) or not afterwards.may_choose(by, after):
        raise PermissionDenied
    key = {"email": email.strip().lower(), "role": role, "scope_kind": scope[0], "scope_id": scope[1]}
    try:
        return _offer(key, {"language": language, "name": name, "afterwards": after}, by=by)
    except IntegrityError:
        # Another tab was first; what it offered is what counts.
        return Invitation.objects.get(**key, used=False, withdrawn_at=None)


@transaction.atomic
def _offer(key: dict[str, Any], told: dict[str, str], *, by: User, again: bool = False) -> Invitation:
    """Make an invitation or renew the one that stands; `again` sends a new link however short ago the last one was."""
    standing = Invitation.objects.select_for_update().filter(**key, used=False, withdrawn_at=None).first()
    if standing and not again and timezone.now() - standing.updated_at < SAME_PRESS:
        return standing
    token, digest = make_token()
    facts = {
        "token_digest": digest,
        "expires_at": timezone.now() + VALID_FOR,
        "invited_by": by,
        **told,
    }
    invitation = standing or Invitation(**key)
    for name, value in facts.items():
        setattr(invitation, name, value)
    invitation.save()
    audit.record("accounts.invited", by=by, obj=invitation, after=_facts(invitation))
    _send(invitation, token)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> Invitation:
    """Send a new link that works for the full time again; the old link stops working. Raises `InvitationClosedError`."""
    if invitation.used or invitation.withdrawn_at is not None:
        raise InvitationClosedError
    role, scope = Role(invitation.role), (ScopeKind(invitation.scope_kind), invitation.scope_id)
    if not scopes.may_offer(by, role, scope):
        raise PermissionDenied
    key = {"email": invitation.email, "role": role, "scope_kind": scope[0], "scope_id": scope[1]}
    told = {name: getattr(invitation, name) for name in ("language", "name", "afterwards")}
    return _offer(key, told, by=by, again=True)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """Make the link stop working; one that was used stays as it is."""
    open_ones = Invitation.objects.filter(pk=invitation.pk, used=False, withdrawn_at=None)
    if open_ones.update(withdrawn_at=timezone.now()):
        audit.record("accounts.invitation_withdrawn", by=by, obj=invitation, before=_facts(invitation))


@transaction.atomic
def accept_as_new_member(invitation: Invitation, member: NewMember) -> User:
    """Make the account and give it the role. Raises `AccountExistsError` or `InvitationClosedError`."""
    current = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not current.is_open():
        raise InvitationClosedError
    if User.objects.filter(email=invitation.email).exists():
        raise AccountExistsError
    user = User.objects.create_user(
        invitation.email,
        member.password,
        display_name=member.display_name,
        work_title=member.work_title,
        language=member.language,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    _use(invitation, user)
    consent.give(user, member.agreed_to)
    return user


@transaction.atomic
def accept_as_member(invitation: Invitation, *, by: User) -> None:
    """Give the invited role to the account of that address. Raises `PermissionDenied` or `InvitationClosedError`."""
    if by.email != invitation.email:
        raise PermissionDenied
    _use(invitation, by)


def _use(invitation: Invitation, user: User) -> None:
    current = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not current.is_open():
        raise InvitationClosedError
    try:
        with transaction.atomic():
            InvitationUse.objects.create(invitation=current, user=user)
    except IntegrityError as error:
        raise InvitationClosedError from error
    Invitation.objects.filter(pk=current.pk).update(used=True, name="")
    scope = (ScopeKind(current.scope_kind), current.scope_id)
    audit.record("accounts.invitation_accepted", by=user, obj=current, after=_facts(current))
    assign_role(user, Role(current.role), scope=scope, by=current.invited_by)
    afterwards.act(current.afterwards, member=user, inviter=current.invited_by)


def _send(invitation: Invitation, token: str) -> None:
    scope = (ScopeKind(invitation.scope_kind), invitation.scope_id)
    mail(
        "invitation",
        invitation.email,
        invitation.language,
        link=("accounts:invitation", [token]),
        name=invitation.name,
        **letter_facts(Role(invitation.role), scope, invitation.afterwards, invitation.invited_by),
    )


def letter_facts(role: Role, scope: Scope, after: str, inviter: User | None) -> dict[str, object]:
    """Return what the letter of an invitation says beside name and link."""
    return {
        "role": role.label,
        "place": "" if scope[0] == ScopeKind.SITE else scopes.labels([scope])[scope],
        "begins": afterwards.label(after),
        "inviter": inviter.display_name if inviter else "",
        "days": VALID_FOR.days,
    }


def _facts(invitation: Invitation) -> dict[str, str | int]:
    return {
        "role": invitation.role,
        "scope_kind": invitation.scope_kind,
        "scope_id": invitation.scope_id,
    }
