"""The desk's screens for safety corrections."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from courses.catalogue.actions import (
    CORRECTION_ISSUED,
    NothingToCorrectError,
    issue_correction,
    settle_correction,
    withdraw_correction,
)
from courses.catalogue.corrections import Target, editions_corrected_by, targets_from
from courses.catalogue.desk import screen
from courses.catalogue.forms import CorrectionForm
from courses.catalogue.models import CourseEdition, SafetyCorrection
from courses.catalogue.permissions import may_correct
from notifications.kinds import kind_of
from patientdata.kinds import PatientDataFound


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """List every correction, the newest first."""
    found = SafetyCorrection.objects.select_related("issued_by").prefetch_related("items")
    return render(request, "catalogue/admin/corrections.html", {**_screen(), "corrections": found})


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Let a medical reviewer write a correction for what has this key, or for things in it."""
    if not may_correct(cast("User", request.user)):
        raise PermissionDenied
    targets = targets_from(key)
    if not targets:
        raise Http404
    form = CorrectionForm(request.POST or None, targets=targets)
    if form.is_valid():
        correction = _issue(request, form)
        if correction is not None:
            return redirect("catalogue_correction", pk=correction.pk)
    return _form(request, form, targets)


def _form(request: HttpRequest, form: CorrectionForm, targets: list[Target]) -> HttpResponse:
    title = _("Safety correction: %(title)s") % {"title": targets[0].title}
    context = {**_screen(title), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "catalogue/admin/correct.html", context, status=status)


def _issue(request: HttpRequest, form: CorrectionForm) -> SafetyCorrection | None:
    try:
        correction = issue_correction(
            keys=form.cleaned_data["keys"],
            text_nl=form.cleaned_data["text_nl"],
            text_fr=form.cleaned_data["text_fr"],
            confirmed=form.gate_confirmed,
            by=cast("User", request.user),
        )
    except PatientDataFound as error:
        form.present(error)
        return None
    messages.success(request, _("The correction shows now, in every edition. Whoever follows one is told."))
    return correction


@require_safe
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a correction, where it stands and how many people it reaches."""
    found = get_object_or_404(SafetyCorrection.objects.select_related("issued_by", "withdrawn_by"), pk=pk)
    editions = editions_corrected_by(found).order_by("course", "number")
    audience = kind_of(CORRECTION_ISSUED).audience
    context = {
        **_screen(_("Safety correction")),
        "correction": found,
        "items": found.items.all(),
        "editions": editions,
        "settled": _settled_from(found),
        "newer": [] if found.withdrawn else _newer(found, editions),
        "people": len(set(audience(found.pk))) if audience else 0,
        "may_correct": may_correct(cast("User", request.user)),
    }
    return render(request, "catalogue/admin/correction.html", context)


def _screen(title: str = "") -> dict[str, Any]:
    all_of_them = _("Safety corrections")
    if not title:
        return screen(all_of_them, icon="warning")
    return screen(title, (all_of_them, reverse("catalogue_corrections")), icon="warning")


def _settled_from(correction: SafetyCorrection) -> list[CourseEdition]:
    return list(correction.settled_in.order_by("course", "number"))


def _newer(correction: SafetyCorrection, editions: QuerySet[CourseEdition]) -> list[CourseEdition]:
    """Return the editions cut since of which nobody has said yet that the text itself is right."""
    done = {edition.course_id: edition.number for edition in reversed(_settled_from(correction))}
    since = editions.filter(cut_at__gt=correction.issued_at)
    return [row for row in since if row.course_id not in done or row.number < done[row.course_id]]


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a correction away everywhere."""
    withdraw_correction(get_object_or_404(SafetyCorrection, pk=pk), by=cast("User", request.user))
    messages.success(request, _("The correction shows no longer. Whoever was told is told that too."))
    return redirect("catalogue_correction", pk=pk)


@require_POST
def settle(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """Say from which edition on the text itself is right."""
    found = get_object_or_404(SafetyCorrection, pk=pk)
    chosen = get_object_or_404(CourseEdition, pk=edition)
    try:
        settle_correction(found, chosen, by=cast("User", request.user))
    except NothingToCorrectError as error:
        raise Http404 from error
    words = _("From edition %(number)s of “%(title)s” on, the correction shows no longer.")
    messages.success(request, words % {"number": chosen.number, "title": chosen.title})
    return redirect("catalogue_correction", pk=pk)
