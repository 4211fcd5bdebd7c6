"""Answering: what a browser sends is stored, checked, or refused in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh, reswap, retarget

from courses.catalogue.models import ItemKind
from courses.catalogue.queries import Item, Outline
from courses.exercises.scoring import AnswerRefusedError, Given
from courses.learning import actions, queries
from courses.learning.forms import AnswerForm, SeenForm
from courses.learning.models import Answer, Enrolment
from courses.learning.views.given import given_in, why
from courses.learning.views.lessons import BUSY, Refused, leads_to_lock, show_lesson
from courses.learning.views.own import item_of, learner, own
from patientdata.kinds import PatientDataFound

OVER = gettext_lazy("This was handed in already, in another tab perhaps. Here is how it stands now.")
TIME_UP = gettext_lazy("The time is up. What you had saved by then is handed in.")
OVERTAKEN = gettext_lazy(
    "Meanwhile you answered this elsewhere. Check once more to let what stands here count instead."
)


@dataclass(frozen=True)
class Asking:
    """One question of one exercise in somebody's enrolment, and what they sent for it."""

    enrolment: Enrolment
    outline: Outline
    task: Item
    asked: Item
    form: AnswerForm
    given: Given
    check: bool

    def refused(self, problem: str) -> Refused:
        """Return what must stand on the screen again, with the reason."""
        report = self.form.gate_reports.get("text")
        return Refused(question=self.asked.id, given=self.given, problem=problem, report=report)


@require_POST
@leads_to_lock
def answer(request: HttpRequest, enrolment: int, exercise: int, question: int) -> HttpResponse:
    """Store what was given; with the button “check” say how good it is."""
    number = request.POST.get("number", "")
    found = queries.answer_at(
        request.user,
        enrolment=enrolment,
        exercise=exercise,
        question=question,
        number=int(number) if number.isdecimal() and len(number) < 5 else 0,
    )
    asking = _asking(
        request, found.attempt.enrolment if found else own(request, enrolment), exercise, question
    )
    try:
        problem = _store(request, asking, found)
    except actions.TimeUpError:
        return _time_up(request, asking)
    return _answer(request, asking, problem)


def _asking(request: HttpRequest, enrolment: Enrolment, exercise: int, question: int) -> Asking:
    outline = queries.outline_of(enrolment)
    task = item_of(outline, exercise, ItemKind.QUIZ, ItemKind.QUESTION)
    asked = item_of(outline, question, ItemKind.QUESTION)
    if asked not in outline.questions_of(task):
        raise Http404
    form = AnswerForm(request.POST)
    form.is_valid()
    return Asking(enrolment, outline, task, asked, form, given_in(request), "check" in request.POST)


def _store(request: HttpRequest, asking: Asking, found: Answer | None) -> str:
    """Return what to say when the answer could not be stored, else nothing; raises TimeUpError."""
    person = learner(request)
    number = 1 if request.POST.get("number") == "1" else 0
    try:
        place = found or actions.answer_in(
            asking.enrolment, asking.task, asking.asked, number=number, by=person
        )
        if asking.check:
            actions.check_answer(
                place,
                asking.given,
                confirmed=asking.form.gate_confirmed,
                seen=SeenForm(request.POST).seen,
                by=person,
            )
        else:
            actions.save_answer(place, asking.given, by=person)
    except AnswerRefusedError as error:
        return why(error.refusal, typed="text" in request.POST)
    except PatientDataFound as error:
        asking.form.present(error)
        return str(asking.form.errors["text"][0])
    except actions.TimeUpError:
        raise
    except actions.AttemptOverError:
        return str(OVER)
    except actions.OvertakenError:
        return str(OVERTAKEN)
    except actions.BusyError:
        return str(BUSY)
    return ""


def _answer(request: HttpRequest, asking: Asking, problem: str) -> HttpResponse:
    """Answer with the one question (htmx), or with the lesson at the place of the question."""
    refused = asking.refused(problem) if problem else None
    lesson = asking.outline.lesson_of(asking.asked)
    if not request.htmx:  # type: ignore[attr-defined] # set by django-htmx's middleware
        if refused:
            return show_lesson(request, asking.enrolment, asking.outline, lesson, refused=refused)
        return redirect(f"{queries.lesson_url(asking.outline, lesson)}#vraag-{asking.asked.id}")
    instead = refused.instead if refused else {}
    views = queries.exercise_views(asking.enrolment, asking.outline, [asking.task], instead=instead)
    view = views[asking.task.block_id]
    shown = next((question for question in view.questions if question.item == asking.asked), None)
    if shown is None:
        return HttpResponseClientRefresh()
    context = {"question": shown, "exercise": view, "refused": refused, "fresh": True}
    swapped = render(request, "learning/parts/question_answer.html", context, status=422 if problem else 200)
    return reswap(retarget(swapped, f"#vraag-{asking.asked.id}"), "outerHTML")


def _time_up(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Show the whole lesson again: every question of the exercise has its answer now."""
    messages.info(request, str(TIME_UP))
    if request.htmx:  # type: ignore[attr-defined] # set by django-htmx's middleware
        return HttpResponseClientRefresh()
    return redirect(_exercise_url(asking.outline, asking.task))


def _exercise_url(outline: Outline, task: Item, question: int | None = None) -> str:
    """Return the address of an exercise in its lesson, at one of its questions when that is named."""
    lesson = queries.lesson_url(outline, outline.lesson_of(task))
    alone = task.id if task.kind == ItemKind.QUESTION else None
    at = question or alone
    return f"{lesson}#vraag-{at}" if at else f"{lesson}#quiz-{task.id}"


@require_POST
@leads_to_lock
def again(request: HttpRequest, enrolment: int, exercise: int) -> HttpResponse:
    """Begin an attempt, the first or another one, and lead to its first question."""
    found = own(request, enrolment)
    outline = queries.outline_of(found)
    task = item_of(outline, exercise, ItemKind.QUIZ, ItemKind.QUESTION)
    try:
        attempt = actions.start_again(found, task, by=learner(request))
    except actions.NoAttemptsLeftError:
        messages.error(request, _("You used every attempt of this quiz. Its explanations stay here."))
        return redirect(_exercise_url(outline, task))
    first = attempt.answers.order_by("place").values_list("item_id", flat=True).first()
    return redirect(_exercise_url(outline, task, first))


@require_POST
def hand_in(request: HttpRequest, enrolment: int, exercise: int) -> HttpResponse:
    """Hand in an attempt as it is, with questions left open."""
    found = own(request, enrolment)
    outline = queries.outline_of(found)
    task = item_of(outline, exercise, ItemKind.QUIZ, ItemKind.QUESTION)
    attempt = found.attempts.filter(item_id=task.id, handed_in_at=None).first()
    if attempt is not None and str(attempt.number) == request.POST.get("number"):
        actions.hand_in(attempt, by=learner(request))
    else:
        messages.info(request, str(OVER))
    return redirect(_exercise_url(outline, task))
