"""A template of ours that uses an unknown variable fails the test that rendered it.

Django asks `string_if_invalid` for its truth at the very moment that a variable could not be resolved; `UnknownVariables`
answers "empty, go on as usual" and notes which template asked. So nothing changes in what is rendered, errors in
live-server threads are seen too, and libraries' templates (Wagtail's, allauth's, Django's) keep their habits.

`{{ label|default:"…" }}` declares an optional input and is fine, as is `{% if label %}`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

from django.template.base import FilterExpression, Node

ROOT = Path(__file__).resolve().parent.parent
OURS = tuple(
    str(ROOT / name) + "/" for name in ("templates", "site", "courses", "intervision", "media", "tests")
)
OPTIONAL_FILTERS = {"default", "default_if_none"}


class UnknownVariables(str):
    """An empty text that remembers each unknown variable for which it was asked to stand in."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        asker = frame.f_locals.get("self")
        if (
            frame.f_code is FilterExpression.resolve.__code__
            and isinstance(asker, FilterExpression)
            and not _is_optional(asker)
        ):
            self._note(frame, asker)
        return False

    def _note(self, frame: FrameType | None, asker: FilterExpression) -> None:
        node = _node(frame)
        template = getattr(getattr(node, "origin", None), "name", "")
        if str(template).startswith(OURS):
            line = getattr(getattr(node, "token", None), "lineno", "?")
            self.found.add(f"{Path(template).relative_to(ROOT)}:{line} uses {asker.var!s}, which is unknown")

    def take(self) -> list[str]:
        """Return what was noted since the last time, in order, and forget it."""
        found = sorted(self.found)
        self.found.clear()
        return found


def _is_optional(asker: FilterExpression) -> bool:
    return bool(asker.filters) and asker.filters[0][0].__name__ in OPTIONAL_FILTERS


def _node(frame: FrameType | None) -> Node | None:
    """Return the innermost template node that is being rendered on this stack and knows its template."""
    while frame is not None:
        owner = frame.f_locals.get("self")
        if isinstance(owner, Node) and getattr(owner, "origin", None):
            return owner
        frame = frame.f_back
    return None
