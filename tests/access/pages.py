"""Who may open the addresses of the public site."""

from __future__ import annotations

from tests.access.table import Row
from tests.access.worlds import World, thing
from tests.pages.factories import SourceFactory, content_page, translation_of


@thing
def source(world: World):
    return SourceFactory.create()


@thing
def translation(world: World):
    return translation_of(content_page(), by=world.people["editor"])


ROWS = [
    Row("desk_confirm_source", {"medical_reviewer"}, make=lambda world: {"pk": world.source.pk}),
    Row(
        "desk_ask_translation",
        {"editor", "medical_reviewer"},
        make=lambda world: {"pk": world.translation.pk},
    ),
    Row(
        "desk_hand_in_translation",
        {"editor", "medical_reviewer"},
        make=lambda world: {"pk": world.translation.pk},
        method="post",
    ),
    Row("desk_sources_report", {"editor", "medical_reviewer"}),
    Row("desk_sources_report_results", {"editor", "medical_reviewer"}),
    Row("wagtailcore_login", {"everyone"}, answers={302}, note="Leads to the ordinary sign-in."),
    Row("pages:search", {"everyone"}),
    Row("pages_machines:sitemap", {"everyone"}),
    Row("pages_machines:robots", {"everyone"}),
]
