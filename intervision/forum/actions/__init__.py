"""Everything that changes the forum: each checks who asks, writes in one transaction, and is audited."""

from intervision.forum.actions.drafts import discard_draft, save_draft
from intervision.forum.actions.groups import add_member, create_group, end_membership, rename_group
from intervision.forum.actions.posts import add_post, delete_post, edit_post
from intervision.forum.actions.reading import mark_read
from intervision.forum.actions.topics import close_topic, pin_topic, reopen_topic, start_topic, unpin_topic

__all__ = [
    "add_member",
    "add_post",
    "close_topic",
    "create_group",
    "delete_post",
    "discard_draft",
    "edit_post",
    "end_membership",
    "mark_read",
    "pin_topic",
    "rename_group",
    "reopen_topic",
    "save_draft",
    "start_topic",
    "unpin_topic",
]
