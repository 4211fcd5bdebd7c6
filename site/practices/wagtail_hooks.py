"""What editors may change of this room: the comparisons beside a practice's figures."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from practices.models import Comparison


class ComparisonViewSet(SnippetViewSet):
    """Sentences on what other practices saw, each with its source."""

    model = Comparison
    icon = "success"
    list_display = ("text", "source")
    panels = (FieldPanel("text"), FieldPanel("text_fr"), FieldPanel("source"), FieldPanel("position"))


register_snippet(ComparisonViewSet)
