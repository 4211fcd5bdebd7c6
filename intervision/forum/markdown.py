"""From what somebody typed to safe HTML and plain text: Markdown without HTML, then an allow-list.

The work is linear in the length of the text: markers that nest deeper than `DEEPEST` are dropped before parsing, and
what would still nest deeper than the parser goes is shown as plain paragraphs, so that no word is ever lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from intervision.forum.references import MARK, OBJECT, to_marks

VERSION = 1
DEEPEST = 4
_PARSER_LIMIT = 40
_RULES = [
    "autolink", "backticks", "balance_pairs", "blockquote", "emphasis", "entity", "escape",
    "fragments_join", "hr", "link", "list", "newline",
]  # fmt: skip
_parser = MarkdownIt(
    "zero", {"html": False, "linkify": False, "breaks": True, "maxNesting": _PARSER_LIMIT}
).enable(_RULES)
_cleaner = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"},
    attributes={"a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https"},
    link_rel="nofollow noopener",
)
_MARKER = r"(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*"
_DEEP_LINE = re.compile(rf"^([ \t]*(?:{_MARKER}){{{DEEPEST}}})(?:{_MARKER})+", re.MULTILINE)
_ADDRESS = re.compile(r"(?<!\w)https?://[^\s<>\[\]()\"'`\\]+[^\s<>\[\]()\"'`\\.,;:!?]")
_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "pre", "hr"}


@dataclass(frozen=True)
class Rendered:
    """A text made ready: `html` with marks for references, `plain_text` with one U+FFFC for each."""

    html: str
    plain_text: str


def tidy(text: str) -> str:
    """Return typed text as it is stored: LF, no space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def render(source: str) -> Rendered:
    """Make a source's HTML and plain text; safe to show to anybody once the marks are filled in."""
    html = _cleaner.clean(_to_html(_DEEP_LINE.sub(r"\1", to_marks(source))))
    return Rendered(html=html, plain_text=plain(html))


def plain(html: str) -> str:
    """Return the words of cleaned HTML: a line per block or break, one U+FFFC per mark."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = MARK.sub(OBJECT, "".join(reader.parts)).split("\n")
    return "\n".join(line for line in (re.sub(r"[ \t]+", " ", line).strip() for line in lines) if line)


def _to_html(source: str) -> str:
    tokens = _parser.parse(source)
    if any(token.level >= _PARSER_LIMIT - 1 for token in tokens):
        return "".join(f"<p>{escape(line)}</p>" for line in source.split("\n") if line.strip())
    return str(_parser.renderer.render(tokens, _parser.options, {}))


def _link_addresses(state: StateCore) -> None:
    """Turn bare web addresses in running text into links; those inside a link or code stay as they are."""
    for block in state.tokens:
        if block.children and "://" in block.content:
            block.children = list(_linked(block.children))


def _linked(children: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in children:
        depth += token.nesting if token.type.startswith("link_") else 0
        if token.type == "text" and not depth:
            yield from _split(token)
        else:
            yield token


def _split(token: Token) -> Iterator[Token]:
    at = 0
    for found in _ADDRESS.finditer(token.content):
        yield Token("text", "", 0, content=token.content[at : found.start()], level=token.level)
        yield Token("link_open", "a", 1, attrs={"href": found[0]}, level=token.level)
        yield Token("text", "", 0, content=found[0], level=token.level)
        yield Token("link_close", "a", -1, level=token.level)
        at = found.end()
    yield Token("text", "", 0, content=token.content[at:], level=token.level)


_parser.core.ruler.push("link_addresses", _link_addresses)


class _Words(HTMLParser):
    """Collects text, with a line end around each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a new line where a block or a break begins."""
        if tag == "br" or tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End the line where a block ends."""
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.parts.append(data)
