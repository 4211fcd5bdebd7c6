"""Recovery of an account whose second factor was lost."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.actions import recovery as actions
from accounts.actions.asking_recovery import ask_recovery
from accounts.forms import RecoveryAskForm
from accounts.permissions import Permission, can
from accounts.queries import members_visible_to, recoveries_visible_to
from accounts.views.guards import limited_as_recovery
from accounts.views.requests import MemberRequest, posted


@login_not_required
@limited_as_recovery
def ask(request: HttpRequest) -> HttpResponse:
    """Let somebody ask for recovery; the answer is the same whether the address has an account or not."""
    form = RecoveryAskForm(posted(request))
    if request.method == "POST" and form.is_valid():
        ask_recovery(form.cleaned_data["email"])
        return render(request, "accounts/recovery_asked.html")
    return render(request, "accounts/recovery_ask.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@login_not_required
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the second factor off with the one-time link; 410 when the link is over."""
    try:
        found = actions.usable_recovery(token)
        if request.method == "POST":
            actions.use_recovery(token)
            messages.success(request, _("Your passkeys and codes are gone. Sign in and make a new passkey."))
            return redirect("account_login")
    except actions.RecoveryClosedError:
        return render(request, "accounts/recovery_closed.html", status=410)
    return render(request, "accounts/recovery_link.html", {"name": found.user.display_name})


def recoveries(request: MemberRequest) -> HttpResponse:
    """List the requests that wait for two administrators."""
    if not can(request.user, Permission.RECOVER_ACCOUNT):
        raise PermissionDenied
    return render(request, "accounts/recoveries.html", {"waiting": recoveries_visible_to(request.user)})


@require_POST
def open_for(request: MemberRequest, pk: int) -> HttpResponse:
    """Open a request for a member who called."""
    person = get_object_or_404(members_visible_to(request.user), pk=pk)
    actions.open_recovery(person, by=request.user)
    messages.success(request, _("The request is open. Two administrators must agree."))
    return redirect("accounts:recoveries")


@require_POST
def approve(request: MemberRequest, pk: int) -> HttpResponse:
    """Agree, as first or second administrator."""
    waiting = get_object_or_404(recoveries_visible_to(request.user), pk=pk)
    try:
        done = actions.approve_recovery(waiting, by=request.user)
    except actions.SecondPersonNeededError:
        messages.error(
            request, _("Another administrator must agree here; not you a second time, and not for yourself.")
        )
    except actions.RecoveryClosedError:
        messages.error(request, _("This request was dealt with already."))
    else:
        if done.second_approved_at:
            messages.success(request, _("Two administrators agreed. The person gets a link by mail."))
        else:
            messages.success(request, _("You agreed. Now a second administrator must agree too."))
    return redirect("accounts:recoveries")


@require_POST
def refuse(request: MemberRequest, pk: int) -> HttpResponse:
    """Close a request."""
    waiting = get_object_or_404(recoveries_visible_to(request.user), pk=pk)
    actions.refuse_recovery(waiting, by=request.user)
    messages.success(request, _("The request has been closed."))
    return redirect("accounts:recoveries")
