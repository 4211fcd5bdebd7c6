"""Substances on the editors' desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from medicines.models import Substance


class SubstanceViewSet(SnippetViewSet):
    """Substances with their facts; tables of equivalents are fixed and have no form."""

    model = Substance
    icon = "pill"
    menu_label = _("Substances")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name", "kind", "half_life_class"]
    list_filter = ["kind"]


register_snippet(SubstanceViewSet)
