"""Making groups and saying who belongs to them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from core import audit
from intervision.forum.models import Group, GroupKind, Membership
from intervision.forum.queries import current_memberships
from patientdata.gate import require_clean


@transaction.atomic
def create_group(*, kind: GroupKind, name: str, purpose: str = "", by: User | None) -> Group:
    """Make a group; `by` is None for what is loaded by command."""
    require_clean("forum.Group.name", name)
    require_clean("forum.Group.purpose", purpose)
    group = Group.objects.create(kind=kind, name=name, purpose=purpose)
    audit.record("forum.group_created", by=by, obj=group, after={"kind": kind})
    return group


@transaction.atomic
def add_member(group: Group, *, user: User, by: User | None) -> Membership:
    """Let somebody into a group from now on; the same person twice stays one membership."""
    present = current_memberships().filter(group=group, user=user).first()
    if present:
        return present
    membership = Membership.objects.create(group=group, user=user)
    Group.objects.filter(pk=group.pk).update(member_count=F("member_count") + 1)
    audit.record("forum.member_added", by=by, obj=group, after={"membership": membership.pk})
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: User | None) -> Membership:
    """End somebody's term in a group at once; their posts stay."""
    if membership.ends_at is not None:
        return membership
    membership.ends_at = timezone.now()
    membership.save(update_fields=["ends_at"])
    Group.objects.filter(pk=membership.group_id).update(member_count=F("member_count") - 1)
    audit.record("forum.member_left", by=by, obj=membership.group, before={"membership": membership.pk})
    return membership
