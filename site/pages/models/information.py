"""Pages of text: medical information in two layers, and everything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.fields import BlocksField
from pages.blocks import BodyBlocks
from pages.drawing import draw, shown
from pages.panels import sources_panel


class _ReadablePage(Page):
    """What every page of text has: an introduction and blocks."""

    lead = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("Two or three sentences that already answer the question of the page."),
    )

    leaves_tombstone = True
    """Its address answers 410 once it was withdrawn."""
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]
    search_fields = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what stands around the text, and the layers of text, drawn once."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **shown(self, request, self.drawn)}

    def drawn(self) -> dict[str, Any]:
        """Return the text as everybody sees it."""
        return draw(self, self.layers())

    def layers(self) -> list[tuple[str, str]]:
        """Return the key and the field of each layer of text."""
        return [("public", "body")]


class ContentPage(_ReadablePage):
    """A page about the project itself: who we are, what happens to data, accessibility."""

    body = BlocksField(BodyBlocks(), verbose_name=_("text"), blank=True, help_text=_("From top to bottom."))

    template = "pages/content_page.html"
    parent_page_types = ["pages.HomePage", "pages.ContentPage"]
    subpage_types = ["pages.ContentPage"]
    search_fields = [*_ReadablePage.search_fields, index.SearchField("body")]
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body"), sources_panel()]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")


@dataclass(frozen=True)
class Topic:
    """A medical page as its entrance lists it."""

    title: str
    url: str
    lead: str


class MedicalIndexPage(_ReadablePage):
    """The way into medical information."""

    body = BlocksField(
        BodyBlocks(), verbose_name=_("text"), blank=True, help_text=_("Stands under the list of pages.")
    )

    template = "pages/medical_index_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.MedicalPage"]
    max_count_per_parent = 1
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body"), sources_panel()]

    class Meta:
        verbose_name = _("medical information, entrance")
        verbose_name_plural = _("medical information, entrances")

    def drawn(self) -> dict[str, Any]:
        """Add the pages below, in the editor's order."""
        below = MedicalPage.objects.child_of(self).live().order_by("path")
        return {**super().drawn(), "topics": [Topic(page.title, page.url, page.lead) for page in below]}


class MedicalPage(_ReadablePage):
    """Medical information in two layers: for everybody (B1, *u*) and for professionals."""

    body = BlocksField(
        BodyBlocks(),
        verbose_name=_("for everybody"),
        blank=True,
        help_text=_("Short sentences, “u”, no jargon. Every medical fact in a claim with its source."),
    )
    professional = BlocksField(
        BodyBlocks(),
        verbose_name=_("for professionals"),
        blank=True,
        help_text=_(
            "For practice nurses, general practitioners and pharmacists; “je”. Facts with their source."
        ),
    )
    review_due = models.DateField(
        _("check again before"),
        null=True,
        blank=True,
        help_text=_("After this day the page shows up as due on the editors' desk."),
    )

    template = "pages/medical_page.html"
    parent_page_types = ["pages.MedicalIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("review_due", overridable=False),
    ]
    search_fields = [
        *_ReadablePage.search_fields,
        index.SearchField("body"),
        index.SearchField("professional"),
    ]
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body"), sources_panel()]
    professional_panels = [FieldPanel("professional")]
    check_panels = [MultiFieldPanel([FieldPanel("review_due")], heading=_("Checking"))]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("For everybody")),
            ObjectList(professional_panels, heading=_("For professionals")),
            ObjectList([*check_panels, *Page.promote_panels], heading=_("Checking and address")),
            ObjectList(Page.settings_panels, heading=_("Planning")),
        ]
    )

    class Meta:
        verbose_name = _("medical information")
        verbose_name_plural = _("medical information")

    def layers(self) -> list[tuple[str, str]]:
        """Return both layers; the professional one only when something stands in it."""
        return [("public", "body"), *([("professional", "professional")] if self.professional else [])]
