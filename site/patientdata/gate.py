"""The gate: finds what may identify a patient in free text. One for the whole house (decision 3).

Nothing here stores, logs or repeats a text. It is a help, never a promise: rare combinations need people.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from patientdata import contacts, dates, names, numbers
from patientdata.folding import fold
from patientdata.hits import Hit
from patientdata.kinds import Finding, Kind, PatientDataFound
from patientdata.policy import Policy, policy_of

__all__ = ["Finding", "Kind", "PatientDataFound", "findings", "mask", "require_clean"]

DETECTORS = (numbers.find, contacts.find, dates.find, names.find)
_ORDER = list(Kind)


def findings(text: str) -> list[Finding]:
    """Return the passages that may identify a patient, in the order of the text, none overlapping another.

    Takes time in proportion to the length of the text and never raises, whatever characters it holds.
    """
    folded = fold(text)
    hits = [hit for find in DETECTORS for hit in find(folded.text)]
    return [
        Finding(hit.kind, *folded.span(hit.start, hit.end), hit.certain, hit.clue)
        for hit in _without_overlap(hits)
    ]


def _without_overlap(hits: Iterable[Hit]) -> list[Hit]:
    """Keep the surest of hits that overlap, then the kind that stands first in `Kind`, then the longest."""
    kept: list[Hit] = []
    starts: list[int] = []
    for hit in sorted(
        hits, key=lambda hit: (not hit.certain, _ORDER.index(hit.kind), hit.start - hit.end, hit.start)
    ):
        place = bisect_left(starts, hit.start)
        clear_before = place == 0 or kept[place - 1].end <= hit.start
        clear_after = place == len(kept) or hit.end <= kept[place].start
        if clear_before and clear_after:
            starts.insert(place, hit.start)
            kept.insert(place, hit)
    return kept


def require_clean(field: str, text: str, *, confirmed: bool = False) -> None:
    """Raise `PatientDataFound` when this text may not be stored in `field` (`"forum.Post.body"`).

    Where the field's policy is BLOCK, certain findings always stop it; uncertain ones stop it unless the writer
    `confirmed` that no patient is meant. WARN and OFF never stop. Raises `UnknownField` for an unregistered field.
    """
    if policy_of(field).policy is not Policy.BLOCK:
        return
    found = findings(text)
    if any(finding.certain for finding in found) or (found and not confirmed):
        raise PatientDataFound(found, field)


def mask(text: str) -> str:
    """Return the text with every certain passage replaced by a visible word; the rest stays as it is.

    Masking a masked text changes nothing.
    """
    placeholder = f"[{_('left out')}]"
    while passages := [finding for finding in findings(text) if finding.certain]:
        text = placeholder.join(_between(text, passages))
    return text


def _between(text: str, passages: list[Finding]) -> Iterator[str]:
    position = 0
    for passage in passages:
        yield text[position : passage.start]
        position = passage.end
    yield text[position:]
