"""What editors can look at of a question or quiz before it is published."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from courses.exercises.showing import Asked, all_asked, with_keys

if TYPE_CHECKING:
    from courses.exercises.models.question import Question

ASKED = "asked"
PREVIEW_MODES: list[tuple[str, Any]] = [
    ("", _("answered right, with feedback and explanation")),
    (ASKED, _("as it is asked")),
]


def previewed(questions: Iterable[Question], mode: str | None) -> list[Asked]:
    """Return the questions as this mode shows them."""
    return all_asked(questions) if mode == ASKED else with_keys(questions)
