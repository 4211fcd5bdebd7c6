"""Sections of the public home."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.links import LinkBlock
from pages.blocks.medical import SourceRefBlock, refs
from pages.blocks.plain import LINE_FEATURES
from pages.notes import notes_in


class WayBlock(blocks.StructBlock):
    """One way into the site."""

    drawing = blocks.ChoiceBlock(
        label=_("drawing"),
        choices=[
            ("way_training", _("two chairs by the window")),
            ("way_podcast", _("a microphone and sound waves")),
            ("way_medical", _("an open book and a plant")),
        ],
        help_text=_("Stands above the words."),
    )
    text = blocks.TextBlock(label=_("text"), max_length=240, help_text=_("What is there, for whom."))
    meta = blocks.CharBlock(
        label=_("small line"),
        required=False,
        max_length=120,
        help_text=_("For whom, how long, what it costs."),
    )
    link = LinkBlock(label=_("link"))

    class Meta:
        label = _("way in")


class WaysBlock(blocks.StructBlock):
    """Three ways into the site, beside each other."""

    title = blocks.CharBlock(
        label=_("heading"), max_length=120, help_text=_("Read out to people who cannot see the page.")
    )
    ways = blocks.ListBlock(WayBlock(), label=_("ways in"), min_num=2, max_num=3)

    class Meta:
        label = _("ways in")
        icon = "grip"
        template = "pages/blocks/ways.html"


class CallStepBlock(blocks.StructBlock):
    """One part of taking part."""

    title = blocks.CharBlock(label=_("part"), max_length=60, help_text=_("In one or two words."))
    text = blocks.CharBlock(label=_("what"), max_length=120, help_text=_("In a few words."))

    class Meta:
        label = _("part")


class CallBlock(blocks.StructBlock):
    """The dark band with the call to practices."""

    kicker = blocks.CharBlock(
        label=_("small line"), required=False, max_length=80, help_text=_("Stands above the heading.")
    )
    title = blocks.CharBlock(label=_("heading"), max_length=140, help_text=_("What is asked, in one line."))
    text = blocks.RichTextBlock(
        label=_("text"), features=LINE_FEATURES, help_text=_("Three sentences: why, what, what it gives.")
    )
    sources = blocks.ListBlock(
        SourceRefBlock(), label=_("sources"), default=[], help_text=_("For every figure in the text.")
    )
    links = blocks.ListBlock(LinkBlock(), label=_("buttons"), default=[], max_num=2)
    steps_title = blocks.CharBlock(
        label=_("heading of the parts"), max_length=80, help_text=_("For example “Taking part means”.")
    )
    steps = blocks.ListBlock(CallStepBlock(), label=_("parts"), default=[], max_num=8)

    class Meta:
        label = _("call")
        icon = "mail"
        template = "pages/blocks/call.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the notes, which stand within the band itself."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        notes = notes_in(context).add_all(value["sources"])
        return {**context, "band_notes": notes, "refs": refs(notes)}
