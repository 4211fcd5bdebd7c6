"""The entrance to the podcast."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.url_routing import RouteResult

from media.podcast.models.episode import EpisodePage
from media.podcast.models.served import ServedPage
from media.podcast.models.show import ShowPage


class PodcastIndexPage(ServedPage):
    """All shows of one language; a show of another language is found here too and sends the visitor on."""

    intro = models.TextField(
        _("introduction"),
        max_length=600,
        blank=True,
        help_text=_("What somebody hears here, in two or three sentences."),
    )

    template = "podcast/index_page.html"
    subpage_types = ["podcast.ShowPage"]
    content_panels = [*ServedPage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("podcast entrance")
        verbose_name_plural = _("podcast entrances")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Route as always; where nothing is found, look for a show of that name in another language."""
        found = self.page_below(path_components)
        if found is not None:
            return RouteResult(found)
        try:
            return super().route(request, path_components)
        except Http404:
            elsewhere = self.show_elsewhere(path_components)
            if elsewhere is None:
                raise
            return RouteResult(self, kwargs={"moved_to": elsewhere})

    def page_below(self, path_components: list[str]) -> ShowPage | EpisodePage | None:
        """Return the published show or episode at this address, in one query where Wagtail's steps take four."""
        url_path = self.url_path + "".join(f"{part}/" for part in path_components)
        found: ShowPage | EpisodePage | None = None
        if len(path_components) == 1:
            found = (
                ShowPage.objects.live().select_related("artwork", "locale").filter(url_path=url_path).first()
            )
        if len(path_components) == 2:
            wanted = EpisodePage.objects.live().select_related("sound", "artwork", "locale")
            found = wanted.filter(url_path=url_path).first()
        return found

    def show_elsewhere(self, path_components: list[str]) -> str | None:
        """Return the address of the show or episode of this name that stands in another language's tree."""
        if not path_components:
            return None
        show = (
            ShowPage.objects.live().filter(slug=path_components[0]).exclude(locale_id=self.locale_id).first()
        )
        if show is None or show.url is None:
            return None
        return str(show.url) + "".join(f"{part}/" for part in path_components[1:])

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the page, or send the visitor to the show in its own language."""
        moved_to = kwargs.pop("moved_to", None)
        if moved_to:
            return redirect(moved_to)
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        return response
