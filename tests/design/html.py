"""A small reader of HTML that holds a page against what every page must keep to."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Reader(HTMLParser):
    """Notes tags that do not close, ids that stand twice and references to ids that are not there."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: Counter[str] = Counter()
        self.references: set[str] = set()
        self.feed(text)
        self.close()

    def handle_startendtag(self, tag, attrs):
        self._note(tag, dict(attrs))

    def handle_starttag(self, tag, attrs):
        self._note(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.wrong.append(
                f"</{tag}> closes {self.open[-1] if self.open else 'nothing'} at {self.getpos()}"
            )
        else:
            self.open.pop()

    def _note(self, tag, attrs):
        if attrs.get("id"):
            self.ids[attrs["id"]] += 1
        if "style" in attrs:
            self.wrong.append(f"<{tag}> carries a style")
        if tag == "img" and "alt" not in attrs:
            self.wrong.append("a picture without alt text")
        for name in ("for", "aria-labelledby", "aria-describedby", "popovertarget"):
            self.references.update((attrs.get(name) or "").split())


def problems(text: str) -> list[str]:
    """Return what is wrong with this piece of HTML, in words."""
    read = Reader(text)
    twice = [f"id {name} stands {count} times" for name, count in read.ids.items() if count > 1]
    lost = [f"nothing has the id {name}" for name in sorted(read.references - set(read.ids))]
    unclosed = [f"<{tag}> is not closed" for tag in read.open]
    return read.wrong + twice + lost + unclosed
