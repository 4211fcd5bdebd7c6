"""What podcast apps and other sites fetch: feeds, sound, transcripts, chapters, the small player."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from core.withdrawn import Withdrawn
from media.library.delivery import Stored, deliver
from media.library.timed_text import write_plain, write_srt, write_vtt
from media.podcast.feed import VERSION, write_feed
from media.podcast.models import EpisodePage
from media.podcast.queries import (
    cover_of,
    for_feed,
    lines_of,
    published_episodes,
    published_shows,
    stamp_of,
)
from media.podcast.showing import player_context

A_MINUTE = "public, max-age=60"
WRITERS = {
    "vtt": (write_vtt, "text/vtt"),
    "srt": (write_srt, "application/x-subrip"),
    "txt": (write_plain, "text/plain"),
}
ANY_SITE_MAY_FRAME: dict[str, Any] = {**settings.SECURE_CSP, "frame-ancestors": ["*"]}


def for_apps[Response: HttpResponseBase](response: Response) -> Response:
    """Let apps that run in a browser read it, and let it be gone within a minute when it is withdrawn."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = A_MINUTE
    return response


@login_not_required
@require_safe
def feed(request: HttpRequest, show: str) -> HttpResponse:
    """Return the feed of a show; nothing but the validators is computed for who has it already."""
    found = get_object_or_404(published_shows(), slug=show)
    stamp = stamp_of(found)
    tag, changed = stamp.tag(found, VERSION), stamp.changed
    seconds = int(changed.timestamp()) if changed else None
    unchanged = get_conditional_response(request, tag, seconds)
    if unchanged is not None:
        return for_apps(unchanged)
    with translation.override(found.locale.language_code):
        written = cache.get_or_set(
            f"podcast:feed:{tag}", lambda: write_feed(found, for_feed(found), changed), timeout=3600
        )
    response = HttpResponse(written, content_type="application/rss+xml; charset=utf-8")
    response.headers["ETag"] = tag
    if seconds is not None:
        response.headers["Last-Modified"] = http_date(seconds)
    return for_apps(response)


def published(uuid: UUID) -> EpisodePage:
    """Return the published episode with this uuid; raise `Withdrawn` when it was one, `Http404` when there is none."""
    found = published_episodes().filter(uuid=uuid).first()
    if found is not None:
        return found
    if EpisodePage.objects.filter(uuid=uuid, live=False).exclude(first_published_at=None).exists():
        raise Withdrawn
    raise Http404(_("There is no such episode."))


@login_not_required
@require_safe
def enclosure(request: HttpRequest, uuid: UUID, ending: str) -> HttpResponseBase:
    """Hand out the sound of a published episode; the address holds no name, so renaming changes nothing."""
    episode = published(uuid)
    if ending != episode.sound.file_extension.lower():
        return redirect(episode.enclosure_path)
    file = episode.sound.file
    filename = f"{episode.slug}.{ending}"
    return for_apps(deliver(request, Stored(file.storage, file.name, filename=filename, cache=A_MINUTE)))


@login_not_required
@require_safe
def transcript(request: HttpRequest, uuid: UUID, language: str, ending: str) -> HttpResponse:
    """Return what is said in an episode, as WebVTT, SubRip or text to read."""
    found = lines_of(published(uuid), language)
    if found is None or ending not in WRITERS:
        raise Http404(_("There is no such text of this episode."))
    write, mime = WRITERS[ending]
    text = write([cue.line for cue in found[1]])
    response = HttpResponse(text, content_type=f"{mime}; charset=utf-8")
    response.headers["Content-Language"] = language
    return for_apps(response)


@login_not_required
@require_safe
def chapters(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Return the chapters in time order, as the podcast namespace writes them (1.2.0)."""
    rows = published(uuid).chapters.order_by("start_ms", "pk")
    listed = [{"startTime": row.start_ms / 1000, "title": row.title} for row in rows]
    text = json.dumps({"version": "1.2.0", "chapters": listed}, ensure_ascii=False)
    return for_apps(HttpResponse(text, content_type="application/json+chapters; charset=utf-8"))


@login_not_required
@require_safe
@xframe_options_exempt
@csp_override(ANY_SITE_MAY_FRAME)
def embed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the small player, for other sites to frame."""
    episode = published(uuid)
    show = episode.show
    with translation.override(episode.locale.language_code):
        context = {
            "episode": episode,
            "show": show,
            "cover": cover_of(episode, show),
            "language": episode.locale.language_code,
            **player_context(episode),
        }
        return render(request, "podcast/embed.html", context)
