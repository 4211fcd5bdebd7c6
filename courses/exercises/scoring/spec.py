"""What scoring works with: the facts of a question, and what somebody gave as an answer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    ORDER = "order"
    MATCH = "match"
    TEXT = "text"
    NUMBER = "number"
    HOTSPOT = "hotspot"
    OPEN = "open"


class Outcome(StrEnum):
    """What an answer turned out to be. NOTED: an open question, which nothing scores."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    NOTED = "noted"


class Refusal(StrEnum):
    """Why something cannot be the answer to a question."""

    NOTHING = "nothing"
    UNKNOWN = "unknown"
    TOO_MANY = "too_many"
    UNFINISHED = "unfinished"
    TWICE = "twice"
    NO_NUMBER = "no_number"
    TOO_LONG = "too_long"


class AnswerRefusedError(ValueError):
    """What was given does not fit the question; `refusal` says why."""

    def __init__(self, refusal: Refusal = Refusal.UNKNOWN) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True)
class Spot:
    """A rectangle on a picture, in per cent of its width and height from the upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class OptionSpec:
    """One thing of a question that has feedback of its own.

    What it is follows from the kind: an option, a step at its right place, a pair (`text` belongs to `partner`), an accepted
    (`right`) or foreseen form of a typed answer, a spot on the picture in words, a point of the model answer.
    """

    key: str
    text: str
    right: bool
    feedback: str
    partner: str = ""
    spot: Spot | None = None

    @property
    def partner_key(self) -> str:
        """Return the name of the other half of a pair; it does not show to whom it belongs."""
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.key}|partner"))


@dataclass(frozen=True)
class QuestionSpec:
    """The facts of one version of a question; `explanation` and `model_answer` are HTML that the editors' field made."""

    title: str
    kind: Kind
    prompt: str
    options: tuple[OptionSpec, ...]
    explanation: str = ""
    source: str = ""
    source_checked: bool = True
    keep_order: bool = False
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    right_feedback: str = ""
    else_feedback: str = ""
    model_answer: str = ""
    picture_id: int | None = None

    @property
    def keys(self) -> frozenset[str]:
        """Return the uuids of all options."""
        return frozenset(option.key for option in self.options)

    @property
    def right_keys(self) -> frozenset[str]:
        """Return the uuids of the right options."""
        return frozenset(option.key for option in self.options if option.right)

    @property
    def scored(self) -> bool:
        """Say whether an answer can be right or wrong at all."""
        return self.kind is not Kind.OPEN


@dataclass(frozen=True)
class Given:
    """What somebody gave: uuids of options, `uuid:place` or `uuid:uuid` for arranging, or typed text."""

    chosen: tuple[str, ...] = ()
    text: str = ""

    @property
    def empty(self) -> bool:
        """Say whether nothing was given."""
        return not self.chosen and not self.text.strip()
