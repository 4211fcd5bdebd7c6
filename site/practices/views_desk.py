"""The project leader's desk: rounds, practices, and how far they are; never what came back in one practice."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import member
from accounts.permissions import Permission, can
from practices import queries
from practices.actions import add_practice, save_round
from practices.forms import PracticeForm, RoundForm
from practices.models import Round

UNPROCESSABLE = 422


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show the rounds and, of the newest, the practices."""
    user = member(request)
    if not can(user, Permission.MANAGE_ROUNDS):
        raise PermissionDenied
    rounds = list(queries.rounds_for(user)[:20])
    if not rounds:
        return render(request, "practices/desk_empty.html")
    return _round_page(request, rounds[0], rounds)


@require_safe
def round_(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one round with its practices."""
    user = member(request)
    if not can(user, Permission.MANAGE_ROUNDS):
        raise PermissionDenied
    rounds = queries.rounds_for(user)
    return _round_page(request, get_object_or_404(rounds, pk=pk), list(rounds[:20]))


def _round_page(
    request: HttpRequest,
    chosen: Round,
    rounds: list[Round],
    form: PracticeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = list(queries.desk_participations_for(member(request)).filter(round=chosen))
    context = {
        "round": chosen,
        "rounds": rounds,
        "participations": found,
        "letters": sum(one.letters for one in found),
        "target": chosen.letter_target * len(found),
        "overdue": sum(one.overdue for one in found),
        "form": form or PracticeForm(),
    }
    return render(request, "practices/desk.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def round_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make a round, or change one."""
    user = member(request)
    if not can(user, Permission.MANAGE_ROUNDS):
        raise PermissionDenied
    found = get_object_or_404(queries.rounds_for(user), pk=pk) if pk else Round()
    form = RoundForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        stored = save_round(form.save(commit=False), by=user, confirmed=form.gate_confirmed)
        messages.success(request, _("The round is saved."))
        return redirect("practices:round", pk=stored.pk)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "practices/round_form.html", {"form": form, "round": found}, status=status)


@require_http_methods(["POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a practice take part in a round."""
    user = member(request)
    if not can(user, Permission.MANAGE_ROUNDS):
        raise PermissionDenied
    rounds = queries.rounds_for(user)
    chosen = get_object_or_404(rounds, pk=pk)
    form = PracticeForm(request.POST)
    if not form.is_valid():
        return _round_page(request, chosen, list(rounds[:20]), form, UNPROCESSABLE)
    try:
        add_practice(chosen, by=user, **form.cleaned_data)
    except IntegrityError:  # the same form sent twice at the same moment: the first one stands
        messages.info(request, _("This practice already takes part."))
    else:
        messages.success(request, _("The practice takes part. Now invite its practice nurse and GP."))
    return redirect("practices:round", pk=pk)
