"""The public home."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField

from core.fields import BlocksField
from pages.blocks import ActionBlocks, HomeBlocks
from pages.drawing import draw, shown


class HomePage(Page):
    """The first page that a visitor sees, one per language; the root of that language's tree."""

    headline = models.CharField(
        _("headline"),
        max_length=160,
        blank=True,
        help_text=_(
            "The large sentence over the landscape. Without one, the site's own sentence stands there."
        ),
    )
    lead = models.TextField(
        _("introduction"), max_length=400, blank=True, help_text=_("Two sentences: who finds what here.")
    )
    actions = BlocksField(
        ActionBlocks(),
        verbose_name=_("buttons"),
        blank=True,
        help_text=_("At most two; the first is the main one."),
    )
    body = BlocksField(
        HomeBlocks(),
        verbose_name=_("sections"),
        blank=True,
        help_text=_("The sections under the landscape, from top to bottom."),
    )

    template = "pages/home_page.html"
    wrapped = ("quote", "text", "cards")  # sections that do not bring their own width
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 2
    override_translatable_fields = [BaseTranslatableField("slug")]  # each language has its own
    search_fields = [*Page.search_fields, index.SearchField("lead")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("actions"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("public home")
        verbose_name_plural = _("public homes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the buttons and sections, drawn once, and the way to the other language."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **shown(self, request, self.drawn)}

    def drawn(self) -> dict[str, Any]:
        """Return the buttons and the sections as everybody sees them."""
        buttons = [(action.value["label"], action.value.href) for action in self.actions]
        return {
            "buttons": [(label, href) for label, href in buttons if href],
            **draw(self, [("public", "body")], wrapped=self.wrapped),
        }
