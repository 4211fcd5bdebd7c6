"""Telling people about a post, inside the house: that something happened and in which group, never what was written."""

from __future__ import annotations

from collections.abc import Collection

from accounts.models import User
from intervision.forum.models import Post
from notifications.actions import notify

MENTION, REPLY = "forum.mention", "forum.reply"


def tell_about(post: Post, *, mentioned: Collection[int], quoted: Collection[int], by: User) -> None:
    """Leave a notice for those named in a post, and for those whom it answers: who started the topic, who is quoted."""
    topic, path = post.topic, post.get_absolute_url()
    if mentioned:
        notify(mentioned, kind=MENTION, object=topic, path=path, by=by)
    answered = {*quoted, *([topic.author_id] if topic.author_id else [])} - {*mentioned, by.pk}
    if answered:
        notify(answered, kind=REPLY, object=topic, path=path, by=by)
