"""Words that need explaining."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import RevisionMixin, TranslatableMixin
from wagtail.search import index

from core.models import TimeStamped


class GlossaryTerm(TranslatableMixin, RevisionMixin, index.Indexed, TimeStamped):
    """A word and what it means, in plain language; one row per language."""

    term = models.CharField(_("word"), max_length=80, help_text=_("As it mostly stands in the texts."))
    other_forms = models.CharField(
        _("other forms"),
        max_length=200,
        blank=True,
        help_text=_("Plurals and other spellings, with commas between them."),
    )
    explanation = models.TextField(
        _("explanation"), max_length=400, help_text=_("One or two short sentences, without other hard words.")
    )

    search_fields = [index.SearchField("term"), index.AutocompleteField("term")]
    panels = [FieldPanel("term"), FieldPanel("other_forms"), FieldPanel("explanation")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    @property
    def words(self) -> list[str]:
        """Return every form of the word, the longest first, so that it is marked whole."""
        forms = [self.term, *(form.strip() for form in self.other_forms.split(","))]
        return sorted(filter(None, forms), key=len, reverse=True)
