"""The privacy centre: what is kept, the download, erasure, and consents."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import consent
from accounts.actions.privacy import erase, export
from accounts.actions.roles import LastAdministratorError
from accounts.forms import EraseForm
from accounts.models import ConsentEntry, Purpose
from accounts.views.guards import recently_signed_in
from accounts.views.requests import MemberRequest, posted

ASKED_IN_PRIVACY_CENTRE = [Purpose.READ_POSTS, Purpose.READ_SHARED]


def centre(request: MemberRequest) -> HttpResponse:
    """Show the person's consents and the ways to download or erase everything."""
    language = get_language() or "nl"
    consents = [
        {"text": consent.text(purpose, language), "standing": consent.state(request.user, purpose)}
        for purpose in ASKED_IN_PRIVACY_CENTRE
    ]
    return render(request, "accounts/privacy.html", {"consents": consents})


@require_POST
@recently_signed_in
def download(request: MemberRequest) -> HttpResponse:
    """Hand out everything that the house holds about the person."""
    response = HttpResponse(export(request.user), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="trede.zip"'
    response["Cache-Control"] = "no-store"
    return response


@recently_signed_in
def erase_account(request: MemberRequest) -> HttpResponse:
    """Ask once more, then erase the person and sign them out."""
    form = EraseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            erase(request.user, by=request.user)
        except LastAdministratorError:
            form.add_error(None, _("You are the only administrator. Make somebody else administrator first."))
        else:
            logout(request)
            messages.success(request, _("Your account has been erased."))
            return redirect("/")
    return render(request, "accounts/erase.html", {"form": form}, status=422 if form.is_bound else 200)


def consent_page(request: MemberRequest, purpose: str) -> HttpResponse:
    """Ask for consent, or show the one that stands; giving and withdrawing take one click each."""
    if purpose not in ASKED_IN_PRIVACY_CENTRE:
        raise Http404
    chosen = Purpose(purpose)
    text = consent.text(chosen, get_language() or "nl")
    if request.method == "POST":
        return _answer(request, text)
    context = {
        "text": text,
        "standing": consent.state(request.user, chosen),
        "history": ConsentEntry.objects.filter(subject=request.user, purpose=chosen).order_by("-pk")[:20],
    }
    return render(request, "accounts/consent.html", context)


def _answer(request: MemberRequest, text: consent.ConsentText) -> HttpResponse:
    if request.POST.get("answer") == "give" and request.POST.get("version") == str(text.version):
        consent.give(request.user, text)
        messages.success(request, _("Thank you. You can withdraw your consent at any time."))
    elif request.POST.get("answer") == "withdraw":
        consent.withdraw(request.user, text.purpose)
        messages.success(request, _("Your consent has been withdrawn, as of now."))
    else:
        messages.error(
            request, _("The text changed in the meantime. Please read it again before you answer.")
        )
    return redirect("accounts:consent", purpose=text.purpose)
