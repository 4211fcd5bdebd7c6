"""Inviting many people at once, in a few statements however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import afterwards, scopes
from accounts.actions.invitations import VALID_FOR, letter_facts
from accounts.mails import Recipient, mail_all
from accounts.models import Invitation, Role, User
from accounts.permissions import Scope
from accounts.tokens import make_token
from core import audit

AT_ONCE = 500


@dataclass(frozen=True)
class Invited:
    """An address, each at most once and in lower case, and how the person is called."""

    email: str
    name: str


@transaction.atomic
def invite_all(
    people: Iterable[Invited], role: Role, *, scope: Scope, language: str, by: User, after: str = ""
) -> int:
    """Offer a role to many addresses, as `invite` does to one; return how many. All of them, or none.

    Raises `PermissionDenied` for a role, a scope or a beginning that is not `by`'s to give.
    """
    if not scopes.may_offer(by, role, scope) or not afterwards.may_choose(by, after):
        raise PermissionDenied
    key = {"role": role, "scope_kind": scope[0], "scope_id": scope[1]}
    told = {"language": language, "afterwards": after, "invited_by": by}
    facts = letter_facts(role, scope, after, by)
    count = 0
    for some in batched(people, AT_ONCE):
        recipients = _offer_to(some, key, told, by=by)
        mail_all("invitation", recipients, language, view="accounts:invitation", **facts)
        count += len(recipients)
    return count


def _offer_to(
    people: Sequence[Invited], key: dict[str, Any], told: dict[str, Any], *, by: User
) -> list[Recipient]:
    open_ones = Invitation.objects.select_for_update().filter(**key, used=False, withdrawn_at=None)
    standing = {row.email: row for row in open_ones.filter(email__in=[one.email for one in people])}
    now = timezone.now()
    made: list[Invitation] = []
    renewed: list[Invitation] = []
    recipients = []
    for one in people:
        token, digest = make_token()
        found = standing.get(one.email)
        row = found or Invitation(email=one.email, **key)
        for name, value in {**told, "token_digest": digest, "expires_at": now + VALID_FOR}.items():
            setattr(row, name, value)
        row.name, row.updated_at = one.name, now
        (renewed if found else made).append(row)
        recipients.append(Recipient(one.email, one.name, token))
    Invitation.objects.bulk_create(made)
    fields = [*told, "name", "token_digest", "expires_at", "updated_at"]
    Invitation.objects.bulk_update(renewed, fields)
    after = {
        **{name: str(value) for name, value in key.items() if name != "scope_id"},
        "scope_id": key["scope_id"],
    }
    audit.record_many("accounts.invited", ((row, after) for row in [*made, *renewed]), by=by)
    return recipients
