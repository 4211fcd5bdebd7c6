"""The gate's answer about a whole sheet of paper: title and text together."""

from __future__ import annotations

from dataclasses import dataclass

from intervision.forum.texts import guarded
from patientdata.gate import Finding, PatientDataFound, require_clean

TITLE, TEXT = "forum.Topic.title", "forum.Post.source"


@dataclass(frozen=True)
class FoundIn:
    """What the gate found in one field: the text as it read it, and where."""

    field: str
    text: str
    findings: list[Finding]


class PassagesFound(PatientDataFound):
    """The gate found something in title or text; `places` says what in which, for the writer's own screen only."""

    def __init__(self, places: list[FoundIn]) -> None:
        super().__init__([finding for place in places for finding in place.findings], places[0].field)
        self.places = places


def require_clean_sheet(*, source: str, title: str = "", confirmed: bool) -> None:
    """Ask the gate about a title and a source; raises `PassagesFound` with what both hold."""
    places: list[FoundIn] = []
    for field, text in ((TITLE, title), (TEXT, guarded(source))):
        try:
            require_clean(field, text, confirmed=confirmed)
        except PatientDataFound as found:
            places.append(FoundIn(field, text, found.findings))
    if places:
        raise PassagesFound(places)
