"""Handing out stored files to whoever may have them."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail import hooks

from core.storages import public_storage
from media.library.delivery import FOREVER, MIMES, PRIVATE, Stored, deliver
from media.library.models import Captions, Download, Film, Guarded, Sound
from media.library.permissions import may_fetch


@login_not_required
@require_safe
def public_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Hand out a public file; its name changes with its content, so it may be kept for ever."""
    return deliver(request, Stored(public_storage(), path, cache=FOREVER))


@login_not_required
@require_safe
def sound(request: HttpRequest, uuid: UUID, ending: str) -> HttpResponseBase:
    """Hand out a sound to whoever may hear it."""
    found = get_object_or_404(Sound, uuid=uuid)
    if found.file_extension.lower() != ending:
        raise Http404(_("This file does not exist (any more)."))
    return guarded(request, found)


@login_not_required
@require_safe
def film(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Hand out a film to whoever may see it."""
    return guarded(request, get_object_or_404(Film, uuid=uuid))


@login_not_required
@require_safe
def captions(request: HttpRequest, uuid: UUID, language: str) -> HttpResponseBase:
    """Hand out the captions of a film as WebVTT, to whoever may see the film."""
    found = get_object_or_404(Captions.objects.select_related("film"), film__uuid=uuid, language=language)
    if not may_fetch(request.user, found.film):
        return refused(request)
    headers = {"Content-Type": MIMES["vtt"], "Cache-Control": PRIVATE}
    return HttpResponse(found.vtt(), headers=headers)


@login_not_required
@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Hand out a document; Wagtail's own restrictions on collections hold beside its audience."""
    found = get_object_or_404(Download, pk=document_id)
    if found.filename != document_filename:
        raise Http404(_("This file does not exist (any more)."))
    for restriction in hooks.get_hooks("before_serve_document"):
        refusal = restriction(found, request)
        if isinstance(refusal, HttpResponse):
            return refusal
    return guarded(request, found)


def guarded(request: HttpRequest, item: Guarded) -> HttpResponseBase:
    """Hand out a private file to whoever may have it."""
    file = item.file  # type: ignore[attr-defined] # every guarded model has one
    if may_fetch(request.user, item):
        return deliver(request, Stored(file.storage, file.name, cache=PRIVATE))
    return refused(request)


def refused(request: HttpRequest) -> HttpResponseBase:
    """Ask a visitor to sign in; a member who may not have the file learns nothing of it."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404(_("This file does not exist (any more)."))
