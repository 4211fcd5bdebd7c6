"""Films on the editors' desk, and what holds files back; the rest of the library has Wagtail's own screens."""

from __future__ import annotations

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from media.library.models import Film
from media.library.views_desk import urlpatterns


class FilmViewSet(SnippetViewSet):
    """Films with their captions, with what uses them."""

    model = Film
    icon = "media"
    menu_label = _("Films")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["title", "audience", "updated_at"]
    search_fields = ["title"]


register_snippet(FilmViewSet)


@hooks.register("register_admin_urls", order=-1)
def desk_urls() -> list[URLPattern]:
    """Stand before Wagtail's screens for deleting a file."""
    return urlpatterns
