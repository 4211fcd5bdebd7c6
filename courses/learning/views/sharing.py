"""Sharing a journal entry: choose for whom, see exactly what they will see, hand it over. And the trainer's side."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import consent
from accounts.http import member
from courses.learning import actions
from courses.learning.models import JournalEntry
from courses.learning.permissions import may_coach_anybody
from courses.learning.queries import entries_of, shared_with_trainer
from courses.learning.sharing import Destination, SharingRefusedError, destinations_for, receiver_for
from patientdata.kinds import PatientDataFound


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer who can receive a copy; with one chosen (`?aan=`) show what they will see; posted, hand it over."""
    user = member(request)
    entry = get_object_or_404(entries_of(user).filter(is_draft=False), pk=pk)
    offered = destinations_for(user)
    wanted = request.POST.get("aan") or request.GET.get("aan", "")
    chosen = next((found for found in offered if found.value == wanted), None)
    if wanted and chosen is None:
        raise Http404
    if chosen is None:
        groups = [(receiver_for(audience).label, found) for audience, found in _by_audience(offered)]
        return render(request, "learning/journal/share.html", {"entry": entry, "groups": groups})
    problem = _hand_over(request, entry, chosen) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        messages.success(
            request, _("Shared with: %(name)s. You can take it back at any time.") % {"name": chosen.name}
        )
        return redirect("learning:entry", pk=entry.pk)
    return _preview(request, entry, chosen, problem)


def _by_audience(offered: list[Destination]) -> list[tuple[str, list[Destination]]]:
    kinds = dict.fromkeys(found.audience for found in offered)
    return [(kind, [found for found in offered if found.audience == kind]) for kind in kinds]


def _preview(request: HttpRequest, entry: JournalEntry, chosen: Destination, problem: str) -> HttpResponse:
    text = consent.text(chosen.purpose, get_language() or "nl") if chosen.purpose else None
    context = {
        "entry": entry,
        "chosen": chosen,
        "label": receiver_for(chosen.audience).label,
        "shown": receiver_for(chosen.audience).shown(member(request), entry.day, entry.text),
        "consent": text,
        "problem": problem,
    }
    return render(request, "learning/journal/preview.html", context, status=422 if problem else 200)


def _hand_over(request: HttpRequest, entry: JournalEntry, chosen: Destination) -> str:
    """Return what to say when the copy could not be handed over, else nothing."""
    seen, agreed = request.POST.get("seen_revision", ""), request.POST.get("agreed", "")
    try:
        actions.share_entry(
            entry,
            chosen,
            seen_revision=int(seen) if seen.isdigit() else 0,
            agreed_version=int(agreed) if agreed.isdigit() else None,
            by=member(request),
        )
    except actions.ConsentMissingError:
        return _("Tick that you agree; without it the researchers may not read it.")
    except actions.DraftsStayError:
        return _("The entry changed since you saw it here. This is how it stands now; look once more.")
    except PatientDataFound:
        return _("Something in this entry may tell who a patient is. Change the entry first, then share it.")
    except SharingRefusedError as refused:
        return str(refused)
    return ""


@require_GET
@never_cache
def shared(request: HttpRequest) -> HttpResponse:
    """Show a trainer what learners shared with them; what is opened counts as seen."""
    user = member(request)
    if not may_coach_anybody(user):
        raise PermissionDenied
    found = list(shared_with_trainer(user)[:100])
    actions.see_shared(found)
    return render(request, "learning/journal/shared.html", {"shares": found})
