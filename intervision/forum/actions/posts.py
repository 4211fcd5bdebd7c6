"""Adding, changing and emptying posts."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from intervision.forum.actions.telling import tell_about
from intervision.forum.errors import EditConflict, TopicIsClosed
from intervision.forum.guarding import require_clean_sheet
from intervision.forum.markdown import VERSION
from intervision.forum.models import (
    Deletion,
    Draft,
    DraftTarget,
    Mention,
    Post,
    PostRevision,
    Quote,
    ReadMark,
    Topic,
)
from intervision.forum.permissions import may_delete, may_edit, require, takes_part
from intervision.forum.queries import topics_visible_to
from intervision.forum.texts import Anchor, Prepared, prepare, relocate


def add_post(
    topic: Topic, *, text: str, by: User, client_token: uuid.UUID | None = None, confirmed: bool = False
) -> Post:
    """Add a post to a topic that its writer may read; the same token of the same writer gives the same post.

    `confirmed` answers the gate's uncertain findings. Raises `PermissionDenied`, `TopicIsClosed`, `TextRefused` and
    `PassagesFound`.
    """
    require(takes_part(by) and topics_visible_to(by).filter(pk=topic.pk).exists())
    prepared = prepare(text, by=by, group=topic.group)
    require_clean_sheet(source=prepared.source, confirmed=confirmed)
    token = client_token or uuid.uuid4()
    with transaction.atomic():
        locked = Topic.objects.select_for_update().get(pk=topic.pk)
        if sent := Post.objects.filter(author=by, client_token=token).first():
            return sent
        if locked.is_closed:
            raise TopicIsClosed
        post = append(locked, prepared, by=by, token=token)
        _drop_draft(by, DraftTarget.REPLY, topic.pk)
        audit.record("forum.post_added", by=by, obj=post, after={"topic": topic.pk, "number": post.number})
        tell_about(post, mentioned=prepared.mentioned, quoted=quoted_authors(prepared), by=by)
    return post


def append(topic: Topic, prepared: Prepared, *, by: User, token: uuid.UUID) -> Post:
    """Store a prepared text as the next post of a locked topic, counters and references included."""
    post = Post.objects.create(
        topic=topic,
        number=topic.post_count + 1,
        author=by,
        client_token=token,
        source=prepared.source,
        html=prepared.rendered.html,
        html_version=VERSION,
        plain_text=prepared.rendered.plain_text,
    )
    topic.post_count, topic.last_post, topic.last_post_at = post.number, post, post.created_at
    topic.save(update_fields=["post_count", "last_post", "last_post_at"])
    ReadMark.objects.filter(user=by, topic=topic, upto=post.number - 1).update(upto=post.number)
    _store_references(post, prepared)
    return post


@transaction.atomic
def edit_post(post: Post, *, text: str, seen_revision: int, by: User, confirmed: bool = False) -> Post:
    """Replace the text of one's own post and keep the former one; quotes of it move along.

    `seen_revision` is the revision that the writer had before them; raises `EditConflict` when that is no longer the
    present one, and what `add_post` raises.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.topic.is_closed:
        raise TopicIsClosed
    require(may_edit(by, post) and topics_visible_to(by).filter(pk=post.topic_id).exists())
    if post.revision != seen_revision:
        raise EditConflict(post)
    prepared = prepare(text, by=by, group=post.topic.group)
    require_clean_sheet(source=prepared.source, confirmed=confirmed)
    _drop_draft(by, DraftTarget.EDIT, post.pk)
    if prepared.source == post.source:
        return post
    _replace_text(post, prepared)
    audit.record("forum.post_edited", by=by, obj=post, after={"revision": post.revision})
    return post


@transaction.atomic
def delete_post(post: Post, *, by: User) -> Post:
    """Empty a post: its text, former texts and references go for good, its place in the topic stays."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    require(may_delete(by, post) and topics_visible_to(by).filter(pk=post.topic_id).exists())
    empty(post, Deletion.AUTHOR if post.author_id == by.pk else Deletion.FACILITATOR)
    audit.record("forum.post_deleted", by=by, obj=post, after={"deletion": post.deletion})
    return post


def empty(post: Post, why: Deletion) -> None:
    """Take the text out of a post everywhere that it stands, within the caller's transaction."""
    post.former_texts.all().delete()
    post.quotes.all().delete()
    post.mentions.all().delete()
    Draft.objects.filter(target_kind=DraftTarget.EDIT, target_id=post.pk).delete()
    post.source = post.html = post.plain_text = ""
    post.deletion, post.deleted_at = why, timezone.now()
    post.save(update_fields=["source", "html", "plain_text", "deletion", "deleted_at"])


def _replace_text(post: Post, prepared: Prepared) -> None:
    former = post.plain_text
    PostRevision.objects.create(
        post=post,
        number=post.revision,
        source=post.source,
        plain_text=former,
        written_at=post.edited_at or post.created_at,
    )
    post.source, post.html, post.html_version = prepared.source, prepared.rendered.html, VERSION
    post.plain_text, post.edited_at = prepared.rendered.plain_text, timezone.now()
    post.revision += 1
    post.save(update_fields=["source", "html", "html_version", "plain_text", "edited_at", "revision"])
    post.quotes.all().delete()
    post.mentions.all().delete()
    _store_references(post, prepared)
    _move_quotes(post, former)


def quoted_authors(prepared: Prepared) -> set[int]:
    """Return the ids of the people whom a text quotes."""
    return {anchor.target.author_id for anchor in prepared.anchors if anchor.target.author_id}


def _store_references(post: Post, prepared: Prepared) -> None:
    Quote.objects.bulk_create([_quote(post, place, anchor) for place, anchor in enumerate(prepared.anchors)])
    Mention.objects.bulk_create([Mention(post=post, user_id=user_id) for user_id in prepared.mentioned])


def _quote(post: Post, position: int, anchor: Anchor) -> Quote:
    return Quote(
        post=post,
        position=position,
        target=anchor.target,
        revision=anchor.target.revision,
        start=anchor.start,
        end=anchor.end,
        is_lost=anchor.is_lost,
    )


def _move_quotes(post: Post, former: str) -> None:
    """Move the quotes of a changed post to where their passages stand now; what is gone is lost for good."""
    moved = list(Quote.objects.filter(target=post, is_lost=False))
    for quote in moved:
        place = relocate(former[quote.start : quote.end], post.plain_text, near=quote.start)
        quote.revision, quote.is_lost = post.revision, place is None
        quote.start, quote.end = place or (0, 0)
    Quote.objects.bulk_update(moved, ["revision", "is_lost", "start", "end"], batch_size=500)


def _drop_draft(user: User, kind: DraftTarget, target_id: int) -> None:
    Draft.objects.filter(user=user, target_kind=kind, target_id=target_id).delete()
