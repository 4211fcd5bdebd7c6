"""Panels of the editors' forms that several rooms use."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel


def sources_panel() -> HelpPanel:
    """Return the panel that names the sources to look at of the page that is open, its questions and cases included."""
    return HelpPanel(
        template="pages/desk/sources_panel.html", heading=_("Sources to check"), classname="collapsed"
    )
