"""The research desk: studies, and the sources of one."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.permissions import Permission, can
from intervision.forum.words import moment
from intervision.research.actions import open_handed_over, open_study
from intervision.research.queries import new_since, source_page, sources_of, studies_visible_to
from intervision.research.rendering import show, show_handed_over


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show the studies in which this researcher reads."""
    if not can(request.user, Permission.READ_CONSENTED):
        raise PermissionDenied
    return render(request, "research/desk.html", {"studies": studies_visible_to(request.user)})


@require_GET
def sources(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was consented to, the newest first; opening it is audited."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 -- a promise to the type checker; the middleware sees to it
    study = get_object_or_404(studies_visible_to(user), pk=pk)
    mark = open_study(study, by=user)
    only_new = "nieuw" in request.GET
    older_than = _number(request.GET.get("voor"))
    found = sources_of(study)
    page = source_page(new_since(found, mark) if only_new else found, older_than=older_than)
    here = f"{study.get_absolute_url()}?nieuw=1&" if only_new else f"{study.get_absolute_url()}?"
    context = {
        "study": study,
        "sources": show(page.posts, study, mark),
        "only_new": only_new,
        "before": moment(mark.before_at) if mark.before_at else "",
        "newer_url": here.rstrip("?&") if older_than else "",
        "older_url": f"{here}voor={page.older_than}" if page.older_than else "",
    }
    return render(request, "research/sources.html", context)


@require_GET
def handed(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what people handed to this study themselves; opening it is audited."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 -- a promise to the type checker; the middleware sees to it
    study = get_object_or_404(studies_visible_to(user), pk=pk)
    texts = open_handed_over(study, by=user)
    context = {"study": study, "texts": show_handed_over(texts, study)}
    return render(request, "research/handed_over.html", context)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
