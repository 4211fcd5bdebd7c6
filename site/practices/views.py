"""The practice's own page: its round, its funnel, its weeks."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import member
from accounts.models import User
from accounts.permissions import Permission, can
from practices import charts, queries
from practices.actions import WeekChanged, WeekRefused, count_week
from practices.forms import WeekForm
from practices.models import Participation, WeekCount, monday_of

CONFLICT = 409
UNPROCESSABLE = 422


@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """Lead to the one practice that somebody works in, or list several."""
    user = member(request)
    if not can(user, Permission.VIEW_PRACTICE):
        raise Http404
    found = list(queries.participations_for(user)[:50])
    if len(found) == 1:
        return redirect(found[0])
    return render(request, "practices/practices.html", {"participations": found})


@require_safe
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the funnel, the weeks and this week's form."""
    user = member(request)
    participation = _participation(user, pk)
    form = WeekForm.showing(_week(participation, timezone.localdate()))
    return render(request, "practices/practice.html", _page(participation, user, form))


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: HttpRequest, pk: int, monday: dt.date) -> HttpResponse:
    """Show the form of one week, or store what was counted in it."""
    user = member(request)
    participation = _participation(user, pk)
    if not can(user, Permission.COUNT_LETTERS, participation):
        raise Http404
    if request.method == "POST":
        return _store_week(request, participation, user, monday)
    return _week_page(request, participation, monday, WeekForm.showing(_week(participation, monday)))


def _store_week(
    request: HttpRequest, participation: Participation, user: User, monday: dt.date
) -> HttpResponse:
    form = WeekForm(request.POST)
    if not form.is_valid():
        return _week_page(request, participation, monday, form, status=UNPROCESSABLE)
    try:
        count_week(
            participation, week=monday, counts=form.counts, version=form.cleaned_data["version"], by=user
        )
    except WeekRefused as refusal:
        form.tell(refusal)
        return _week_page(request, participation, monday, form, status=UNPROCESSABLE)
    except WeekChanged as change:
        return _week_page(request, participation, monday, form, status=CONFLICT, changed=change.current)
    messages.success(request, _("Saved. The stair below shows it."))
    return redirect(participation)


def _week_page(
    request: HttpRequest,
    participation: Participation,
    monday: dt.date,
    form: WeekForm,
    *,
    status: int = 200,
    changed: WeekCount | None = None,
) -> HttpResponse:
    context = {
        "participation": participation,
        "week": monday_of(monday),
        "form": form,
        "changed": changed,
        "latest_version": changed.version if changed else 0,
    }
    return render(request, "practices/week.html", context, status=status)


def _participation(user: User, pk: int) -> Participation:
    return get_object_or_404(queries.participations_for(user), pk=pk)


def _week(participation: Participation, day: dt.date) -> WeekCount:
    monday = monday_of(day)
    found = participation.weeks.filter(week=monday).first()
    return found or WeekCount(participation=participation, week=monday)


def _page(participation: Participation, user: User, form: WeekForm) -> dict[str, object]:
    today = timezone.localdate()
    weeks = queries.weeks_of(participation)
    return {
        "participation": participation,
        "week_number": participation.round.week_number(today),
        "steps": charts.stair(_funnel(participation)),
        "weeks": weeks,
        "bars": charts.week_bars(weeks),
        "chart_width": max(len(weeks), 8) * charts.WEEK_WIDTH + 16,
        "this_week": monday_of(today),
        "form": form,
        "may_count": can(user, Permission.COUNT_LETTERS, participation)
        and participation.round.starts_on <= today,
        "comparisons": queries.comparisons(),
    }


def _funnel(participation: Participation) -> list[tuple[str, int]]:
    return [
        (_("chosen"), participation.round.letter_target),
        (_("letter sent"), participation.letters),
        (_("response"), participation.responses),
        (_("conversation held"), participation.conversations),
    ]
