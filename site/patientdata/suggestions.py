"""Words that could stand in the place of a passage the gate found."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _


def suggest(kind: str, clue: str) -> str:
    """Return a neutral replacement for a passage of this kind; empty where it had better go. `clue` as in `Finding`."""
    if kind == "name":
        return _name(clue)
    if kind == "birth_date":
        return _age(clue)
    return {
        "bsn": _("the case number, for example C-07"),
        "rrn": _("the case number, for example C-07"),
        "patient_number": _("the case number, for example C-07"),
        "postcode": _("a village, a town or a city"),
    }.get(kind, "")


def _name(clue: str) -> str:
    if clue == "woman":
        return _("a woman in her sixties")
    if clue == "man":
        return _("a man in his sixties")
    return _("someone in their sixties")


def _age(clue: str) -> str:
    if not clue.isdigit():
        return _("an age by the decade")
    decade = max(timezone.localdate().year - int(clue), 0) // 10 * 10
    return _("aged %(decade)s to %(end)s") % {"decade": decade, "end": decade + 9}
