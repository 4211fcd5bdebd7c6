"""What somebody may see of the forum (decision 5), and how far they read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Role, ScopeKind, User
from accounts.permissions import ROLES, Permission, Somebody, can, current_assignments, scope_ids
from core.prepared import Slot
from intervision.forum.models import Draft, DraftTarget, Group, GroupKind, Membership, Post, ReadMark, Topic
from intervision.forum.permissions import takes_part

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

TOPICS_A_PAGE = 20


class Marks(TypedDict):
    """What `with_unread` adds for one reader: their mark, when they set it, and how many posts came since."""

    upto: int
    read_at: dt.datetime | None
    unread: int


type MarkedTopic = "WithAnnotations[Topic, Marks]"


@dataclass(frozen=True)
class Reach:
    """What a reader's roles open to them: intervision at all, and which groups they facilitate (None: every one)."""

    takes_part: bool
    facilitated: frozenset[int] | None

    @classmethod
    def of(cls, user: Somebody) -> Reach:
        """Return the reach of this person at this moment."""
        facilitated = scope_ids(user, Permission.MODERATE_GROUP, ScopeKind.GROUP)
        return cls(takes_part(user), None if facilitated is None else frozenset(facilitated))

    def within(self, group: str, *, reader: int | Slot | None, now: dt.datetime | Slot | None = None) -> Q:
        """Return the condition that the reader may read the group at this path (`""`, `"group__"`): the one rule of it."""
        if not self.takes_part:
            return Q(pk__in=[])
        if self.facilitated is None:
            return Q()
        own = current_memberships(now).filter(user=reader).values("group_id")
        is_open = Q((f"{group}kind", GroupKind.OPEN))
        return Q(is_open | Q((f"{group}pk__in", own)) | Q((f"{group}pk__in", self.facilitated)))


@dataclass(frozen=True)
class TopicPage:
    """One page of topics, the newest first; `older_than` is the key of the next page, None at the end."""

    topics: list[MarkedTopic]
    older_than: int | None


def current_memberships(now: dt.datetime | Slot | None = None) -> QuerySet[Membership]:
    """Return the memberships whose term holds now, or at the moment given."""
    now = now or timezone.now()
    return Membership.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)


def groups_to_staff(user: Somebody) -> list[tuple[int, str]]:
    """Return the groups for which this person may hand out roles, such as its facilitator's, with their names."""
    if not can(user, Permission.MANAGE_USERS):
        return []
    return list(Group.objects.order_by("name", "pk").values_list("pk", "name"))


def group_names(ids: Collection[int]) -> dict[int, str]:
    """Return what these groups are called."""
    return dict(Group.objects.filter(pk__in=ids).values_list("pk", "name"))


def groups_managed_by(user: Somebody) -> QuerySet[Group]:
    """Return the groups of which this person says who belongs to them."""
    managed = scope_ids(user, Permission.MANAGE_GROUPS, ScopeKind.GROUP)
    return Group.objects.all() if managed is None else Group.objects.filter(pk__in=managed)


def members_of(group: Group) -> QuerySet[Membership]:
    """Return who belongs to a group now, by name."""
    found = current_memberships().filter(group=group, user__is_active=True, user__erased_at=None)
    return found.select_related("user").order_by("user__display_name", "pk")


def participant_by_email(email: str) -> User | None:
    """Return the person with this address who takes part in intervision, if there is one."""
    part = _roles_that_may(Permission.TAKE_PART_IN_INTERVISION)
    roles = current_assignments().filter(user=OuterRef("pk"), role__in=part)
    return User.objects.filter(
        Exists(roles), email__iexact=email.strip(), is_active=True, erased_at=None
    ).first()


def groups_visible_to(user: Somebody) -> QuerySet[Group]:
    """Return the groups that this person may read: open ones, their own, and those they facilitate."""
    return Group.objects.filter(Reach.of(user).within("", reader=user.pk))


