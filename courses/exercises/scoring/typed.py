"""Answers that are typed: short text with accepted forms, numbers with a unit, open questions."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from courses.exercises.scoring.spec import (
    AnswerRefusedError,
    Given,
    Kind,
    OptionSpec,
    Outcome,
    QuestionSpec,
    Refusal,
)

LONGEST = {Kind.TEXT: 200, Kind.NUMBER: 60, Kind.OPEN: 4000}  # characters
_GROUPED_BY_DOTS = re.compile(r"[-+]?[1-9]\d{0,2}(\.\d{3})+")  # 1.250; but 0.125 is an eighth
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)")
_MINUS = str.maketrans({"−": "-", "–": "-"})
_LARGEST = Decimal("1e12")
_JOINED = str.maketrans({"œ": "oe", "æ": "ae"})


def normalised(text: str) -> str:
    """Return a text without what makes no difference: case, accents, joined letters, punctuation and extra spaces.

    Hyphens and apostrophes vanish without a gap, so that “stop-brief” is “stopbrief”; other signs become a space.
    """
    # Folded between two decompositions: a mathematical “𝓐” is a capital only once taken apart.
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    joined = re.sub(r"[-‐‑‘’'`´]", "", bare.translate(_JOINED))
    spaced = "".join(sign if sign.isalnum() else " " for sign in joined)
    return " ".join(spaced.split())


def number_in(text: str, unit: str = "") -> Decimal | None:
    """Return the number that somebody typed, None when it is none.

    A comma or a dot may mark the decimals; dots before groups of three digits mark thousands, as in Dutch. The unit
    and a per cent sign may stand behind it.
    """
    bare = "".join(unicodedata.normalize("NFKC", text).translate(_MINUS).split()).casefold()
    for ending in ("".join(unit.split()).casefold(), "%", "procent"):
        bare = bare.removesuffix(ending) if ending else bare
    if "," in bare:
        before, _comma, after = bare.rpartition(",")
        bare = f"{before.replace('.', '')}.{after}"
    elif _GROUPED_BY_DOTS.fullmatch(bare):
        bare = bare.replace(".", "")
    if not bare.isascii() or not _NUMBER.fullmatch(bare):
        return None
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    return number if abs(number) <= _LARGEST else None


def accept(question: QuestionSpec, given: Given, *, final: bool) -> Given:
    """Return the typed text as it will be kept; while somebody still types, it may be empty or not yet a number."""
    text = given.text.replace("\r\n", "\n")
    if "\x00" in text:
        raise AnswerRefusedError(Refusal.UNKNOWN)
    if len(text) > LONGEST[question.kind]:
        raise AnswerRefusedError(Refusal.TOO_LONG)
    if final and not text.strip():
        raise AnswerRefusedError(Refusal.NOTHING)
    if final and question.kind is Kind.NUMBER and number_in(text, question.unit) is None:
        raise AnswerRefusedError(Refusal.NO_NUMBER)
    return Given(text=text)


def score(question: QuestionSpec, given: Given) -> Outcome:
    """Say how good a typed answer is: it fits the key or it does not; an open one is only noted."""
    if question.kind is Kind.OPEN:
        return Outcome.NOTED
    return Outcome.RIGHT if _fits(question, given.text) else Outcome.WRONG


def _fits(question: QuestionSpec, text: str) -> bool:
    if question.kind is Kind.NUMBER:
        number = number_in(text, question.unit)
        if number is None or question.number is None:
            return False
        return abs(number - question.number) <= question.tolerance
    wanted = normalised(text)
    return bool(wanted) and any(wanted == normalised(form.text) for form in question.options if form.right)


def foreseen(question: QuestionSpec, text: str) -> OptionSpec | None:
    """Return the foreseen wrong form that somebody typed, None when it is none of them."""
    if question.kind is Kind.NUMBER:
        number = number_in(text, question.unit)
        near = ((form, number_in(form.text, question.unit)) for form in question.options if not form.right)
        return next((form for form, value in near if number is not None and value == number), None)
    wanted = normalised(text)
    return next(
        (form for form in question.options if not form.right and normalised(form.text) == wanted), None
    )


def comment(question: QuestionSpec, given: Given) -> str:
    """Return the feedback on what was typed: of the key, of a foreseen form, or of anything else."""
    if question.kind is Kind.OPEN:
        return ""
    if _fits(question, given.text):
        return question.right_feedback
    form = foreseen(question, given.text)
    return form.feedback if form else question.else_feedback
