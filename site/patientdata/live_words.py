"""What the browser's half of the gate says while somebody types, in the present language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from patientdata.kinds import Kind
from patientdata.reports import QUESTIONS, STATEMENTS
from patientdata.suggestions import suggest

CLUES = ("", "woman", "man")


def live_words() -> dict[str, Any]:
    """Return sentences and replacements by kind, and the words of the panel."""
    return {
        "statements": {kind.value: str(STATEMENTS[kind]) for kind in Kind},
        "questions": {kind.value: str(QUESTIONS[kind]) for kind in Kind},
        "replacements": {kind.value: suggest(kind, "") for kind in Kind if kind is not Kind.NAME},
        "names": {clue: suggest(Kind.NAME, clue) for clue in CLUES},
        "leftOut": _("left out"),
        "titleCertain": _("Something here may tell who the patient is"),
        "titleAsk": _("May this tell who the patient is?"),
        "replace": _("Replace by “%(suggestion)s”") % {"suggestion": "{}"},
        "takeOut": _("Take it out"),
        "letStand": _("No, let it stand"),
        "footCertain": _("You can send this once the marked words are out. They were stored nowhere."),
        "footAsk": _("Answer before you send."),
    }
