"""Finding the corrections of one question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(corrections: Mapping[str, Any], key: str) -> Any:
    """Return the corrections that stand at the question or quiz of this key."""
    return corrections.get(key, ())
