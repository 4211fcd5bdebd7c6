"""Building stones of show notes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LinkBlock(blocks.StructBlock):
    """Something to read or to call, with a sentence about why."""

    label = blocks.CharBlock(label=_("what it is"), max_length=120)
    url = blocks.URLBlock(label=_("address"))
    note = blocks.CharBlock(label=_("why"), max_length=200, required=False)

    class Meta:
        icon = "link"
        label = _("link")
        template = "podcast/blocks/link.html"


class SourceBlock(blocks.StructBlock):
    """A sentence with a medical claim, and where it comes from."""

    claim = blocks.TextBlock(label=_("what is said"), rows=2)
    source = blocks.CharBlock(
        label=_("source"), max_length=200, help_text=_("Author or organisation, title, edition.")
    )
    url = blocks.URLBlock(label=_("address"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("claim with its source")
        template = "podcast/blocks/source.html"


class NotesBlocks(blocks.StreamBlock):
    """Show notes: what stands below an episode, and in the feed."""

    text = blocks.RichTextBlock(label=_("text"), features=["h3", "bold", "italic", "ol", "ul", "link"])
    link = LinkBlock()
    claim = SourceBlock()
