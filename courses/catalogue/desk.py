"""What our own screens on the editors' desk have in common with Wagtail's."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def screen(title: str, *trail: tuple[str, str], icon: str) -> dict[str, Any]:
    """Return what `catalogue/admin/screen.html` needs: the title, and the way there as pairs of label and address."""
    steps = [(_("Desk"), reverse("wagtailadmin_home")), *trail, (title, "")]
    return {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [{"label": label, "url": url} for label, url in steps],
    }
