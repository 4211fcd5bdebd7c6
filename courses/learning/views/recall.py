"""The short screen on which questions come back: one at a time, five at most."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import member
from courses.catalogue.corrections import ShownCorrection, shown_for
from courses.exercises.scoring import AnswerRefusedError
from courses.learning import actions
from courses.learning.evidence import REASONS, reasons
from courses.learning.models import RecallCard
from courses.learning.queries import (
    RecallQuestion,
    cards_of,
    due_cards,
    index_url,
    plans_of,
    recall_question,
    recall_stand,
    reviews_of,
)
from courses.learning.views.given import given_in, why
from notifications.actions import mark_read_about


@require_safe
def recall(request: HttpRequest) -> HttpResponse:
    """Show the next question that came back, or why there is none now."""
    user = member(request)
    for plan in plans_of(user):
        actions.fill_cards(plan.enrolment)
        mark_read_about(plan, by=user)
    stand = recall_stand(user)
    card = due_cards(user).select_related("item__edition").first() if stand.now else None
    return _screen(request, recall_question(card) if card else None)


@require_POST
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """Store an answer and lead to what there is to say about it."""
    user = member(request)
    card = get_object_or_404(cards_of(user).select_related("enrolment", "item__edition"), pk=pk)
    given = given_in(request)
    try:
        review = actions.repeat_question(card, chosen=given.chosen, by=user)
    except AnswerRefusedError as error:
        return _screen(request, recall_question(card, instead=given), problem=why(error.refusal))
    except actions.NotDueError:
        return _answered_before(request, card)
    except actions.EnoughForNowError:
        messages.info(request, _("That is enough for this week. What is repeated with time between stays."))
        return redirect("learning:recall")
    return redirect("learning:recalled", pk=review.pk)


@require_safe
def recalled(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what somebody answered, with the feedback, and the way to the next question."""
    found = reviews_of(member(request)).select_related("card", "item__edition")
    review = get_object_or_404(found, pk=pk)
    return _screen(request, recall_question(review.card, review))


def _answered_before(request: HttpRequest, card: RecallCard) -> HttpResponse:
    latest = card.reviews.order_by("-at", "-pk").first()
    if latest is None:
        return redirect("learning:recall")
    messages.info(request, _("You answered this question already, in another tab perhaps."))
    return redirect("learning:recalled", pk=latest.pk)


def _corrections(question: RecallQuestion) -> list[ShownCorrection]:
    found = shown_for([question.item.key], edition_id=question.card.item.edition_id)
    return [shown for _key, shown in found]


def _screen(request: HttpRequest, question: RecallQuestion | None, problem: str = "") -> HttpResponse:
    user = member(request)
    stand = recall_stand(user)
    context = {
        "question": question,
        "problem": problem,
        "corrections": _corrections(question) if question else (),
        "stand": stand,
        "place": stand.done if question and question.checked else stand.done + 1,
        "today": timezone.localdate(),
        "has_plan": bool(plans_of(user)),
        "reasons": reasons([REASONS[2]]),
        "index_url": index_url(),
    }
    return render(request, "learning/recall.html", context, status=422 if problem else 200)
