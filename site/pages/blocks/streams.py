"""The streams that pages are made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.home import CallBlock, WaysBlock
from pages.blocks.links import LinkBlock
from pages.blocks.medical import ClaimBlock, RedFlagsBlock, VersusBlock
from pages.blocks.plain import (
    CalloutBlock,
    CardsBlock,
    DrawingBlock,
    PictureBlock,
    QuestionBlock,
    QuoteBlock,
    StepsBlock,
    TextBlock,
)


class HeadingBlock(blocks.CharBlock):
    """A heading that also stands in the table of contents."""

    class Meta:
        label = _("heading")
        icon = "h2"
        template = "pages/blocks/heading.html"


class BodyBlocks(blocks.StreamBlock):
    """Everything that a page of text may hold."""

    heading = HeadingBlock(max_length=120, help_text=_("Starts a new part; stands in the table of contents."))
    text = TextBlock(group=_("Words"))
    claim = ClaimBlock(group=_("With source"))
    versus = VersusBlock(group=_("With source"))
    red_flags = RedFlagsBlock(group=_("With source"))
    callout = CalloutBlock(group=_("Words"))
    steps = StepsBlock(group=_("Words"))
    question = QuestionBlock(group=_("Words"))
    quote = QuoteBlock(group=_("Words"))
    picture = PictureBlock(group=_("Pictures"))
    drawing = DrawingBlock(group=_("Pictures"))
    cards = CardsBlock(group=_("Ways on"))

    class Meta:
        block_counts = {"red_flags": {"max_num": 1}}


class HomeBlocks(blocks.StreamBlock):
    """What the public home is made of, in the editor's order."""

    ways = WaysBlock()
    call = CallBlock()
    quote = QuoteBlock()
    text = TextBlock()
    cards = CardsBlock()


class ActionBlocks(blocks.StreamBlock):
    """At most two buttons; the first is the main one of the screen."""

    link = LinkBlock()

    class Meta:
        max_num = 2
