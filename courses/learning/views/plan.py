"""The six-month plan on its learner's screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import member
from courses.learning.evidence import reasons
from courses.learning.queries import index_url, plan_views, plans_of, recall_stand
from notifications.actions import mark_read_about


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Show what happens when in the half year after the training day, how it stands, and why it helps."""
    user = member(request)
    plans = plans_of(user)
    for found in plans:
        mark_read_about(found, by=user)
    context = {
        "plans": plan_views(plans),
        "stand": recall_stand(user),
        "reasons": reasons(),
        "index_url": index_url(),
    }
    return render(request, "learning/plan.html", context)
