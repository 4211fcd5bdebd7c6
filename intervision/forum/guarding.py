"""The gate's answer about a whole sheet: title and text together, with the passages in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intervision.forum.texts import guarded
from patientdata.gate import Finding, PatientDataFound, require_clean


@dataclass(frozen=True)
class Passage:
    """A passage that may tell who a patient is, for the writer's own screen only."""

    text: str
    kind: str
    certain: bool
    suggestion: str


class PassagesFound(PatientDataFound):
    """The gate found something; `passages` shows what, in the order of the text."""

    def __init__(self, findings: Sequence[Finding], field: str, passages: list[Passage]) -> None:
        super().__init__(findings, field)
        self.passages = passages


def require_clean_sheet(*, source: str, title: str = "", confirmed: bool) -> None:
    """Ask the gate about a title and a source; raises `PassagesFound` with what both hold."""
    failures: list[PatientDataFound] = []
    passages: list[Passage] = []
    for field, text in (("forum.Topic.title", title), ("forum.Post.source", guarded(source))):
        try:
            require_clean(field, text, confirmed=confirmed)
        except PatientDataFound as found:
            failures.append(found)
            passages += [_passage(finding, text) for finding in found.findings]
    if failures:
        findings = [finding for failure in failures for finding in failure.findings]
        raise PassagesFound(findings, failures[0].field, passages)


def _passage(finding: Finding, text: str) -> Passage:
    return Passage(text[finding.start : finding.end], str(finding.kind), finding.certain, finding.suggestion)
