"""Starting topics, and what the facilitator does with them."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from core import audit
from intervision.forum.actions.posts import append, quoted_authors
from intervision.forum.actions.telling import tell_about
from intervision.forum.guarding import require_clean_sheet
from intervision.forum.models import Draft, DraftTarget, Group, Topic, TopicKind
from intervision.forum.permissions import may_moderate, require, takes_part
from intervision.forum.queries import groups_visible_to
from intervision.forum.texts import Prepared, check_title, prepare


def start_topic(
    group: Group,
    *,
    kind: TopicKind,
    title: str,
    text: str,
    by: User,
    client_token: uuid.UUID | None = None,
    confirmed: bool = False,
) -> Topic:
    """Start a topic with its first post; the same token of the same writer gives the same topic.

    Raises what `add_post` raises.
    """
    require(takes_part(by) and groups_visible_to(by).filter(pk=group.pk).exists())
    title = check_title(title)
    prepared = prepare(text, by=by, group=group)
    require_clean_sheet(source=prepared.source, title=title, confirmed=confirmed)
    token = client_token or uuid.uuid4()
    try:
        return _store(group, kind, title, prepared, by, token)
    except IntegrityError:
        return Topic.objects.get(author=by, client_token=token)


@transaction.atomic
def _store(
    group: Group, kind: TopicKind, title: str, prepared: Prepared, by: User, token: uuid.UUID
) -> Topic:
    topic = Topic.objects.create(group=group, kind=kind, title=title, author=by, client_token=token)
    post = append(topic, prepared, by=by, token=token)
    Group.objects.filter(pk=group.pk).update(topic_count=F("topic_count") + 1)
    Draft.objects.filter(user=by, target_kind=DraftTarget.TOPIC, target_id=group.pk).delete()
    audit.record("forum.topic_started", by=by, obj=topic, after={"group": group.pk, "kind": kind})
    tell_about(post, mentioned=prepared.mentioned, quoted=quoted_authors(prepared), by=by)
    return topic


def close_topic(topic: Topic, *, by: User) -> Topic:
    """Let a topic take no more posts and changes; everybody who could read it still can."""
    return _set(topic, by=by, is_closed=True)


def reopen_topic(topic: Topic, *, by: User) -> Topic:
    """Let a closed topic take posts again."""
    return _set(topic, by=by, is_closed=False)


def pin_topic(topic: Topic, *, by: User) -> Topic:
    """Keep a topic above the others of its group."""
    return _set(topic, by=by, is_pinned=True)


def unpin_topic(topic: Topic, *, by: User) -> Topic:
    """Put a pinned topic back in its order."""
    return _set(topic, by=by, is_pinned=False)


@transaction.atomic
def _set(topic: Topic, *, by: User, **state: bool) -> Topic:
    require(may_moderate(by, topic))
    before = {name: getattr(topic, name) for name in state}
    if before != state:
        for name, value in state.items():
            setattr(topic, name, value)
        topic.save(update_fields=list(state))
        audit.record("forum.topic_state", by=by, obj=topic, before=before, after=state)
    return topic
