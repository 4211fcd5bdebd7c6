"""How quotes and mentions are written in a post's source, and the marks that stand for them afterwards.

In the source a quote is `[[citaat 45.2:10-55]]` (post 45, revision 2, code points 10 to 55 of its plain text; revision
and range may be left out) and a mention is `[[@12]]` (user 12). In the cached HTML each is a mark between two private-use
characters, filled in for every viewer; in the plain text each is one U+FFFC (decisions 6 and 28).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OPEN_MARK, CLOSE_MARK = "\ue000", "\ue001"
OBJECT = "\ufffc"
NO_MARKS = str.maketrans({OPEN_MARK: "\ufffd", CLOSE_MARK: "\ufffd", OBJECT: "\ufffd"})

QUOTE_TOKEN = re.compile(
    r"\[\[(?:citaat|citation|quote) (\d{1,18})(?:\.(\d{1,9}))?(?::(\d{1,9})-(\d{1,9}))?\]\]"
)
MENTION_TOKEN = re.compile(r"\[\[@(\d{1,18})\]\]")
MARK = re.compile(f"{OPEN_MARK}([qm])(\\d+){CLOSE_MARK}")
QUOTE_PARAGRAPH = re.compile(f"<p>{OPEN_MARK}q(\\d+){CLOSE_MARK}</p>")


@dataclass(frozen=True)
class QuoteToken:
    """A quote as written: the quoted post and, where given, its revision and range."""

    post_id: int
    revision: int | None = None
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        revision = f".{self.revision}" if self.revision is not None else ""
        span = f":{self.start}-{self.end}" if self.start is not None else ""
        return f"[[citaat {self.post_id}{revision}{span}]]"


def quote_tokens(source: str) -> list[QuoteToken]:
    """Return the quotes in a source in their order."""
    return [_quote(found) for found in QUOTE_TOKEN.finditer(source)]


def mention_ids(source: str) -> list[int]:
    """Return the users mentioned in a source, each once, in the order of first mention."""
    return list(dict.fromkeys(int(found[1]) for found in MENTION_TOKEN.finditer(source)))


def to_marks(source: str) -> str:
    """Replace the written references by marks; each quote stands in a paragraph of its own."""
    counter = iter(range(len(source)))
    marked = QUOTE_TOKEN.sub(
        lambda _found: f"\n\n{quote_mark(next(counter))}\n\n", source.translate(NO_MARKS)
    )
    return MENTION_TOKEN.sub(lambda found: mention_mark(int(found[1])), marked)


def quote_mark(position: int) -> str:
    """Return the mark of the quote at this position."""
    return f"{OPEN_MARK}q{position}{CLOSE_MARK}"


def mention_mark(user_id: int) -> str:
    """Return the mark of a mention of this user."""
    return f"{OPEN_MARK}m{user_id}{CLOSE_MARK}"


def _quote(found: re.Match[str]) -> QuoteToken:
    post_id, revision, start, end = (int(part) if part else None for part in found.groups())
    return QuoteToken(post_id or 0, revision, start, end)