def topics_visible_to(user: Somebody) -> QuerySet[Topic]:
    """Return the topics of the groups that this person may read."""
    return Topic.objects.filter(Reach.of(user).within("group__", reader=user.pk))


def posts_visible_to(user: Somebody) -> QuerySet[Post]:
    """Return the posts of the groups that this person may read, emptied ones included."""
    return Post.objects.filter(Reach.of(user).within("topic__group__", reader=user.pk))


def drafts_of(user: User) -> QuerySet[Draft]:
    """Return this person's own drafts, the latest first."""
    return Draft.objects.filter(user=user)


def readers_of(group: Group) -> QuerySet[User]:
    """Return the people who may read a group now; for an open group everybody who takes part."""
    return readers_at(group.pk, timezone.now(), is_open=group.is_open)


def readers_at(group: int | Slot, now: dt.datetime | Slot, *, is_open: bool) -> QuerySet[User]:
    """Return the people who may read the group of this id at this moment."""
    roles = current_assignments(now)
    part = roles.filter(role__in=_roles_that_may(Permission.TAKE_PART_IN_INTERVISION)).values("user_id")
    active = User.objects.filter(pk__in=part, is_active=True, erased_at=None)
    if is_open:
        return active
    here = Q(scope_kind=ScopeKind.SITE) | Q(scope_kind=ScopeKind.GROUP, scope_id=group)
    guides = roles.filter(here, role__in=_roles_that_may(Permission.MODERATE_GROUP)).values("user_id")
    members = current_memberships(now).filter(group=group).values("user_id")
    return active.filter(Q(pk__in=members) | Q(pk__in=guides))


def _roles_that_may(permission: Permission) -> list[Role]:
    return [role for role, permissions in ROLES.items() if permission in permissions]


def with_unread(topics: QuerySet[Topic], user: User | Slot) -> QuerySet[MarkedTopic]:
    """Add how many posts this reader has not seen (`unread`) and their mark (`upto`), without counting posts."""
    return topics.annotate(
        mine=FilteredRelation("read_marks", condition=Q(read_marks__user=user)),
        upto=Coalesce("mine__upto", 0),
        read_at=F("mine__read_at"),
        unread=F("post_count") - Coalesce("mine__upto", 0),
    )


def topic_page(topics: QuerySet[MarkedTopic], *, older_than: int | None = None) -> TopicPage:
    """Return a page of topics by last post; `older_than` is the last post id where the former page ended."""
    if older_than is not None:
        topics = topics.filter(last_post__lt=older_than)
    listed = topics.select_related("last_post__author").order_by("-last_post")
    found = list(listed[: TOPICS_A_PAGE + 1])
    more = len(found) > TOPICS_A_PAGE
    return TopicPage(found[:TOPICS_A_PAGE], found[TOPICS_A_PAGE - 1].last_post_id if more else None)


def read_mark(user: User, topic: Topic) -> ReadMark | None:
    """Return how far this reader came in a topic, None when they never opened it."""
    return ReadMark.objects.filter(user=user, topic=topic).first()


def draft_group(user: User, kind: DraftTarget, target_id: int) -> Group | None:
    """Return the group in which a draft would be posted, None when this person may not write there."""
    if kind == DraftTarget.TOPIC:
        return groups_visible_to(user).filter(pk=target_id).first()
    if kind == DraftTarget.REPLY:
        topic = topics_visible_to(user).filter(pk=target_id, is_closed=False).select_related("group").first()
        return topic.group if topic else None
    own = posts_visible_to(user).filter(pk=target_id, author=user, deletion="", topic__is_closed=False)
    post = own.select_related("topic__group").first()
    return post.topic.group if post else None


def draft_for(user: User, kind: DraftTarget, target_id: int) -> Draft | None:
    """Return what this person was writing there, None when nothing."""
    return drafts_of(user).filter(target_kind=kind, target_id=target_id).first()
