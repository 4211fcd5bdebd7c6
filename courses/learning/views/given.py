"""What a browser sends as an answer, and what people are told when it does not fit its question."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from courses.exercises.scoring import Given, Refusal

PLACE = "place-"
REFUSALS: dict[Refusal, Promise] = {
    Refusal.NOTHING: gettext_lazy("Choose an answer first, then check it."),
    Refusal.UNKNOWN: gettext_lazy("This answer does not belong to the question. Choose again, please."),
    Refusal.TOO_MANY: gettext_lazy("Only one answer can be chosen here."),
    Refusal.UNFINISHED: gettext_lazy(
        "Not everything has a place yet. Fill in what is still open, then check it."
    ),
    Refusal.TWICE: gettext_lazy("Something has the same place twice. Give each its own, then check it."),
    Refusal.NO_NUMBER: gettext_lazy("Write a number here, for example 12 or 2,5. Then check it."),
    Refusal.TOO_LONG: gettext_lazy("Your answer is too long for this question. Shorten it, then check it."),
}
NOTHING_TYPED = gettext_lazy("Write your answer first, then check it.")


def given_in(request: HttpRequest) -> Given:
    """Return what was chosen, arranged or typed."""
    places = (
        f"{name.removeprefix(PLACE)}:{value}"
        for name, value in request.POST.items()
        if name.startswith(PLACE) and value
    )
    return Given((*request.POST.getlist("option"), *places), request.POST.get("text", ""))


def why(refusal: Refusal, *, typed: bool = False) -> str:
    """Return the sentence for whoever sent it; `typed` says that words were asked, not a choice."""
    return str(NOTHING_TYPED if refusal is Refusal.NOTHING and typed else REFUSALS[refusal])
