"""Who may do what in the forum; buttons and actions ask these same questions."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accounts.models import ScopeKind
from accounts.permissions import Permission, Somebody, can, scope_ids
from intervision.forum.models import Group, Post, Topic


def takes_part(user: Somebody) -> bool:
    """Say whether this person takes part in intervision at all."""
    return can(user, Permission.TAKE_PART_IN_INTERVISION)


def may_moderate(user: Somebody, where: Group | Topic | Post) -> bool:
    """Say whether this person facilitates the group in which this lies."""
    return can(user, Permission.MODERATE_GROUP, where)


def may_manage_groups(user: Somebody) -> bool:
    """Say whether this person may say who belongs to at least one group, or make one."""
    return can(user, Permission.MANAGE_GROUPS)


def may_manage(user: Somebody, group: Group) -> bool:
    """Say whether this person may name this group and say who belongs to it; that lets nobody read it."""
    return can(user, Permission.MANAGE_GROUPS, group)


def may_make_groups(user: Somebody) -> bool:
    """Say whether this person may make groups: who facilitates one group only may not."""
    return scope_ids(user, Permission.MANAGE_GROUPS, ScopeKind.GROUP) is None


def may_reply(user: Somebody, topic: Topic) -> bool:
    """Say whether a reader of this topic may add a post to it."""
    return takes_part(user) and not topic.is_closed


def is_own(user: Somebody, post: Post) -> bool:
    """Say whether this person wrote this post and its text is still there."""
    return user.is_authenticated and post.author_id == user.pk and not post.is_deleted


def may_edit(user: Somebody, post: Post) -> bool:
    """Say whether this is the person's own post, still there, in a topic that still takes changes."""
    return is_own(user, post) and may_reply(user, post.topic)


def may_delete(user: Somebody, post: Post) -> bool:
    """Say whether this person may empty this post: its author, or the group's facilitator."""
    if post.is_deleted or not takes_part(user):
        return False
    return is_own(user, post) or may_moderate(user, post)


def require(allowed: bool) -> None:
    """Raise `PermissionDenied` unless allowed; how an action asks its question."""
    if not allowed:
        raise PermissionDenied
