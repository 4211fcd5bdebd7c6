"""Where a claim comes from."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PreviewableMixin, RevisionMixin
from wagtail.search import index

from core.models import TimeStamped
from pages.notes import Note


class SourceKind(models.TextChoices):
    """What sort of document a source is."""

    GUIDELINE = "guideline", _("guideline")
    HANDBOOK = "handbook", _("handbook or formulary")
    STUDY = "study", _("study")
    REVIEW = "review", _("overview of studies")
    PROGRAMME = "programme", _("programme or project")
    PRODUCT_TEXT = "product_text", _("product text or leaflet")
    WEB_PAGE = "web_page", _("web page")
    OTHER = "other", _("other")


class Source(RevisionMixin, PreviewableMixin, index.Indexed, TimeStamped):
    """A document that claims rest on: one row for all languages, so that it is checked once.

    The title stands as the document prints it, in its own language. `reviewed_on` is the day on which somebody last
    read the claims against it, `review_due` the day on which that must happen again. `verified_at` is filled by the
    medical reviewer alone (`pages.actions.verify_source`), for the facts as they then stood: whoever changes one of
    them makes the source unconfirmed again.
    """

    key = models.SlugField(
        _("short name"),
        unique=True,
        null=True,
        blank=True,
        help_text=_("By which content files refer to this source; leave it as it is."),
    )
    title = models.CharField(
        _("title"), max_length=300, help_text=_("As the document prints it, in its own language.")
    )
    publisher = models.CharField(
        _("publisher"), max_length=200, help_text=_("The organisation or the authors behind it.")
    )
    edition = models.CharField(
        _("edition or year"),
        max_length=120,
        blank=True,
        help_text=_("For example “2014, second revision”. Leave empty when the document does not say."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=SourceKind.choices,
        default=SourceKind.WEB_PAGE,
        help_text=_("What sort of document this is."),
    )
    url = models.URLField(
        _("address"), max_length=500, blank=True, help_text=_("Where a reader can open it, if anywhere.")
    )
    second_hand = models.BooleanField(
        _("second-hand"),
        default=False,
        help_text=_("Tick when this document only reports what another one says. Readers see that."),
    )
    remark = models.CharField(
        _("remark in Dutch"),
        max_length=300,
        blank=True,
        help_text=_("One sentence for the reader, for example what was converted or could not be read."),
    )
    remark_fr = models.CharField(
        _("remark in French"), max_length=300, blank=True, help_text=_("The same sentence in French.")
    )
    reviewed_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("The day on which the claims were last held against this document."),
    )
    review_due = models.DateField(
        _("check again before"),
        null=True,
        blank=True,
        help_text=_("After this day the source shows up as due on the editors' desk."),
    )
    verified_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)
    verified_facts = models.CharField(max_length=64, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("publisher"),
        index.AutocompleteField("publisher"),
        index.FilterField("kind"),
    ]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("publisher"), FieldPanel("edition")]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("url")]),
                FieldPanel("key"),
                FieldPanel("second_hand"),
            ],
            heading=_("The document"),
        ),
        MultiFieldPanel([FieldPanel("remark"), FieldPanel("remark_fr")], heading=_("Remark for readers")),
        FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_due")], heading=_("Checking")),
    ]

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher", "title"]

    def __str__(self) -> str:
        return self.citation

    @property
    def citation(self) -> str:
        """Return publisher, title and edition in one line."""
        edition = f" ({self.edition})" if self.edition else ""
        return f"{self.publisher}: {self.title}{edition}"

    @property
    def verified(self) -> bool:
        """Say whether the medical reviewer confirmed what stands here."""
        return self.verified_at is not None and self.verified_facts == self.facts_checksum()

    def facts_checksum(self) -> str:
        """Return a checksum (SHA-256, hexadecimal) of what identifies the document."""
        facts = [self.publisher, self.title, self.edition, self.kind, self.url, str(self.second_hand)]
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()

    @property
    def local_remark(self) -> str:
        """Return the remark in the reader's language; the Dutch one where there is no French."""
        return (self.remark_fr if get_language() == "fr" else "") or self.remark

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show the source as it stands at the end of a page."""
        return "pages/desk/source_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Return the source as the only note of a page."""
        return {**super().get_preview_context(request, mode_name), "notes": [Note(1, self, "")]}

    def overdue(self, today: dt.date | None = None) -> bool:
        """Say whether the source should have been checked again by now."""
        return self.review_due is not None and self.review_due < (today or timezone.localdate())
