"""Building stones of public pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class HomeBlocks(blocks.StreamBlock):
    """What the public home is made of, in the editor's order."""

    text = blocks.RichTextBlock(label=_("text"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link"])
