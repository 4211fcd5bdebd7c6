"""How the pages of a course are answered for the person who asks.

Wagtail routes `/training/…` to pages of the catalogue, but what somebody may read there is the edition that they are
enrolled in. The learning room, which stands above this one, fills these in `AppConfig.ready` (decision 14).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

Responder = Callable[[HttpRequest, Any], HttpResponse]
ContextMaker = Callable[[HttpRequest, Any], dict[str, Any]]

Finder = Callable[[HttpRequest, str], Any]
Previewer = Callable[[HttpRequest, Any, str], HttpResponse]

_responders: dict[str, Responder] = {}
_contexts: dict[str, ContextMaker] = {}
_finders: dict[str, Finder] = {}
_previewers: dict[str, Previewer] = {}


def register_responder(kind: str, responder: Responder) -> None:
    """Let this function answer for pages of this kind (`"module"`, `"lesson"`)."""
    _responders[kind] = responder


def register_context(kind: str, maker: ContextMaker) -> None:
    """Let this function add to what the template of this kind of page (`"course"`, `"index"`) knows."""
    _contexts[kind] = maker


def register_finder(kind: str, finder: Finder) -> None:
    """Let this function find the page of this kind (`"course"`) that only the person who asks still has, by its slug."""
    _finders[kind] = finder


def find(kind: str, request: HttpRequest, slug: str) -> Any:
    """Return the page that this person still follows at an address where nothing is published; None without one."""
    finder = _finders.get(kind)
    return finder(request, slug) if finder else None


def register_previewer(kind: str, previewer: Previewer) -> None:
    """Let this function draw a draft of this kind (`"course"`, `"module"`, `"lesson"`) as a learner in some state sees it."""
    _previewers[kind] = previewer


def preview(kind: str, request: HttpRequest, page: Any, state: str) -> HttpResponse:
    """Answer with a draft as a learner in this state (`LearnerState`) sees it; KeyError when no room draws such."""
    return _previewers[kind](request, page, state)


def respond(kind: str, request: HttpRequest, page: Any) -> HttpResponse:
    """Answer for a page whose text nobody reads unpinned; KeyError when no room took that upon itself."""
    return _responders[kind](request, page)


def context(kind: str, request: HttpRequest, page: Any) -> dict[str, Any]:
    """Return what the person who asks should see beside the page's own text."""
    maker = _contexts.get(kind)
    return maker(request, page) if maker else {}
