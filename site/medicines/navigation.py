"""Where substances stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, can
from core.navigation import Audience, NavItem, Place, register


def register_navigation() -> None:
    """Add the list of substances for professionals."""
    register(
        NavItem(
            _("Substances"),
            "medicines:substances",
            place=Place.FOOTER_MORE,
            audience=Audience.MEMBER,
            order=25,
            allowed=lambda user: can(user, Permission.VIEW_PROFESSIONAL_LAYER),
        )
    )
