"""A member's own registration numbers and points."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import member
from courses.learning.actions.points import NumberRefusedError, delete_number, save_number
from courses.learning.forms.points import NumberForm
from courses.learning.queries.points import numbers_of, points_of, registers_open

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest) -> HttpResponse:
    """Show what each register gives for what was done; take a number."""
    form = NumberForm(request.POST or None, registers=registers_open())
    if request.method == "POST" and form.is_valid() and _store(request, form):
        messages.success(request, _("Your number is saved."))
        return redirect("learning:points")
    context = {"registers": points_of(request.user), "form": form, "open": registers_open()}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "learning/points.html", context, status=status)


def _store(request: HttpRequest, form: NumberForm) -> bool:
    try:
        save_number(form.cleaned_data["register"], number=form.cleaned_data["number"], by=member(request))
    except NumberRefusedError as refusal:
        form.tell(refusal)
        return False
    return True


@require_POST
def number_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own number away."""
    delete_number(get_object_or_404(numbers_of(request.user), pk=pk), by=member(request))
    messages.success(request, _("Your number is gone from here."))
    return redirect("learning:points")
