"""What changed between two texts of a post, word by word."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from intervision.forum.models import Post
from intervision.forum.references import OBJECT
from intervision.forum.words import moment

_WORDS = re.compile(r"\s+|[^\s]+")
_MOST_WORDS = 8_000
_TAGS = {"equal": "{}", "delete": "<del>{}</del>", "insert": "<ins>{}</ins>"}


@dataclass(frozen=True)
class Change:
    """One change of a post: when the new text came, and the difference with the one before."""

    at: dt.datetime
    words: SafeString

    @property
    def when(self) -> str:
        """Return when, in words."""
        return moment(self.at)


def changes_of(post: Post) -> list[Change]:
    """Return the changes of a post, the latest first; references show as an ellipsis."""
    former = list(post.former_texts.all())
    texts = [(text.plain_text, text.written_at) for text in former]
    texts.append((post.plain_text, post.edited_at or post.created_at))
    pairs = pairwise(texts)
    return [Change(after[1], difference(before[0], after[0])) for before, after in pairs][::-1]


def difference(before: str, after: str) -> SafeString:
    """Return the words of both texts with what went and what came marked."""
    old, new = _words(before), _words(after)
    if len(old) + len(new) > _MOST_WORDS:
        return format_html("<del>{}</del><ins>{}</ins>", "".join(old), "".join(new))
    pieces: list[tuple[str, str]] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what in ("replace", "delete"):
            pieces.append(("delete", "".join(old[i1:i2])))
        if what in ("replace", "insert", "equal"):
            pieces.append(("insert" if what == "replace" else what, "".join(new[j1:j2])))
    return format_html_join("", "{}", ((format_html(_TAGS[what], words),) for what, words in pieces))


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.replace(OBJECT, gettext("[quote or name]")))
