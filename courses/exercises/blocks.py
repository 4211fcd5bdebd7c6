"""Building stones of questions and quizzes. The id of an option's block is the option's uuid."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.choosers import ReadyChooserBlock


class OptionBlock(blocks.StructBlock):
    """One option of a question."""

    text = blocks.TextBlock(label=_("option"), rows=2, max_length=400)
    right = blocks.BooleanBlock(label=_("this is right"), required=False)
    feedback = blocks.TextBlock(
        label=_("feedback"),
        rows=2,
        max_length=600,
        help_text=_(
            "Shown after the answer is checked. Begin with what somebody who chooses this means well, "
            "then say what else there is. Never only “wrong”."
        ),
    )

    class Meta:
        icon = "radio-full"
        label = _("option")
        label_format = "{text}"


class OptionsBlock(blocks.StreamBlock):
    """The options of a question, in the order in which they are shown."""

    option = OptionBlock()

    class Meta:
        min_num = 2
        max_num = 8


class QuizBlock(blocks.StreamBlock):
    """The questions of a quiz, in order."""

    question = ReadyChooserBlock("exercises.Question", label=_("question"))

    class Meta:
        min_num = 1
        max_num = 30


def options_of(value: Any) -> list[tuple[str, str, bool, str]]:
    """Return uuid, text, rightness and feedback of each option in a stream of options."""
    return [
        (str(child.id), child.value["text"], bool(child.value["right"]), child.value["feedback"])
        for child in value
    ]
