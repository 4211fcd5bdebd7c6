"""What the pages that members open most ask about one reader, prepared (`core.prepared`).

Who may read what is said once, in `queries.Reach`; here it is asked with slots for the reader and the moment.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from core.once import once
from core.prepared import Slots, prepared
from intervision.forum.models import Draft, DraftTarget, Group, Post, Topic, TopicKind
from intervision.forum.models.topics import POSTS_A_PAGE
from intervision.forum.queries import MarkedTopic, Marks, Reach, readers_at, with_unread

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

NEWS_DAYS = 30
NEWEST_LOOKED_AT = 300
NEWS_COUNTED = 20
READERS_SHOWN = 12


class Waiting(Marks):
    """What `opened` adds to a reader's mark: whether they have a draft here."""

    has_draft: bool


class Named(TypedDict):
    """What `posts_on_page` adds: what the author is called, None when they left."""

    author_name: str | None


type OpenedTopic = "WithAnnotations[Topic, Waiting]"
type NamedPost = "WithAnnotations[Post, Named]"


def readable_groups(user: User) -> list[Group]:
    """Return the groups that this person may read."""
    return _groups.rows(Reach.of(user), reader=user.pk, now=timezone.now())


@prepared
def _groups(slot: Slots, reach: Reach) -> QuerySet[Group]:
    return Group.objects.filter(reach.within("", reader=slot("reader"), now=slot("now", DateTimeField())))


def opened(user: User, pk: int) -> OpenedTopic | None:
    """Return a topic with all that its page asks about the reader; None when they may not read it."""
    return _opened.first(Reach.of(user), reader=user.pk, now=timezone.now(), pk=pk)


@prepared
def _opened(slot: Slots, reach: Reach) -> QuerySet[OpenedTopic]:
    reader = slot("reader")
    readable = reach.within("group__", reader=reader, now=slot("now", DateTimeField()))
    topics = with_unread(Topic.objects.filter(readable, pk=slot("pk")), reader)
    drafts = Draft.objects.filter(user=reader, target_kind=DraftTarget.REPLY, target_id=OuterRef("pk"))
    return topics.select_related("group", "author").annotate(has_draft=Exists(drafts))


def posts_on_page(topic: Topic, page: int) -> list[NamedPost]:
    """Return the posts of one page of a topic with their authors' names: a range of numbers, whatever page it is."""
    first = (page - 1) * POSTS_A_PAGE + 1
    found = _posts.rows(None, topic=topic.pk, first=first, after=first + POSTS_A_PAGE)
    for post in found:
        post.topic = topic
    return found


@prepared
def _posts(slot: Slots, _variant: None) -> QuerySet[NamedPost]:
    found = Post.objects.filter(topic=slot("topic"), number__gte=slot("first"), number__lt=slot("after"))
    return found.annotate(author_name=F("author__display_name")).order_by("number")


def company_of(group: Group) -> list[User]:
    """Return the first of the people who may read a closed group now."""
    return _company.rows(None, group=group.pk, now=timezone.now())


@prepared
def _company(slot: Slots, _variant: None) -> QuerySet[User]:
    return readers_at(slot("group"), slot("now", DateTimeField()), is_open=False)[:READERS_SHOWN]


def news_for(user: User, *, limit: int = NEWS_COUNTED) -> list[MarkedTopic]:
    """Return topics with posts this reader has not seen, the newest first, each with `unread` and its last author.

    Looks at most `NEWS_DAYS` back and at the newest `NEWEST_LOOKED_AT` topics, so that it costs the same in a large
    forum; gives `NEWS_COUNTED` topics at most, asked once per page.
    """
    return once(user, "forum.news", lambda: _news.rows(Reach.of(user), **_lately(user)))[:limit]


@prepared
def _news(slot: Slots, reach: Reach) -> QuerySet[MarkedTopic]:
    newest = _recent(slot, reach).order_by("-last_post_id").values("pk")[:NEWEST_LOOKED_AT]
    fresh = with_unread(Topic.objects.filter(pk__in=newest), slot("reader")).filter(unread__gt=0)
    return fresh.select_related("group", "last_post__author").order_by("-last_post_id")[:NEWS_COUNTED]


def unanswered_for(user: User) -> Topic | None:
    """Return the longest waiting question of the last month that nobody answered, somebody else's."""
    return _unanswered.first(Reach.of(user), **_lately(user))


@prepared
def _unanswered(slot: Slots, reach: Reach) -> QuerySet[Topic]:
    waiting = _recent(slot, reach).filter(kind=TopicKind.QUESTION, post_count=1, is_closed=False)
    return waiting.exclude(author=slot("reader")).order_by("last_post_id")[:1]


def _recent(slot: Slots, reach: Reach) -> QuerySet[Topic]:
    """Return the topics that the reader may read and in which somebody wrote lately."""
    readable = reach.within("group__", reader=slot("reader"), now=slot("now", DateTimeField()))
    return Topic.objects.filter(readable, last_post_at__gte=slot("since", DateTimeField()))


def _lately(user: User) -> dict[str, object]:
    now = timezone.now()
    return {"reader": user.pk, "now": now, "since": now - dt.timedelta(days=NEWS_DAYS)}


def draft_count(user: User) -> int:
    """Return how many drafts this person has."""
    return _drafts.first(None, user=user.pk) or 0


@prepared
def _drafts(slot: Slots, _variant: None) -> QuerySet[Draft, int]:
    own = Draft.objects.filter(user=slot("user")).order_by().values("user")
    return own.annotate(number=Count("pk")).values_list("number", flat=True)
