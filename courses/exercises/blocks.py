"""Building stones of questions and quizzes. The id of a block is the uuid of what it is: an option, a step, a spot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.exercises.scoring import Kind, OptionSpec, Spot
from pages.blocks.choosers import ReadyChooserBlock

FEEDBACK_HELP = _(
    "Shown after the answer is checked. Begin with what somebody who chooses this means well, "
    "then say what else there is. Never only “wrong”."
)


class OptionBlock(blocks.StructBlock):
    """One option of a question."""

    text = blocks.TextBlock(label=_("option"), rows=2, max_length=400)
    right = blocks.BooleanBlock(label=_("this is right"), required=False)
    feedback = blocks.TextBlock(label=_("feedback"), rows=2, max_length=600, help_text=FEEDBACK_HELP)

    class Meta:
        icon = "radio-full"
        label = _("option")
        label_format = "{text}"


class StepBlock(blocks.StructBlock):
    """One step of an order; the steps stand in the right order here and are shuffled for learners."""

    text = blocks.TextBlock(label=_("step"), rows=2, max_length=400)
    feedback = blocks.TextBlock(
        label=_("why it stands here"), rows=2, max_length=600, help_text=FEEDBACK_HELP
    )

    class Meta:
        icon = "order"
        label = _("step")
        label_format = "{text}"


class PairBlock(blocks.StructBlock):
    """Two things that belong together."""

    left = blocks.TextBlock(label=_("left"), rows=2, max_length=300)
    right = blocks.TextBlock(label=_("belongs to"), rows=2, max_length=300)
    feedback = blocks.TextBlock(
        label=_("why they belong together"), rows=2, max_length=600, help_text=FEEDBACK_HELP
    )

    class Meta:
        icon = "link"
        label = _("pair")
        label_format = "{left}: {right}"


class AcceptedBlock(blocks.StructBlock):
    """A form of a typed answer that is right."""

    text = blocks.CharBlock(
        label=_("accepted form"),
        max_length=200,
        help_text=_("Capitals, accents, spaces, hyphens and punctuation make no difference."),
    )

    class Meta:
        icon = "check"
        label = _("accepted form")
        label_format = "{text}"


class NearBlock(blocks.StructBlock):
    """A form of a typed answer that is not right and that people often give."""

    text = blocks.CharBlock(label=_("foreseen form"), max_length=200)
    feedback = blocks.TextBlock(label=_("feedback"), rows=2, max_length=600, help_text=FEEDBACK_HELP)

    class Meta:
        icon = "edit"
        label = _("foreseen form")
        label_format = "{text}"


class SpotBlock(blocks.StructBlock):
    """A rectangle on the picture, with the words that stand in for it."""

    text = blocks.TextBlock(
        label=_("what can be seen there"),
        rows=2,
        max_length=400,
        help_text=_("Learners who cannot see the picture choose by these words alone."),
    )
    right = blocks.BooleanBlock(label=_("this is right"), required=False)
    feedback = blocks.TextBlock(label=_("feedback"), rows=2, max_length=600, help_text=FEEDBACK_HELP)
    left = blocks.FloatBlock(label=_("from the left, %"), min_value=0, max_value=99)
    top = blocks.FloatBlock(label=_("from the top, %"), min_value=0, max_value=99)
    width = blocks.FloatBlock(label=_("width, %"), min_value=1, max_value=100)
    height = blocks.FloatBlock(label=_("height, %"), min_value=1, max_value=100)

    class Meta:
        icon = "crosshairs"
        label = _("spot")
        label_format = "{text}"


class PointBlock(blocks.StructBlock):
    """A thing that a good answer to an open question may hold."""

    text = blocks.TextBlock(label=_("point to look for"), rows=2, max_length=300)

    class Meta:
        icon = "list-ul"
        label = _("point to look for")
        label_format = "{text}"


class OptionsBlock(blocks.StreamBlock):
    """What a question is answered with. Which blocks fit depends on the kind (`SHAPES`)."""

    option = OptionBlock(group=_("One or several right answers"))
    step = StepBlock(group=_("Put in order"))
    pair = PairBlock(group=_("Match"))
    accepted = AcceptedBlock(group=_("Type the answer"))
    near = NearBlock(group=_("Type the answer"))
    spot = SpotBlock(group=_("Point in a picture"))
    point = PointBlock(group=_("Open question"))

    class Meta:
        max_num = 42


class QuizBlock(blocks.StreamBlock):
    """The questions of a quiz, in order."""

    question = ReadyChooserBlock("exercises.Question", label=_("question"))

    class Meta:
        min_num = 1
        max_num = 60


@dataclass(frozen=True)
class Shape:
    """Which blocks a kind takes, with the least and the greatest number of each."""

    counts: dict[str, tuple[int, int]]

    def fits(self, found: Counter[str]) -> bool:
        """Say whether these numbers of blocks make a question of this kind."""
        known = not set(found) - set(self.counts)
        return known and all(
            least <= found[name] <= greatest for name, (least, greatest) in self.counts.items()
        )


SHAPES: dict[Kind, Shape] = {
    Kind.SINGLE: Shape({"option": (2, 8)}),
    Kind.MULTIPLE: Shape({"option": (2, 8)}),
    Kind.ORDER: Shape({"step": (2, 8)}),
    Kind.MATCH: Shape({"pair": (2, 8)}),
    Kind.TEXT: Shape({"accepted": (1, 30), "near": (0, 12)}),
    Kind.NUMBER: Shape({"near": (0, 12)}),
    Kind.HOTSPOT: Shape({"spot": (2, 8)}),
    Kind.OPEN: Shape({"point": (0, 8)}),
}


def block_counts(value: Any) -> Counter[str]:
    """Return how many blocks of each type a stream holds."""
    return Counter(child.block_type for child in value)


def option_specs(value: Any) -> tuple[OptionSpec, ...]:
    """Return what the blocks of a question say, in order."""
    return tuple(_READERS[child.block_type](str(child.id or ""), child.value) for child in value)


def _option(key: str, value: Any) -> OptionSpec:
    return OptionSpec(key, value["text"], bool(value["right"]), value["feedback"])


def _step(key: str, value: Any) -> OptionSpec:
    return OptionSpec(key, value["text"], right=True, feedback=value["feedback"])


def _pair(key: str, value: Any) -> OptionSpec:
    return OptionSpec(key, value["left"], right=True, feedback=value["feedback"], partner=value["right"])


def _accepted(key: str, value: Any) -> OptionSpec:
    return OptionSpec(key, value["text"], right=True, feedback="")


def _near(key: str, value: Any) -> OptionSpec:
    return OptionSpec(key, value["text"], right=False, feedback=value["feedback"])


def _spot(key: str, value: Any) -> OptionSpec:
    spot = Spot(value["left"], value["top"], value["width"], value["height"])
    return OptionSpec(key, value["text"], bool(value["right"]), value["feedback"], spot=spot)


def _point(key: str, value: Any) -> OptionSpec:
    return OptionSpec(key, value["text"], right=False, feedback="")


_READERS: dict[str, Callable[[str, Any], OptionSpec]] = {
    "option": _option,
    "step": _step,
    "pair": _pair,
    "accepted": _accepted,
    "near": _near,
    "spot": _spot,
    "point": _point,
}
