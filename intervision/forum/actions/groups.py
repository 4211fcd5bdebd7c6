"""Making groups and saying who belongs to them."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from core import audit
from intervision.forum.errors import GroupFullError
from intervision.forum.models import Group, GroupKind, Membership
from intervision.forum.permissions import may_make_groups, may_manage, require
from intervision.forum.queries import current_memberships
from patientdata.gate import require_clean

MOST_IN_INTERVISION = 12
FEWEST_IN_INTERVISION = 4


@transaction.atomic
def create_group(*, kind: GroupKind, name: str, purpose: str = "", by: User | None) -> Group:
    """Make a group; `by` is None for what is loaded by command."""
    require(by is None or may_make_groups(by))
    _require_clean(name, purpose)
    group = Group.objects.create(kind=kind, name=name, purpose=purpose)
    audit.record("forum.group_created", by=by, obj=group, after={"kind": kind})
    return group


@transaction.atomic
def rename_group(group: Group, *, name: str, purpose: str, by: User) -> Group:
    """Give a group another name or purpose. Its kind stays: who reads what was written was promised when it was written."""
    require(may_manage(by, group))
    _require_clean(name, purpose)
    if (group.name, group.purpose) == (name, purpose):
        return group
    group.name, group.purpose = name, purpose
    group.save(update_fields=["name", "purpose", "updated_at"])
    audit.record("forum.group_renamed", by=by, obj=group)
    return group


def _require_clean(name: str, purpose: str) -> None:
    require_clean("forum.Group.name", name)
    require_clean("forum.Group.purpose", purpose)


def add_member(group: Group, *, user: User, by: User | None) -> Membership:
    """Let somebody into a group from now on; the same person twice stays one membership.

    Raises GroupFullError when an intervision group has twelve people: beyond that a round no longer fits in a meeting
    (four to twelve, intervision_and_research.md 2).
    """
    require(by is None or may_manage(by, group))
    try:
        return _add_member(group, user=user, by=by)
    except IntegrityError:
        # Another tab let the same person in; that membership is the one that counts.
        return current_memberships().get(group=group, user=user)


@transaction.atomic
def _add_member(group: Group, *, user: User, by: User | None) -> Membership:
    now = Group.objects.select_for_update().get(pk=group.pk)
    present = current_memberships().filter(group=now, user=user).first()
    if present:
        return present
    if now.kind == GroupKind.INTERVISION and now.member_count >= MOST_IN_INTERVISION:
        raise GroupFullError
    membership = Membership.objects.create(group=now, user=user)
    Group.objects.filter(pk=now.pk).update(member_count=F("member_count") + 1)
    audit.record("forum.member_added", by=by, obj=now, after={"membership": membership.pk})
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: User | None) -> Membership:
    """End somebody's term in a group at once; their posts stay."""
    require(by is None or may_manage(by, membership.group))
    now = timezone.now()
    ended = Membership.objects.filter(pk=membership.pk, ends_at=None).update(ends_at=now)
    if not ended:
        return membership
    membership.ends_at = now
    Group.objects.filter(pk=membership.group_id).update(member_count=F("member_count") - 1)
    audit.record("forum.member_left", by=by, obj=membership.group, before={"membership": membership.pk})
    return membership
