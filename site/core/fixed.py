"""`{% fixed %}…{% endfixed %}`: a piece of a template that is the same on every page of a language.

    {% fixed %}<button type="button">{% icon "close" %} {% translate "Close" %}</button>{% endfixed %}

It is drawn once per process and language. It is drawn without context, so that nothing of a page or a person can come
into it: a variable inside is an unknown variable, which fails the test that draws it.
"""

from __future__ import annotations

from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

_drawn: dict[tuple[Node, str | None], SafeString] = {}


class FixedNode(Node):
    """Draws its inside once per language, and gives that again."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """Return the inside in the language of the reader."""
        key = (self, get_language())
        found = _drawn.get(key)
        if found is None:
            found = _drawn[key] = self.nodelist.render(context.new({}))
        return found


def forget() -> None:
    """Draw everything anew; for tests."""
    _drawn.clear()


def fixed(parser: Parser, token: Token) -> FixedNode:
    """Read everything up to `endfixed`."""
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return FixedNode(nodelist)
