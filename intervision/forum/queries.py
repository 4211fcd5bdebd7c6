"""What somebody may see of the forum (decision 5), and how far they read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import ScopeKind, User
from accounts.permissions import ROLES, Permission, Somebody, can, current_assignments, scope_ids
from core.once import once
from intervision.forum.models import Draft, DraftTarget, Group, GroupKind, Membership, Post, ReadMark, Topic
from intervision.forum.models.topics import POSTS_A_PAGE
from intervision.forum.permissions import takes_part
from notifications.models import Notice

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

TOPICS_A_PAGE = 20
NEWS_DAYS = 30
NEWEST_LOOKED_AT = 300
NEWS_COUNTED = 20
READERS_SHOWN = 12


class Marks(TypedDict):
    """What `with_unread` adds for one reader: their mark, when they set it, and how many posts came since."""

    upto: int
    read_at: dt.datetime | None
    unread: int


class Waiting(Marks):
    """What `opened_by` adds to that: whether the reader has a draft here, and unread notices about it."""

    has_draft: bool
    has_notices: bool


type MarkedTopic = "WithAnnotations[Topic, Marks]"
type OpenedTopic = "WithAnnotations[Topic, Waiting]"


@dataclass(frozen=True)
class TopicPage:
    """One page of topics, the newest first; `older_than` is the key of the next page, None at the end."""

    topics: list[MarkedTopic]
    older_than: int | None


def current_memberships() -> QuerySet[Membership]:
    """Return the memberships whose term holds now."""
    now = timezone.now()
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
    part = [role for role, permissions in ROLES.items() if Permission.TAKE_PART_IN_INTERVISION in permissions]
    roles = current_assignments().filter(user=OuterRef("pk"), role__in=part)
    return User.objects.filter(
        Exists(roles), email__iexact=email.strip(), is_active=True, erased_at=None
    ).first()


def groups_visible_to(user: Somebody) -> QuerySet[Group]:
    """Return the groups that this person may read: open ones, their own, and those they facilitate."""
    if not isinstance(user, User) or not takes_part(user):
        return Group.objects.none()
    facilitated = scope_ids(user, Permission.MODERATE_GROUP, ScopeKind.GROUP)
    if facilitated is None:
        return Group.objects.all()
    own = current_memberships().filter(user=user).values("group_id")
    return Group.objects.filter(Q(kind=GroupKind.OPEN) | Q(pk__in=own) | Q(pk__in=facilitated))


def readable_groups(user: Somebody) -> list[Group]:
    """Return these groups as a list; once per page where a view asks for them in several places."""
    return once(user, "forum.groups", lambda: list(groups_visible_to(user)))


def topics_visible_to(user: Somebody) -> QuerySet[Topic]:
    """Return the topics of the groups that this person may read."""
    return Topic.objects.filter(group__in=groups_visible_to(user))


def posts_visible_to(user: Somebody) -> QuerySet[Post]:
    """Return the posts of the groups that this person may read, emptied ones included."""
    return Post.objects.filter(topic__group__in=groups_visible_to(user))


def drafts_of(user: User) -> QuerySet[Draft]:
    """Return this person's own drafts, the latest first."""
    return Draft.objects.filter(user=user)


def readers_of(group: Group) -> QuerySet[User]:
    """Return the people who may read a group now; for an open group everybody who takes part."""
    part = [role for role, permissions in ROLES.items() if Permission.TAKE_PART_IN_INTERVISION in permissions]
    guides = [role for role, permissions in ROLES.items() if Permission.MODERATE_GROUP in permissions]
    roles = current_assignments().filter(user=OuterRef("pk"))
    active = User.objects.filter(Exists(roles.filter(role__in=part)), is_active=True, erased_at=None)
    if group.is_open:
        return active
    here = Q(scope_kind=ScopeKind.SITE) | Q(scope_kind=ScopeKind.GROUP, scope_id=group.pk)
    members = current_memberships().filter(group=group, user=OuterRef("pk"))
    return active.filter(Exists(members) | Exists(roles.filter(here, role__in=guides)))


