"""Registry of the kinds of notices: every room says in its own words what happened.

In `AppConfig.ready`::

    register(
        NoticeKind(
            "forum.mention",
            icon="talk",
            say=lambda count, place: ngettext("You were mentioned in %(place)s.", …) % {"place": place},
            places=lambda reader, ids: {topic.pk: topic.group.name for topic in topics_visible_to(reader).filter(…)},
        )
    )
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accounts.models import User


class UnknownKind(LookupError):
    """Somebody sent a notice of a kind that no room registered."""


@dataclass(frozen=True)
class NoticeKind:
    """What a room says about one kind of happening.

    `say(count, place)` gives one sentence in the reader's language; never a title, a name of a patient or a quote.
    `places(reader, object_ids)` names the objects that this reader may still see; a notice about any other is not shown.
    `audience(object_id)` gives the ids of those to tell, for `notify` without recipients; it is asked after the answer.
    """

    name: str
    say: Callable[[int, str], str]
    places: Callable[[User, set[int]], dict[int, str]]
    icon: str = "bell"
    audience: Callable[[int], Iterable[int]] | None = None


_kinds: dict[str, NoticeKind] = {}


def register(*kinds: NoticeKind) -> None:
    """Add kinds of notices; the same name again replaces the earlier one."""
    for kind in kinds:
        _kinds[kind.name] = kind


def kind_of(name: str) -> NoticeKind:
    """Return a registered kind; raises `UnknownKind`."""
    try:
        return _kinds[name]
    except KeyError:
        message = f"no room registered notices of the kind {name!r}"
        raise UnknownKind(message) from None


def known(name: str) -> bool:
    """Say whether a room registered this kind (a room may have dropped one that still has rows)."""
    return name in _kinds
