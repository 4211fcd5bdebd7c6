"""Cases: fictitious patients that lessons choose, kept once and pinned in every edition."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from core.fields import BlocksField
from courses.catalogue import rendering
from courses.catalogue.blocks import CaseSources, CaseWords
from pages.panels import sources_panel


class Case(
    WorkflowMixin,
    DraftStateMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """An invented patient: who it is, the situation, what they say. Every screen says that nobody is meant by it."""

    title = models.CharField(
        _("title"),
        max_length=120,
        help_text=_("Stands above the case, for example “Thirty years, one tablet”."),
    )
    person = models.CharField(
        _("who it is"),
        max_length=120,
        help_text=_("An invented first name and an age, for example “Rie, 79”. Never somebody you know."),
    )
    portrait = models.ForeignKey(
        "library.Picture",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A drawing; never a photo of a patient."),
    )
    situation = RichTextField(
        _("situation"),
        features=["bold", "italic", "ul"],
        help_text=_("What the reader knows before the first word: what is taken, since when, what goes on."),
    )
    said = BlocksField(
        CaseWords(),
        verbose_name=_("what they say"),
        blank=True,
        help_text=_("In their own words, one thought at a time."),
    )
    sources = BlocksField(
        CaseSources(),
        verbose_name=_("sources"),
        blank=True,
        help_text=_("Where the medical facts of this case come from. Every medical claim needs one."),
    )

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("person"),
        index.SearchField("situation"),
        index.FilterField("locale_id"),
    ]
    panels = [
        FieldPanel("title"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("person"), FieldPanel("portrait")]), FieldPanel("situation")],
            heading=_("The person"),
        ),
        FieldPanel("said"),
        FieldPanel("sources"),
        sources_panel(),
        PublishingPanel(),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["title"]

    def __str__(self) -> str:
        return str(self.title)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show the case as it stands in a lesson."""
        return "catalogue/case_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Return the case drawn with its sources as they stand."""
        return {**super().get_preview_context(request, mode_name), "html": rendering.case_html(self)}
