"""What the gate can find, and what it says about a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from patientdata.suggestions import suggest


class Kind(StrEnum):
    """The sorts of identifying data that the gate looks for."""

    BSN = "bsn"
    RRN = "rrn"
    IBAN = "iban"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    BIRTH_DATE = "birth_date"
    PATIENT_NUMBER = "patient_number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that may tell who the patient is.

    `start` and `end` count code points in the text as it was given. A `certain` finding stops the text wherever a field
    blocks; an uncertain one asks the writer. `clue` steers the suggestion only: `woman`, `man`, or a year of birth.
    It never holds the passage itself, so a finding may be shown in an error report.
    """

    kind: Kind
    start: int
    end: int
    certain: bool
    clue: str = ""

    @property
    def suggestion(self) -> str:
        """Return words, in the reader's language, that could stand in the passage's place."""
        return suggest(self.kind, self.clue)


class PatientDataFound(Exception):
    """A text holds something that may identify a patient; nothing of it was stored.

    `findings` tells where, `field` names the policy's field. The message never repeats the text.
    """

    def __init__(self, findings: Sequence[Finding], field: str = "") -> None:
        self.findings = list(findings)
        self.field = field
        kinds = ", ".join(sorted({finding.kind.value for finding in self.findings}))
        super().__init__(f"{len(self.findings)} passage(s) that may identify a patient: {kinds}")

    @property
    def certain(self) -> bool:
        """Say whether at least one passage leaves no choice but to take it out."""
        return any(finding.certain for finding in self.findings)
