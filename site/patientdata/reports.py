"""Findings made ready to show beside a field: the passage, a sentence about it, what could stand there instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patientdata.kinds import Finding, Kind

STATEMENTS: dict[Kind, Promise] = {
    Kind.BSN: _("is a citizen service number (BSN)."),
    Kind.RRN: _("is a Belgian national number."),
    Kind.IBAN: _("is a bank account number."),
    Kind.EMAIL: _("is an e-mail address."),
    Kind.PHONE: _("is a phone number."),
    Kind.POSTCODE: _("is an address."),
    Kind.BIRTH_DATE: _("is a date of birth."),
    Kind.PATIENT_NUMBER: _("is a patient's number."),
    Kind.NAME: _("is a name."),
}
QUESTIONS: dict[Kind, Promise] = {
    Kind.BSN: _("is that a citizen service number (BSN)?"),
    Kind.RRN: _("is that a Belgian national number?"),
    Kind.IBAN: _("is that a bank account number?"),
    Kind.EMAIL: _("is that a person's e-mail address?"),
    Kind.PHONE: _("is that a person's phone number?"),
    Kind.POSTCODE: _("is that a person's address?"),
    Kind.BIRTH_DATE: _("is that a date of birth?"),
    Kind.PATIENT_NUMBER: _("is that a patient's number?"),
    Kind.NAME: _("is that a patient's name, or a relative's?"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """One finding with its words, for the writer's own eyes; never stored.

    `token` stands for these words in the confirmation, so that a confirmation never covers other words; the browser's
    half, which cannot make one, sends the words themselves. `answered` says that the writer let them stand.
    """

    words: str
    certain: bool
    sentence: str
    suggestion: str
    token: str
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What the gate says about one field."""

    passages: tuple[Passage, ...]

    @property
    def certain(self) -> bool:
        """Say whether a passage must go before the text can be stored."""
        return any(passage.certain for passage in self.passages)

    @property
    def open_questions(self) -> bool:
        """Say whether an uncertain passage still waits for the writer's answer."""
        return any(not passage.certain and not passage.answered for passage in self.passages)

    @property
    def stops(self) -> bool:
        """Say whether the text may not be stored yet."""
        return self.certain or self.open_questions


def report(text: str, found: Iterable[Finding], confirmed: Iterable[str] = ()) -> Report:
    """Return the report on a text; each passage once, however often it stands there.

    `confirmed` holds the answers that came with the form: tokens, or the words themselves.
    """
    answers = frozenset(confirmed)
    passages = {passage.token: passage for passage in (_passage(text, finding, answers) for finding in found)}
    return Report(tuple(passages.values()))


def _passage(text: str, finding: Finding, answers: frozenset[str]) -> Passage:
    words = text[finding.start : finding.end]
    sentences = STATEMENTS if finding.certain else QUESTIONS
    token = salted_hmac("patientdata.confirmation", words, algorithm="sha256").hexdigest()[:16]
    sentence = str(sentences[finding.kind])
    return Passage(
        words, finding.certain, sentence, finding.suggestion, token, bool(answers & {token, words})
    )
