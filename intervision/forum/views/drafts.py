"""Drafts: saved while somebody types, listed so that none is forgotten."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from intervision.forum.actions import discard_draft, save_draft
from intervision.forum.errors import DraftConflict, TextRefused
from intervision.forum.forms import WritingForm
from intervision.forum.models import Draft, DraftTarget
from intervision.forum.permissions import takes_part
from intervision.forum.queries import draft_group, drafts_of
from intervision.forum.texts import references_to_names
from intervision.forum.views.sheets import member
from intervision.forum.words import moment

DRAFTS_LISTED = 100
_PAGES = {
    DraftTarget.REPLY: "forum:topic",
    DraftTarget.TOPIC: "forum:new_topic",
    DraftTarget.EDIT: "forum:edit",
}


@require_POST
def save(request: HttpRequest, kind: str, target_id: int) -> HttpResponse:
    """Save a text under way and tell which version it is now; 409 with the other text when another device saved."""
    if kind not in DraftTarget.values:
        raise Http404
    form = WritingForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": gettext("This text cannot be kept as a draft.")}, status=400)
    try:
        draft = save_draft(
            kind=DraftTarget(kind),
            target_id=target_id,
            title=request.POST.get("title", ""),
            body=form.cleaned_data["body"],
            seen_version=form.cleaned_data["version"] or 0,
            client_token=form.token or uuid.uuid4(),
            by=member(request),
        )
    except TextRefused as refused:
        return JsonResponse({"message": " ".join(refused.messages)}, status=413)
    except DraftConflict as conflict:
        return JsonResponse(_other_text(conflict.draft), status=409)
    return JsonResponse({"version": draft.version, "masked": draft.is_masked, "message": _saved(draft)})


@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """List one's own drafts with the way back to each."""
    user = member(request)
    if not takes_part(user):
        raise PermissionDenied
    rows = [_row(draft) for draft in drafts_of(user)[:DRAFTS_LISTED]]
    return render(request, "forum/drafts.html", {"rows": rows})


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    user = member(request)
    discard_draft(get_object_or_404(drafts_of(user), pk=pk), by=user)
    return redirect("forum:drafts")


def _saved(draft: Draft) -> str:
    if draft.is_masked:
        return gettext("Draft saved %(when)s, without the marked words") % {"when": moment(draft.saved_at)}
    return gettext("Draft saved %(when)s, on all your devices") % {"when": moment(draft.saved_at)}


def _other_text(draft: Draft) -> dict[str, object]:
    group = draft_group(draft.user, DraftTarget(draft.target_kind), draft.target_id)
    when = {"when": moment(draft.saved_at)}
    return {
        "version": draft.version,
        "body": references_to_names(draft.body, group) if group else draft.body,
        "title": draft.title,
        "message": gettext("This draft was changed on another device, %(when)s.") % when,
    }


def _row(draft: Draft) -> dict[str, object]:
    url = reverse(_PAGES[DraftTarget(draft.target_kind)], args=[draft.target_id])
    return {"draft": draft, "url": url, "when": moment(draft.saved_at)}
