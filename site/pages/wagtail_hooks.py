"""The editors' desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from pages.models import Source


class SourceViewSet(SnippetViewSet):
    """Sources, with what uses them."""

    model = Source
    icon = "link"
    menu_label = _("Sources")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["title", "publisher", "edition", "reviewed_on", "review_due"]
    list_filter = ["kind", "second_hand"]
    search_fields = ["title", "publisher"]


register_snippet(SourceViewSet)
