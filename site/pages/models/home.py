"""The public home."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import BaseTranslatableField

from core.fields import BlocksField
from pages import routing
from pages.blocks import ActionBlocks, HomeBlocks
from pages.drawing import draw, surroundings


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

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a page below by its whole address; step by step where that is not possible."""
        found = routing.route(self, path_components) if path_components else None
        return found or super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the sections, drawn once, and the way to the other language."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(surroundings(self, request))
        context.update(draw(self, [("public", "body")], {**context, "wrapped": self.wrapped}))
        return context
