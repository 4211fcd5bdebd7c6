"""Checking a question anew: the editors' dry run, and what a learner reads of it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import member
from accounts.models import User
from courses.catalogue.desk import screen
from courses.exercises.models import Question
from courses.learning import actions
from courses.learning.forms import RegradeForm
from courses.learning.permissions import may_regrade
from courses.learning.queries import index_url
from courses.learning.queries.regrading import (
    RegradePlan,
    plan_regrade,
    regraded_places,
    regrades_visible_to,
)
from notifications.actions import mark_read_about
from patientdata.kinds import PatientDataFound


@require_http_methods(["GET", "POST"])
def regrade(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom it would affect if a question were checked anew; on POST do exactly that."""
    user = cast("User", request.user)
    if not may_regrade(user):
        raise PermissionDenied
    question = get_object_or_404(Question.objects.select_related("locale"), pk=pk)
    plan = plan_regrade(question)
    form = RegradeForm(request.POST or None, initial={"seen": plan.digest})
    if form.is_valid() and _carry_out(request, question, form):
        return redirect("learning_regrade", pk=question.pk)
    return _dry_run(request, question, plan_regrade(question) if form.is_bound else plan, form)


def _carry_out(request: HttpRequest, question: Question, form: RegradeForm) -> bool:
    try:
        made = actions.regrade(
            question,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            confirmed=form.gate_confirmed,
            by=cast("User", request.user),
        )
    except PatientDataFound as error:
        form.present(error)
    except actions.PlanChangedError:
        form.add_error(
            None, _("Something changed since you looked. This is how it stands now; look once more.")
        )
    except actions.NothingPublishedError:
        form.add_error(
            None, _("This question has no published version yet, so there is nothing to judge by.")
        )
    else:
        changed = made.answers.count()
        words = ngettext(
            "Done. %(count)s answer counts differently; whose it is, is told.",
            "Done. %(count)s answers count differently; whose they are, are told.",
            changed,
        )
        messages.success(request, words % {"count": changed})
        return True
    return False


def _dry_run(request: HttpRequest, question: Question, plan: RegradePlan, form: RegradeForm) -> HttpResponse:
    title = _("Check anew: %(title)s") % {"title": question.title}
    bank = (_("Questions"), reverse(Question.snippet_viewset.get_url_name("list")))
    context = {
        **screen(title, bank, icon="rotate"),
        "question": question,
        "plan": plan,
        "form": form,
        "earlier": question.regrades.order_by("-pk").select_related("by"),
    }
    return render(request, "learning/admin/regrade.html", context, status=422 if form.is_bound else 200)


@require_safe
def regraded(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a learner what was checked anew of their own, and why."""
    user = member(request)
    found = get_object_or_404(regrades_visible_to(user), pk=pk)
    mark_read_about(found, by=user)
    context = {"regrade": found, "places": regraded_places(found, user), "index_url": index_url()}
    return render(request, "learning/regraded.html", context)
