"""Blocks that claim nothing: text, pictures, call-outs, cards, steps, questions, quotes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from pages.blocks.choosers import ReadyChooserBlock
from pages.blocks.links import LinkBlock, OptionalLinkBlock
from pages.glossary import glossary_in, mark_terms

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SENTENCE_FEATURES = ["bold", "italic", "ol", "ul", "link"]
LINE_FEATURES = ["bold", "italic", "link"]

DRAWINGS = [
    ("steps", _("steps, with somebody standing still halfway")),
    ("two_on_steps", _("two people on the steps")),
    ("consultation", _("a conversation in the consulting room")),
    ("sunrise", _("sunrise over the hills")),
    ("way_training", _("two chairs by the window")),
    ("way_podcast", _("a microphone and sound waves")),
    ("way_medical", _("an open book and a plant")),
]
PORTRAITS = [
    ("portrait_mevrouw_t", _("a woman with short grey hair")),
    ("portrait_mevrouw_d", _("a woman in an armchair")),
]


def terms_block() -> blocks.ListBlock:
    """Return the choice of words that a text explains."""
    return blocks.ListBlock(
        ReadyChooserBlock("pages.GlossaryTerm"),
        label=_("glossary terms"),
        default=[],
        help_text=_("The first time such a word stands in this text, it can be tapped for its meaning."),
    )


def with_terms(value: Any, context: dict[str, Any]) -> dict[str, Any]:
    """Return a block's text as `html` with its terms marked, and the `new_terms` that this page has not explained yet."""
    new = glossary_in(context).first_time([term for term in value["terms"] if term])
    return {"html": mark_terms(str(value["text"]), new), "new_terms": new}


class TextBlock(blocks.StructBlock):
    """Running text; chosen glossary terms explain themselves beside it."""

    text = blocks.RichTextBlock(
        label=_("text"),
        features=TEXT_FEATURES,
        help_text=_("Short sentences. Write “u” to patients and the public."),
    )
    terms = terms_block()

    class Meta:
        label = _("text")
        icon = "pilcrow"
        template = "pages/blocks/text.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the text with its terms marked, and the terms that this page has not explained yet."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        return {**context, **with_terms(value, context)}


class CalloutBlock(blocks.StructBlock):
    """A few sentences set apart."""

    tone = blocks.ChoiceBlock(
        label=_("tone"),
        choices=[
            ("petrol", _("good to know")),
            ("moss", _("encouragement")),
            ("ochre", _("mind this")),
            ("red", _("danger")),
        ],
        default="petrol",
        help_text=_("“Danger” only for what can harm somebody."),
    )
    title = blocks.CharBlock(
        label=_("title"), max_length=120, help_text=_("What it is about, in a few words.")
    )
    text = blocks.RichTextBlock(
        label=_("text"), features=SENTENCE_FEATURES, help_text=_("At most three sentences.")
    )

    class Meta:
        label = _("call-out")
        icon = "warning"
        template = "pages/blocks/callout.html"


class PictureBlock(blocks.StructBlock):
    """A picture of the library with the words that stand in for it."""

    picture = ImageChooserBlock(
        label=_("picture"), help_text=_("From the library, with its rights filled in.")
    )
    alt = blocks.CharBlock(
        label=_("alternative text"),
        required=False,
        max_length=300,
        help_text=_(
            "What somebody who cannot see it needs to know here. Empty: the words kept with the picture."
        ),
    )
    decorative = blocks.BooleanBlock(
        label=_("only decoration"),
        required=False,
        help_text=_("Tick when nobody misses anything without the picture."),
    )
    caption = blocks.CharBlock(
        label=_("caption"), required=False, max_length=250, help_text=_("Stands under the picture.")
    )

    class Meta:
        label = _("picture")
        icon = "image"
        template = "pages/blocks/picture.html"

    def clean(self, value: Any) -> Any:
        """Refuse a picture that says nothing to somebody who cannot see it."""
        cleaned = super().clean(value)
        words = cleaned.get("alt") or getattr(cleaned.get("picture"), "alt_text", "")
        if cleaned.get("picture") and not words and not cleaned.get("decorative"):
            raise blocks.StructBlockValidationError(
                {"alt": ValidationError(_("Say what the picture shows, or tick that it is only decoration."))}
            )
        return cleaned


class DrawingBlock(blocks.StructBlock):
    """One of the drawings of the house."""

    drawing = blocks.ChoiceBlock(
        label=_("drawing"), choices=DRAWINGS, help_text=_("The drawings that belong to the house.")
    )
    alt = blocks.CharBlock(
        label=_("alternative text"),
        required=False,
        max_length=300,
        help_text=_("What it shows, for somebody who cannot see it. Leave empty only for decoration."),
    )
    caption = blocks.CharBlock(
        label=_("caption"), required=False, max_length=250, help_text=_("Stands under the drawing.")
    )

    class Meta:
        label = _("drawing")
        icon = "image"
        template = "pages/blocks/drawing.html"


class CardBlock(blocks.StructBlock):
    """One card: where it leads and what is there."""

    title = blocks.CharBlock(label=_("title"), max_length=80, help_text=_("What the reader finds there."))
    text = blocks.TextBlock(
        label=_("text"), required=False, max_length=240, help_text=_("One or two sentences.")
    )
    link = LinkBlock(label=_("link"))

    class Meta:
        label = _("card")


class CardsBlock(blocks.StructBlock):
    """A few cards beside each other."""

    title = blocks.CharBlock(
        label=_("heading"), required=False, max_length=120, help_text=_("Stands above the cards.")
    )
    cards = blocks.ListBlock(CardBlock(), label=_("cards"), min_num=1, max_num=9)

    class Meta:
        label = _("cards")
        icon = "grip"
        template = "pages/blocks/cards.html"


class StepBlock(blocks.StructBlock):
    """One step of several."""

    title = blocks.CharBlock(label=_("title"), max_length=120, help_text=_("What happens in this step."))
    text = blocks.RichTextBlock(
        label=_("text"), features=LINE_FEATURES, required=False, help_text=_("Two sentences at most.")
    )

    class Meta:
        label = _("step")


class StepsBlock(blocks.StructBlock):
    """What happens one after the other."""

    steps = blocks.ListBlock(StepBlock(), label=_("steps"), min_num=2)

    class Meta:
        label = _("steps")
        icon = "list-ol"
        template = "pages/blocks/steps.html"


class QuestionBlock(blocks.StructBlock):
    """A question that opens onto its answer."""

    question = blocks.CharBlock(label=_("question"), max_length=160, help_text=_("As somebody would ask it."))
    answer = blocks.RichTextBlock(
        label=_("answer"),
        features=SENTENCE_FEATURES,
        help_text=_("Medical facts belong in a claim with its source, not here."),
    )

    class Meta:
        label = _("question and answer")
        icon = "help"
        template = "pages/blocks/question.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, with the way to hear it."""

    quote = blocks.TextBlock(
        label=_("quote"), max_length=400, help_text=_("Without quotation marks; the site adds them.")
    )
    who = blocks.CharBlock(label=_("who"), max_length=120, help_text=_("As the person agreed to be named."))
    about = blocks.CharBlock(
        label=_("about this voice"),
        required=False,
        max_length=160,
        help_text=_("For example “story put together from several people, spoken by an actor”."),
    )
    portrait = blocks.ChoiceBlock(
        label=_("portrait"),
        choices=PORTRAITS,
        required=False,
        help_text=_("A drawn portrait, never a photograph."),
    )
    link = OptionalLinkBlock(label=_("episode"))

    class Meta:
        label = _("quote")
        icon = "openquote"
        template = "pages/blocks/quote.html"
