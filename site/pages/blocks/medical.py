"""Blocks that claim something, each with its sources (medical-safety rules 1, 2, 14 and 15)."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.choosers import ReadyChooserBlock
from pages.blocks.plain import SENTENCE_FEATURES, terms_block, with_terms
from pages.notes import Note, notes_in


class SourceRefBlock(blocks.StructBlock):
    """A source and the place in it."""

    source = ReadyChooserBlock("pages.Source", label=_("source"))
    where = blocks.CharBlock(
        label=_("place in it"), required=False, max_length=80, help_text=_("Page, table or chapter.")
    )

    class Meta:
        label = _("source")
        icon = "link"


class _WithNotes(blocks.StructBlock):
    """A block that adds its sources to the page's list."""

    def notes_of(self, value: Any, context: dict[str, Any]) -> list[Note]:
        """Return the numbered notes of this block."""
        notes = notes_in(context)
        return notes.add_all(value["sources"])


class ClaimBlock(_WithNotes):
    """Sentences that state a fact, with at least one source."""

    text = blocks.RichTextBlock(
        label=_("sentences"),
        features=SENTENCE_FEATURES,
        help_text=_("What the sources below say, in our own words. Nothing that they do not say."),
    )
    sources = blocks.ListBlock(SourceRefBlock(), label=_("sources"), min_num=1, help_text=_("At least one."))
    terms = terms_block()

    class Meta:
        label = _("claim with source")
        icon = "check"
        template = "pages/blocks/text.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the sentences with their note numbers and marked terms."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        marked = with_terms(value, context)
        return {**context, **marked, "html": with_refs(marked["html"], self.notes_of(value, context))}


class PositionBlock(blocks.StructBlock):
    """What one source says."""

    value = blocks.CharBlock(
        label=_("what it says"), max_length=60, help_text=_("Short and exact, for example “4 weeks”.")
    )
    who = blocks.CharBlock(
        label=_("who says it"), max_length=120, help_text=_("Organisation, country and year.")
    )
    remark = blocks.CharBlock(
        label=_("for whom or what"), required=False, max_length=200, help_text=_("What the figure is about.")
    )
    sources = blocks.ListBlock(
        SourceRefBlock(), label=_("sources"), min_num=1, max_num=1, help_text=_("The source that says it.")
    )

    class Meta:
        label = _("source's answer")


class VersusBlock(blocks.StructBlock):
    """Sources that disagree, side by side; never averaged."""

    question = blocks.CharBlock(
        label=_("question"), max_length=160, help_text=_("What the sources answer differently.")
    )
    hint = blocks.CharBlock(
        label=_("advice"),
        required=False,
        max_length=200,
        help_text=_("What the reader can do with the difference."),
    )
    positions = blocks.ListBlock(PositionBlock(), label=_("answers"), min_num=2, max_num=6)

    class Meta:
        label = _("sources side by side")
        icon = "list-ul"
        template = "pages/blocks/versus.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add each position with its note."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        notes = notes_in(context)
        rows = [
            (position, next(iter(notes.add_all(position["sources"])), None))
            for position in value["positions"]
        ]
        return {**context, "rows": rows}


class RedFlagsBlock(_WithNotes):
    """When to call at once; the words themselves are fixed (medical-safety rule 14)."""

    audience = blocks.ChoiceBlock(
        label=_("for"),
        choices=[("public", _("patients and public")), ("professional", _("professionals"))],
        default="public",
        help_text=_("Decides how the reader is addressed."),
    )
    sources = blocks.ListBlock(
        SourceRefBlock(), label=_("sources"), min_num=1, help_text=_("Where the signs are described.")
    )

    class Meta:
        label = _("red flags")
        icon = "warning"
        template = "pages/blocks/red_flags.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the little numbers of the sources."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        return {**context, "refs": refs(self.notes_of(value, context))}


def refs(notes: list[Note]) -> SafeString:
    """Return the little numbers that point at the list of sources."""
    return format_html_join(
        "",
        '<a class="ref" href="#{}"><span class="visually-hidden">{} </span>{}</a>',
        ((note.anchor, _("source"), note.number) for note in notes),
    )


def with_refs(html: str, notes: list[Note]) -> SafeString:
    """Put the numbers behind the last words of the first paragraph that ends the claim."""
    at = html.rfind("</p>")
    at = at if at >= 0 else len(html)
    return format_html("{}{}{}", mark_safe(html[:at]), refs(notes), mark_safe(html[at:]))  # noqa: S308 -- cleaned rich text
