"""How a question is put on a screen: its parts in the order of that screen, with what was given to it.

Learners' screens and editors' previews show the same widgets, `templates/exercises/kinds/<kind>.html`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import number_format

from courses.exercises.scoring import (
    Given,
    Kind,
    OptionSpec,
    QuestionSpec,
    Spot,
    arranged,
    comment,
    halves,
    is_whole,
    placed,
    score,
)
from courses.exercises.scoring.arranging import answers_to

if TYPE_CHECKING:
    from courses.exercises.models import Question
    from media.library.models import Picture

SCALE = 1000  # units across a picture, whatever its size


@dataclass(frozen=True)
class Box:
    """A spot in whole units of the drawing over the picture, which is `SCALE` units wide."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class AskedOption:
    """An option on the screen; `value` is the place or the other half that it was given."""

    spec: OptionSpec
    chosen: bool
    value: str = ""
    fits: bool = False
    box: Box | None = None


@dataclass(frozen=True)
class Asked:
    """A question on a screen. `name` is what the ids of its fields end in; `partners` are right halves, shuffled."""

    name: str
    spec: QuestionSpec
    options: tuple[AskedOption, ...]
    partners: tuple[OptionSpec, ...] = ()
    text: str = ""
    comment: str = ""
    checked: bool = False
    outcome: str = ""
    picture: Picture | None = None

    @property
    def widget(self) -> str:
        """Return the template that asks a question of this kind."""
        return f"exercises/kinds/{self.spec.kind}.html"

    @property
    def accepted(self) -> list[str]:
        """Return the forms of a typed answer that are right."""
        return [option.spec.text for option in self.options if option.spec.right]

    @property
    def right_number(self) -> str:
        """Return the right number as the reader's language writes it, without idle zeros; empty when none is asked."""
        if self.spec.number is None:
            return ""
        return str(number_format(Decimal(f"{self.spec.number.normalize():f}")))

    @property
    def places(self) -> range:
        """Return the places that a step may get."""
        return range(1, len(self.options) + 1)

    @property
    def unanswered(self) -> bool:
        """Say whether the question was closed without an answer."""
        return self.checked and not self.text and not any(option.chosen for option in self.options)

    @property
    def picture_height(self) -> int:
        """Return the height of the picture in units of the drawing over it."""
        return round(SCALE * self.picture.height / self.picture.width) if self.picture else SCALE


def ask(
    spec: QuestionSpec,
    given: Given,
    *,
    name: str,
    seed: str,
    checked: bool = False,
    outcome: str = "",
    picture: Picture | None = None,
) -> Asked:
    """Return a question as one screen shows it; `seed` decides how it is shuffled."""
    return Asked(
        name=name,
        spec=spec,
        options=tuple(_options(spec, given, seed=seed, checked=checked, picture=picture)),
        partners=_partners(spec, seed),
        text=given.text,
        comment=comment(spec, given) if checked and given.text else "",
        checked=checked,
        outcome=outcome,
        picture=picture,
    )


def with_key(question: Question, *, name: str) -> Asked:
    """Return a question with the right answer filled in and checked, for whoever edits it."""
    spec = question.spec()
    given = key_of(spec)
    outcome = score(spec, given)
    picture = question.picture if spec.kind is Kind.HOTSPOT else None
    return ask(spec, given, name=name, seed=name, checked=True, outcome=outcome, picture=picture)


def as_asked(question: Question, *, name: str, filled: bool = False) -> Asked:
    """Return a question before it is checked, for whoever edits it; `filled` with the right answer in its fields."""
    spec = question.spec()
    picture = question.picture if spec.kind is Kind.HOTSPOT else None
    return ask(spec, key_of(spec) if filled else Given(), name=name, seed=name, picture=picture)


def all_asked(questions: Iterable[Question]) -> list[Asked]:
    """Return several questions before anything is given."""
    return [as_asked(question, name=_preview_name(question)) for question in questions]


def _preview_name(question: Question) -> str:
    return f"voorbeeld-{question.pk or 'nieuw'}"


def with_keys(questions: Iterable[Question]) -> list[Asked]:
    """Return several questions with their keys filled in."""
    return [with_key(question, name=_preview_name(question)) for question in questions]


def key_of(spec: QuestionSpec) -> Given:
    """Return what is right, as somebody would give it; an open question has no key."""
    if spec.kind in {Kind.ORDER, Kind.MATCH}:
        return Given(tuple(f"{key}:{value}" for key, value in answers_to(spec).items()))
    if spec.kind is Kind.NUMBER:
        return Given(text=f"{(spec.number or Decimal(0)).normalize():f}".replace(".", ","))
    if spec.kind is Kind.TEXT:
        return Given(text=next((option.text for option in spec.options if option.right), ""))
    if spec.kind is Kind.OPEN:
        return Given()
    return Given(tuple(option.key for option in spec.options if option.right))


def _options(
    spec: QuestionSpec, given: Given, *, seed: str, checked: bool, picture: Picture | None
) -> Iterable[AskedOption]:
    values = halves(given)
    chosen = set(given.chosen) | set(values)
    wanted = answers_to(spec) if spec.kind in {Kind.ORDER, Kind.MATCH} else {}
    by_key = {option.key: option for option in spec.options}
    for key in _order(spec, given, seed=seed, checked=checked):
        yield AskedOption(
            spec=by_key[key],
            chosen=key in chosen,
            value=values.get(key, ""),
            fits=key in wanted and values.get(key) == wanted[key],
            box=_box(by_key[key].spot, picture),
        )


def _box(spot: Spot | None, picture: Picture | None) -> Box | None:
    if spot is None or picture is None:
        return None
    across, down = SCALE / 100, SCALE * picture.height / picture.width / 100
    return Box(
        round(spot.left * across),
        round(spot.top * down),
        round(spot.width * across),
        round(spot.height * down),
    )


def _order(spec: QuestionSpec, given: Given, *, seed: str, checked: bool) -> tuple[str, ...]:
    """Return the uuids as the screen shows them: steps as somebody put them, and in the right order once checked."""
    own = tuple(option.key for option in spec.options)
    if spec.kind is Kind.ORDER:
        if checked:
            return own
        if is_whole(spec, given):
            return tuple(placed(given))
        return arranged(own, seed=seed, never=own)
    shuffles = spec.kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.MATCH} and not spec.keep_order
    return arranged(own, seed=seed) if shuffles else own


def _partners(spec: QuestionSpec, seed: str) -> tuple[OptionSpec, ...]:
    if spec.kind is not Kind.MATCH:
        return ()
    by_key = {option.partner_key: option for option in spec.options}
    return tuple(by_key[key] for key in arranged(list(by_key), seed=f"{seed}|partners"))
