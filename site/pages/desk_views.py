"""Acts of the editors' desk that Wagtail has no screen for."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import ReferenceIndex
from wagtail_localize.models import Translation

from accounts.models import User
from accounts.permissions import Permission, can
from pages.actions import submit_translation, verify_source
from pages.forms import ConfirmSourceForm
from pages.models import Source

ONE_YEAR = dt.timedelta(days=365)


@require_http_methods(["GET", "POST"])
def confirm_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the medical reviewer confirm a source, having seen everything that uses it."""
    source = get_object_or_404(Source, pk=pk)
    user = request.user
    if not isinstance(user, User) or not can(user, Permission.REVIEW_MEDICAL):
        raise PermissionDenied
    form = ConfirmSourceForm(request.POST or None, initial={"review_due": timezone.localdate() + ONE_YEAR})
    if form.is_valid():
        verify_source(source, by=user, review_due=form.cleaned_data["review_due"])
        messages.success(request, _("“%(source)s” is confirmed.") % {"source": source.title})
        return redirect("wagtailsnippets_pages_source:list")
    uses = [user_of for user_of, _references in ReferenceIndex.get_grouped_references_to(source)]
    return render(request, "pages/desk/confirm_source.html", {"source": source, "form": form, "uses": uses})


@require_POST
def hand_in_translation(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a translation to the medical reviewer."""
    translation = get_object_or_404(Translation, pk=pk)
    if not isinstance(request.user, User):
        raise PermissionDenied
    page = submit_translation(translation, by=request.user)
    messages.success(request, _("“%(page)s” waits for the medical reviewer.") % {"page": page.title})
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@require_http_methods(["GET"])
def ask_translation(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether the translation is ready, and say what is still missing."""
    translation = get_object_or_404(Translation, pk=pk)
    page = translation.get_target_instance()
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    total, done = translation.get_progress()
    context = {
        "translation": translation,
        "page": page,
        "total": total,
        "done": done,
        "missing": total - done,
    }
    return render(request, "pages/desk/hand_in_translation.html", context)
