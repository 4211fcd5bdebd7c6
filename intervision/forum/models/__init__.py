"""What the forum keeps: groups and their members, topics, posts, drafts, and how far each reader came."""

from intervision.forum.models.groups import Group, GroupKind, Membership
from intervision.forum.models.posts import Deletion, Mention, Post, PostRevision, Quote
from intervision.forum.models.reading import Draft, DraftTarget, ReadMark
from intervision.forum.models.topics import Topic, TopicKind

__all__ = [
    "Deletion",
    "Draft",
    "DraftTarget",
    "Group",
    "GroupKind",
    "Membership",
    "Mention",
    "Post",
    "PostRevision",
    "Quote",
    "ReadMark",
    "Topic",
    "TopicKind",
]
