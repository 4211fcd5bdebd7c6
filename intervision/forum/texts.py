"""Making a typed text ready to be stored: sizes, names to references, the gate, and where quotes point."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from intervision.forum.errors import TextRefused
from intervision.forum.markdown import Rendered, render, tidy
from intervision.forum.models import Group, Post, PostRevision
from intervision.forum.queries import posts_visible_to, readers_of
from intervision.forum.references import (
    MENTION_TOKEN,
    QUOTE_TOKEN,
    QuoteToken,
    mention_ids,
    quote_tokens,
)

LONGEST_TEXT = 20_000
LONGEST_TITLE = 150
LONGEST_QUOTE = 1_000
MOST_QUOTES = 20
MOST_MENTIONS = 20
_NAMED = re.compile(r"(?<![\w@/\[])@(\w[^\s@\[\]]*(?:[ ][^\s@\[\]]+){0,4})")


@dataclass(frozen=True)
class Anchor:
    """Where a quote points: a post and a range of its present text; lost when the passage is gone."""

    target: Post
    start: int
    end: int
    is_lost: bool = False


@dataclass(frozen=True)
class Prepared:
    """A text that may be stored, and what goes with it."""

    source: str
    rendered: Rendered
    anchors: list[Anchor]
    mentioned: list[int]


def check_size(text: str) -> None:
    """Refuse a text that is empty, too long or holds NUL; raises `TextRefused`."""
    if "\x00" in text:
        raise TextRefused(
            _("There is an invisible character (NUL) in your text. Take it out and post again."), code="nul"
        )
    if len(text) > LONGEST_TEXT:
        message = _(
            "Your text is too long to post in one go. Split it, or leave something out: at most 20,000 characters."
        )
        raise TextRefused(message, code="too_long")
    if not text.strip():
        raise TextRefused(_("Write something first; an empty message cannot be posted."), code="empty")


def check_title(title: str) -> str:
    """Return a title ready to be stored, on one line; raises `TextRefused` for field `title`."""
    title = " ".join(tidy(title).split())
    if "\x00" in title:
        message = _("There is an invisible character (NUL) in your title. Take it out and post again.")
        raise TextRefused(message, code="nul", field="title")
    if not title:
        raise TextRefused(_("Give the topic a title."), code="empty", field="title")
    if len(title) > LONGEST_TITLE:
        raise TextRefused(_("Keep the title within 150 characters."), code="too_long", field="title")
    return title


def prepare(text: str, *, by: User, group: Group) -> Prepared:
    """Make a text ready for a group: its source with references, HTML, plain text; raises `TextRefused`.

    Does not ask the gate; actions do, with `guarded(source)`.
    """
    check_size(text)
    source = names_to_references(tidy(text), group)
    mentioned = _mentioned(source, group)
    return Prepared(source, render(source), _anchors(source, by, group), mentioned)


def guarded(source: str) -> str:
    """Return the source as the gate reads it: references blanked out, every offset the same."""
    blanked = QUOTE_TOKEN.sub(lambda found: " " * len(found[0]), source)
    return MENTION_TOKEN.sub(lambda found: " " * len(found[0]), blanked)


def names_to_references(text: str, group: Group) -> str:
    """Replace `@Name` by a reference where exactly one reader of the group has that name."""
    candidates = dict.fromkeys(phrase for found in _NAMED.finditer(text) for phrase in _phrases(found[1]))
    if not candidates:
        return text
    named: dict[str, list[int]] = {}
    people = readers_of(group).filter(display_name__in=list(candidates)[: 50 * MOST_MENTIONS])
    for pk, name in people.values_list("pk", "display_name"):
        named.setdefault(name, []).append(pk)
    unique = {name: ids[0] for name, ids in named.items() if len(ids) == 1}
    return _NAMED.sub(lambda found: _with_reference(found, unique), text)


def references_to_names(source: str, group: Group) -> str:
    """Replace references to readers of the group by `@Name`, for changing a text; the others stay."""
    ids = mention_ids(source)
    if not ids:
        return source
    named = User.objects.filter(pk__in=ids).values("display_name")
    people = list(readers_of(group).filter(display_name__in=named).values_list("pk", "display_name"))
    alike = Counter(name for _pk, name in people)
    names = {pk: f"@{name}" for pk, name in people if alike[name] == 1}
    return MENTION_TOKEN.sub(lambda found: names.get(int(found[1]), found[0]), source)


def relocate(passage: str, text: str, *, near: int) -> tuple[int, int] | None:
    """Find a passage in another text, the occurrence nearest to where it was; None when it is gone."""
    places = [found.start() for found in re.finditer(re.escape(passage), text)] if passage else []
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - near))
    return start, start + len(passage)


def _phrases(words: str) -> list[str]:
    parts = words.split(" ")
    return [phrase for count in range(1, len(parts) + 1) for phrase in _spellings(" ".join(parts[:count]))]


def _spellings(phrase: str) -> list[str]:
    bare = phrase.rstrip(".,;:!?)")
    return list(dict.fromkeys([phrase, f"{bare}.", bare] if bare != phrase else [phrase]))


def _with_reference(found: re.Match[str], people: dict[str, int]) -> str:
    for phrase in reversed(_phrases(found[1])):
        if phrase in people and found[1].startswith(phrase):
            return f"[[@{people[phrase]}]]{found[1][len(phrase) :]}"
    return found[0]


def _mentioned(source: str, group: Group) -> list[int]:
    ids = mention_ids(source)
    if len(ids) > MOST_MENTIONS:
        raise TextRefused(
            _("You name more than twenty people. Name only those you ask something."), code="mentions"
        )
    if ids and readers_of(group).filter(pk__in=ids).count() != len(ids):
        raise TextRefused(
            _("You name somebody who cannot read this group. Take the name out."), code="mention"
        )
    return ids


def _anchors(source: str, by: User, group: Group) -> list[Anchor]:
    tokens = quote_tokens(source)
    if len(tokens) > MOST_QUOTES:
        raise TextRefused(_("You quote more than twenty times. Leave some out."), code="quotes")
    if not tokens:
        return []
    readable = posts_visible_to(by).filter(topic__group=group).select_related("author")
    targets = readable.in_bulk({token.post_id for token in tokens})
    if missing := [token for token in tokens if token.post_id not in targets]:
        message = _("A quote points to a message that is not in this group: %(quote)s. Take it out.")
        raise TextRefused(message % {"quote": missing[0]}, code="quote")
    return [_anchor(token, targets[token.post_id]) for token in tokens]


def _anchor(token: QuoteToken, target: Post) -> Anchor:
    lost = Anchor(target, 0, 0, is_lost=True)
    if target.is_deleted:
        return lost
    if token.start is None or token.end is None:
        return Anchor(target, 0, min(len(target.plain_text), LONGEST_QUOTE))
    if token.revision in (None, target.revision):
        end = min(token.end, len(target.plain_text), token.start + LONGEST_QUOTE)
        return Anchor(target, token.start, end) if token.start < end else lost
    former = PostRevision.objects.filter(post=target, number=token.revision).first()
    passage = former.plain_text[token.start : min(token.end, token.start + LONGEST_QUOTE)] if former else ""
    place = relocate(passage, target.plain_text, near=token.start)
    return Anchor(target, *place) if place else lost
