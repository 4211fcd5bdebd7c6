"""What the forum holds about a person: their own copy of it, and what goes when they have it erased (decision 9).

A post of somebody who leaves becomes an empty place in its topic, so that the others' conversation stays readable: its
text, former texts, quotations of it and mentions in it are gone. A title they gave is replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.personal_data import PersonalData
from intervision.forum.models import (
    Deletion,
    Draft,
    Group,
    Membership,
    Mention,
    Post,
    PostRevision,
    Quote,
    ReadMark,
    Topic,
)

type Rows = Iterator[dict[str, Any]]
_BATCH = 2_000


def export_posts(user: User) -> Rows:
    """Yield the person's posts as they wrote them, former texts included."""
    posts = Post.objects.filter(author=user).select_related("topic__group").prefetch_related("former_texts")
    for post in posts.order_by("pk").iterator(chunk_size=_BATCH):
        yield {
            "group": post.topic.group.name,
            "topic": post.topic.title,
            "posted_at": post.created_at,
            "edited_at": post.edited_at,
            "deleted_at": post.deleted_at,
            "text": post.source,
            "former_texts": [
                {"written_at": text.written_at, "text": text.source} for text in post.former_texts.all()
            ],
        }


def export_topics(user: User) -> Rows:
    """Yield the topics that the person started."""
    for topic in Topic.objects.filter(author=user).select_related("group").order_by("pk"):
        yield {
            "group": topic.group.name,
            "kind": topic.kind,
            "title": topic.title,
            "started_at": topic.created_at,
        }


def export_memberships(user: User) -> Rows:
    """Yield the groups that the person belongs or belonged to."""
    for membership in Membership.objects.filter(user=user).select_related("group").order_by("pk"):
        yield {"group": membership.group.name, "from": membership.starts_at, "until": membership.ends_at}


def export_mentions(user: User) -> Rows:
    """Yield where colleagues named the person: the moment and the group; the texts are theirs."""
    for mention in Mention.objects.filter(user=user).select_related("post__topic__group").order_by("pk"):
        yield {"group": mention.post.topic.group.name, "named_at": mention.post.created_at}


def export_drafts(user: User) -> Rows:
    """Yield texts that the person has under way."""
    for draft in Draft.objects.filter(user=user).order_by("pk"):
        yield {
            "for": draft.target_kind,
            "title": draft.title,
            "text": draft.body,
            "saved_at": draft.saved_at,
        }


def export_marks(user: User) -> Rows:
    """Yield how far the person read in each topic."""
    for mark in ReadMark.objects.filter(user=user).select_related("topic").order_by("pk"):
        yield {"topic": mark.topic.title, "read_up_to": mark.upto, "read_at": mark.read_at}


@transaction.atomic
def erase_posts(user: User) -> None:
    """Empty all of the person's posts and detach them."""
    own = Post.objects.filter(author=user)
    for rows in (PostRevision, Mention, Quote):
        rows.objects.filter(post__in=own).delete()
    own.exclude(deletion=Deletion.NONE).update(author=None)
    own.update(
        author=None,
        source="",
        html="",
        plain_text="",
        deletion=Deletion.ERASED,
        deleted_at=timezone.now(),
    )


def erase_topics(user: User) -> None:
    """Take the person's name and words off the topics that they started."""
    Topic.objects.filter(author=user).update(author=None, title="…")


@transaction.atomic
def erase_memberships(user: User) -> None:
    """Take the person out of every group, former ones included."""
    for membership in Membership.objects.filter(user=user, ends_at=None):
        Group.objects.filter(pk=membership.group_id).update(member_count=F("member_count") - 1)
    Membership.objects.filter(user=user).delete()


def erase_mentions(user: User) -> None:
    """Forget where colleagues named the person; the posts then say "former member"."""
    Mention.objects.filter(user=user).delete()


def erase_drafts(user: User) -> None:
    """Throw the person's texts under way away."""
    Draft.objects.filter(user=user).delete()


def erase_marks(user: User) -> None:
    """Forget how far the person read."""
    ReadMark.objects.filter(user=user).delete()


_KEPT = _("As long as the group exists; the text goes at once when its author deletes it or leaves for good.")
_WITH_GROUP = _("As long as the group exists.")
_WITH_POST = _("As long as the post that names them.")
_UNTIL_POSTED = _("Until posted or thrown away.")
_WITH_TOPIC = _("As long as the topic exists.")
ENTRIES = (
    PersonalData("forum.Post", "author", export_posts, erase_posts, _KEPT),
    PersonalData("forum.Topic", "author", export_topics, erase_topics, _KEPT),
    PersonalData("forum.Membership", "user", export_memberships, erase_memberships, _WITH_GROUP),
    PersonalData("forum.Mention", "user", export_mentions, erase_mentions, _WITH_POST),
    PersonalData("forum.Draft", "user", export_drafts, erase_drafts, _UNTIL_POSTED),
    PersonalData("forum.ReadMark", "user", export_marks, erase_marks, _WITH_TOPIC),
)
