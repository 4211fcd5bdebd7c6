"""Who may open the addresses that libraries bring."""

from __future__ import annotations

from tests.access.table import Row

DESK = {"editors"}


ROWS = [
    Row(
        "wagtail_serve",
        {"everyone"},
        make=lambda world: ("",),
        answers={404},
        note="Pages are public; which of them exist is the pages room's.",
    ),
    # Wagtail's admin and everything registered in it: only those who may enter the editors' desk.
    Row("wagtailadmin_*", DESK),
    Row("wagtail_bulk_action*", DESK),
    Row("wagtail_localize:*", DESK),
    Row("wagtailmedia:*", DESK),
    Row("wagtailforms:*", DESK),
    Row("wagtailredirects:*", DESK),
    Row("wagtailsettings:*", DESK),
    Row("wagtailembeds:*", DESK),
    Row("wagtailsnippets*", DESK),
    Row("wagtailsnippetchoosers*", DESK),
    Row("wagtaildocs:*", DESK),
    Row("wagtaildocs_chooser:*", DESK),
    Row("wagtailimages:*", DESK),
    Row("wagtailimages_chooser:*", DESK),
    Row("wagtaillocales:*", DESK),
    Row("wagtailsites:*", DESK),
    # Users and groups follow from roles; Wagtail's own screens for them are closed.
    Row("wagtailusers_*", {"nobody"}),
]