def with_unread(topics: QuerySet[Topic], user: User) -> QuerySet[MarkedTopic]:
    """Add how many posts this reader has not seen (`unread`) and their mark (`upto`), without counting posts."""
    return topics.annotate(
        mine=FilteredRelation("read_marks", condition=Q(read_marks__user=user)),
        upto=Coalesce("mine__upto", 0),
        read_at=F("mine__read_at"),
        unread=F("post_count") - Coalesce("mine__upto", 0),
    )


def opened_by(user: User) -> QuerySet[OpenedTopic]:
    """Return the topics that this person may read, with all that their page asks about the reader, in one query."""
    drafts = drafts_of(user).filter(target_kind=DraftTarget.REPLY, target_id=OuterRef("pk"))
    notices = Notice.objects.filter(
        recipient=user, object_type=Topic._meta.label_lower, object_id=OuterRef("pk"), read_at=None
    )
    topics = with_unread(topics_visible_to(user), user).select_related("group", "author")
    return topics.annotate(has_draft=Exists(drafts), has_notices=Exists(notices))


def topic_page(topics: QuerySet[MarkedTopic], *, older_than: int | None = None) -> TopicPage:
    """Return a page of topics by last post; `older_than` is the last post id where the former page ended."""
    if older_than is not None:
        topics = topics.filter(last_post__lt=older_than)
    listed = topics.select_related("last_post__author").order_by("-last_post")
    found = list(listed[: TOPICS_A_PAGE + 1])
    more = len(found) > TOPICS_A_PAGE
    return TopicPage(found[:TOPICS_A_PAGE], found[TOPICS_A_PAGE - 1].last_post_id if more else None)


def posts_on_page(topic: Topic, page: int) -> list[Post]:
    """Return the posts of one page of a topic: a range of numbers, whatever page it is."""
    first = (page - 1) * POSTS_A_PAGE + 1
    numbers = range(first, first + POSTS_A_PAGE)
    found = topic.posts.filter(number__gte=numbers.start, number__lt=numbers.stop)
    return list(found.select_related("author").order_by("number"))


def read_mark(user: User, topic: Topic) -> ReadMark | None:
    """Return how far this reader came in a topic, None when they never opened it."""
    return ReadMark.objects.filter(user=user, topic=topic).first()


def news_for(user: User, *, limit: int = NEWS_COUNTED) -> list[MarkedTopic]:
    """Return topics with posts this reader has not seen, the newest first, each with `unread` and its last author.

    Looks at most `NEWS_DAYS` back and at the newest `NEWEST_LOOKED_AT` topics, so that it costs the same in a large
    forum; gives `NEWS_COUNTED` topics at most, asked once per page.
    """
    return once(user, "forum.news", lambda: _news(user))[:limit]


def _news(user: User) -> list[MarkedTopic]:
    groups = {group.pk: group for group in readable_groups(user)}
    newest = _lately(groups).order_by("-last_post_id").values("pk")[:NEWEST_LOOKED_AT]
    fresh = with_unread(Topic.objects.filter(pk__in=newest), user).filter(unread__gt=0)
    found = list(fresh.select_related("last_post__author").order_by("-last_post_id")[:NEWS_COUNTED])
    for topic in found:
        topic.group = groups[topic.group_id]
    return found


def unanswered_for(user: User) -> Topic | None:
    """Return the longest waiting question of the last month that nobody answered, somebody else's."""
    groups = {group.pk: group for group in readable_groups(user)}
    open_questions = _lately(groups).filter(kind="question", post_count=1, is_closed=False)
    return open_questions.exclude(author=user).order_by("last_post_id").first()


def _lately(groups: Collection[int]) -> QuerySet[Topic]:
    """Return the topics of these groups in which somebody wrote during the last `NEWS_DAYS` days."""
    since = timezone.now() - dt.timedelta(days=NEWS_DAYS)
    return Topic.objects.filter(group_id__in=groups, last_post_at__gte=since)


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
