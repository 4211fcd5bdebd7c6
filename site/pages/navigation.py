"""Where the public site stands in header and footer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, can
from core.navigation import Audience, NavItem, Place, register


def register_navigation() -> None:
    """Add the public pages; a page that is not there in the reader's language is left out by itself."""
    register(
        NavItem(_("Medical information"), "/medische-informatie/", audience=Audience.VISITOR, order=10),
        NavItem(_("Medical information"), "/medische-informatie/", audience=Audience.MEMBER, order=80),
        NavItem(
            _("Editors' desk"),
            "wagtailadmin_home",
            audience=Audience.MEMBER,
            order=50,
            icon="edit",
            allowed=lambda user: can(user, Permission.ENTER_EDITORS_DESK),
        ),
        NavItem(_("Take part"), "/meedoen/", audience=Audience.VISITOR, order=60),
        NavItem(_("Search"), "pages:search", place=Place.TOOLS, order=10, icon="search"),
        NavItem(_("Who we are"), "/wie-wij-zijn/", place=Place.FOOTER_SITE, order=10),
        NavItem(_("How we treat data"), "/gegevens/", place=Place.FOOTER_SITE, order=20),
        NavItem(_("Accessibility"), "/toegankelijkheid/", place=Place.FOOTER_SITE, order=30),
        NavItem(_("Tapering explained"), "/afbouwschema/", place=Place.FOOTER_MORE, order=20),
        NavItem(_("Take part"), "/meedoen/", place=Place.FOOTER_MORE, order=30),
    )
