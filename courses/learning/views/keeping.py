"""What a page sends by itself, on change or when the line is back: stored, or refused in words that the page shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.browsers import owner_word
from courses.catalogue.models import ItemKind
from courses.exercises.scoring import AnswerRefusedError, Given
from courses.learning import actions, queries
from courses.learning.forms import StampForm
from courses.learning.models import Answer
from courses.learning.views.answers import OVER, TIME_UP
from courses.learning.views.given import given_in, why
from courses.learning.views.lessons import BUSY
from courses.learning.views.own import item_of, learner, own

ELSEWHERE = gettext_lazy("Meanwhile you answered this elsewhere. What stands here is not stored yet.")
STRANGER = gettext_lazy("This was written by somebody else on this computer. It was not stored.")
GONE = gettext_lazy("This question is no longer in your training. What you wrote was not stored.")
NOT_OPEN = gettext_lazy("This lesson is not open for you yet. What you wrote was not stored.")
FORGED = gettext_lazy("This could not be stored as it came in. Reload the page and try again.")
TOO_LONG = gettext_lazy("Your text is too long. Shorten it; it is kept here until then.")
MASKED = gettext_lazy("Saved, without the words that may tell who a patient is.")
LONGEST_REFLECTION = 4000  # as the model has it

type Keep = Callable[..., JsonResponse]


STATUSES = {
    "saved": HTTPStatus.OK,
    "overtaken": HTTPStatus.CONFLICT,
    "over": HTTPStatus.CONFLICT,
    "refused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "stranger": HTTPStatus.FORBIDDEN,
    "gone": HTTPStatus.NOT_FOUND,
    "busy": HTTPStatus.SERVICE_UNAVAILABLE,
}


def _said(outcome: str, words: str | Promise = "", **more: Any) -> JsonResponse:
    """Return what a page does something with: a word for itself, a sentence for people."""
    return JsonResponse({"outcome": outcome, "words": str(words), **more}, status=STATUSES[outcome])


def in_words(view: Keep) -> Callable[..., HttpResponse]:
    """Read the stamp, refuse what another person's page kept, and tell in words why something was not stored."""

    @require_POST
    @wraps(view)
    def told(request: HttpRequest, enrolment: int, **place: Any) -> HttpResponse:
        form = StampForm(request.POST)
        valid = form.is_valid()
        if valid and form.cleaned_data["owner"] != owner_word(learner(request).pk):
            return _said("stranger", STRANGER)
        try:
            if valid:
                return view(request, enrolment, stamp=form.stamp, **place)
            own(request, enrolment)
            return _said("refused", FORGED)
        except Http404:
            return _said("gone", GONE)
        except actions.LockedError:
            return _said("refused", NOT_OPEN)
        except actions.BusyError:
            return _said("busy", BUSY)

    return told


@in_words
def answer(
    request: HttpRequest, enrolment: int, exercise: int, question: int, *, stamp: actions.Stamp
) -> JsonResponse:
    """Store an answer as far as it is given."""
    given = given_in(request)
    try:
        place = _place(request, enrolment, exercise, question)
    except actions.AttemptOverError:
        return _said("over", OVER)
    try:
        actions.save_answer(place, given, by=learner(request), stamp=stamp)
    except AnswerRefusedError as error:
        return _said("refused", why(error.refusal, typed="text" in request.POST))
    except actions.TimeUpError:
        return _said("over", TIME_UP)
    except actions.AttemptOverError:
        return _said("over", OVER)
    except actions.OvertakenError:
        return _said("overtaken", ELSEWHERE, **_stand(place.version, place.given))
    masked = place.given.text != given.text.replace("\r\n", "\n") and place.change == stamp.change
    return _said("saved", MASKED if masked else "", **_stand(place.version, place.given))


def _place(request: HttpRequest, enrolment: int, exercise: int, question: int) -> Answer:
    """Return the place of the answer; the first attempt begins with the first answer. Raises AttemptOverError, Http404."""
    sent = request.POST.get("number", "")
    number = int(sent) if sent.isdecimal() and len(sent) < 5 else 0
    found = queries.answer_at(
        request.user, enrolment=enrolment, exercise=exercise, question=question, number=number
    )
    if found is not None:
        return found
    mine = own(request, enrolment)
    outline = queries.outline_of(mine)
    task = item_of(outline, exercise, ItemKind.QUIZ, ItemKind.QUESTION)
    asked = item_of(outline, question, ItemKind.QUESTION)
    if asked not in outline.questions_of(task):
        raise Http404
    return actions.answer_in(mine, task, asked, number=number, by=learner(request))


@in_words
def reflection(
    request: HttpRequest, enrolment: int, lesson: int, block: UUID, *, stamp: actions.Stamp
) -> JsonResponse:
    """Store a reflection as far as it is written."""
    mine = own(request, enrolment)
    outline = queries.outline_of(mine)
    here = item_of(outline, lesson, ItemKind.LESSON)
    if not queries.has_reflection(outline, here, str(block)):
        raise Http404
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if len(text) > LONGEST_REFLECTION:
        return _said("refused", TOO_LONG)
    person = learner(request)
    place = actions.reflection_at(mine, here, str(block), by=person)
    try:
        actions.keep_reflection(place, text=text, by=person, stamp=stamp)
    except actions.OvertakenError:
        return _said("overtaken", ELSEWHERE, **_stand(place.version, Given(text=place.text)))
    masked = place.text != text and place.change == stamp.change
    return _said("saved", MASKED if masked else "", **_stand(place.version, Given(text=place.text)))


def _stand(version: int, given: Given) -> dict[str, Any]:
    return {"version": version, "chosen": list(given.chosen), "text": given.text}
