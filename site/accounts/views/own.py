"""One's own account: an overview, name and language, and what to do about a second factor."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.forms import ProfileForm
from accounts.permissions import needs_second_factor
from accounts.views.requests import MemberRequest, posted
from core import audit


def home(request: MemberRequest) -> HttpResponse:
    """Show what there is to look after."""
    authenticators = Authenticator.objects.filter(user=request.user).values_list("type", flat=True)
    context = {
        "passkeys": sum(kind == Authenticator.Type.WEBAUTHN for kind in authenticators),
        "app": Authenticator.Type.TOTP in authenticators,
        "needs_second_factor": needs_second_factor(request.user),
    }
    return render(request, "accounts/home.html", context)


def profile(request: MemberRequest) -> HttpResponse:
    """Change name, work title and language; afterwards the person reads on in the language they chose."""
    form = ProfileForm(posted(request), instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        audit.record("accounts.profile_changed", by=user, obj=user, after={"fields": form.changed_data})
        with translation.override(user.language):
            messages.success(request, _("Saved."))
            return redirect(reverse("accounts:profile"))
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.is_bound else 200)


def second_factor(request: MemberRequest) -> HttpResponse:
    """Say why this account needs a second factor, and the ways to get one."""
    return render(request, "accounts/second_factor.html")
