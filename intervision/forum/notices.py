"""The forum's kinds of notices, in words: a count and the name of the group, never a title."""

from __future__ import annotations

from django.utils.translation import ngettext

from accounts.models import User
from intervision.forum.actions.telling import MENTION, REPLY
from intervision.forum.queries import topics_visible_to
from notifications.kinds import NoticeKind


def places(reader: User, topics: set[int]) -> dict[int, str]:
    """Name the groups of the topics that this reader may still see."""
    found = topics_visible_to(reader).filter(pk__in=topics)
    return dict(found.values_list("pk", "group__name"))


def say_mention(count: int, place: str) -> str:
    """Say that somebody was named."""
    words = ngettext(
        "A colleague named you in %(place)s.", "Colleagues named you %(count)s times in %(place)s.", count
    )
    return words % {"count": count, "place": place}


def say_reply(count: int, place: str) -> str:
    """Say that somebody answered."""
    words = ngettext("An answer for you in %(place)s.", "%(count)s answers for you in %(place)s.", count)
    return words % {"count": count, "place": place}


KINDS = (
    NoticeKind(MENTION, say=say_mention, places=places, icon="talk"),
    NoticeKind(REPLY, say=say_reply, places=places, icon="talk"),
)
