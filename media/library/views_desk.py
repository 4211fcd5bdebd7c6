"""Wagtail's screens for deleting a file, behind a look at who holds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from wagtail.documents.views import documents
from wagtail.images.views import images
from wagtailmedia.views import media

from media.library.models import Download, KeptWhileUsed, Picture, Sound
from media.library.models.files import refuse_held

View = Callable[..., HttpResponseBase]


def unless_held(model: type[KeptWhileUsed], view: View, *, back: str) -> View:
    """Return Wagtail's view for deleting; a file that something holds is refused there in words."""

    def guarded(request: HttpRequest, pk: int, **_nothing: Any) -> HttpResponseBase:
        """Say who holds the file, or let Wagtail delete it."""
        try:
            refuse_held(get_object_or_404(model, pk=pk))
        except PermissionDenied as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
        return view(request, pk)

    return guarded


def _picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    view: View = images.DeleteView.as_view()
    return view(request, image_id=pk)


def _document(request: HttpRequest, pk: int) -> HttpResponseBase:
    view: View = documents.DeleteView.as_view()
    return view(request, document_id=pk)


def _sound(request: HttpRequest, pk: int) -> HttpResponseBase:
    return media.delete(request, pk)  # type: ignore[no-any-return] # wagtailmedia has no types


# At Wagtail's own addresses; ours are asked first.
urlpatterns: list[URLPattern] = [
    path(
        "images/<int:pk>/delete/",
        unless_held(Picture, _picture, back="wagtailimages:index"),
        name="library_delete_picture",
    ),
    path(
        "documents/delete/<int:pk>/",
        unless_held(Download, _document, back="wagtaildocs:index"),
        name="library_delete_document",
    ),
    path(
        "media/delete/<int:pk>/",
        unless_held(Sound, _sound, back="wagtailmedia:index"),
        name="library_delete_sound",
    ),
]
