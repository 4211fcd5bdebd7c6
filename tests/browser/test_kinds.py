"""All eight kinds of questions on one page, answered with the keyboard and nothing else."""

from __future__ import annotations

import pytest

from courses.exercises.scoring import Kind
from courses.learning.models import Answer, Attempt
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_course_with, make_enrolment, make_question_of

LESSON = "/training/cursus/module/een/"
KINDS = [kind.value for kind in Kind]
FAR = 60
"""More presses of one key than any of these places is away."""


def press_until(page, key, reached):
    """Press a key until this is so."""
    for _ in range(FAR):
        if reached():
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} never leads there")


def has_focus(locator):
    return locator.evaluate("element => element === document.activeElement")


def tab_to(page, locator):
    lies_ahead = "element => document.activeElement.compareDocumentPosition(element) & 4"
    press_until(page, "Tab" if locator.evaluate(lies_ahead) else "Shift+Tab", lambda: has_focus(locator))


def by_radio(page, question):
    tab_to(page, question.get_by_role("radio").first)
    right = question.get_by_role("radio", name="B")
    press_until(page, "ArrowDown", lambda: has_focus(right))
    page.keyboard.press("Space")


def by_boxes(page, question):
    for box in question.get_by_role("checkbox").all():
        tab_to(page, box)
        if "A" not in box.evaluate("element => element.labels[0].textContent"):
            page.keyboard.press("Space")


def by_steps(page, question):
    for place, name in enumerate("ABC"):
        now = [words.split()[-1] for words in question.locator(".order__text").all_inner_texts()]
        for _ in range(now.index(name) - place):
            tab_to(page, question.get_by_role("button", name=f"Omhoog: {name}"))
            page.keyboard.press("Enter")


def by_lists(page, question):
    for name in "ABC":
        choice = question.get_by_label(name, exact=True)
        tab_to(page, choice)
        press_until(
            page,
            "ArrowDown",
            lambda choice=choice, name=name: (
                choice.evaluate("list => list.selectedOptions[0].textContent") == f"bij {name}"
            ),
        )


def by_typing(words):
    def type_it(page, question):
        tab_to(page, question.get_by_role("textbox"))
        page.keyboard.type(words)

    return type_it


ANSWERED = {
    "single": by_radio,
    "multiple": by_boxes,
    "order": by_steps,
    "match": by_lists,
    "text": by_typing("stopbrief"),
    "number": by_typing("40"),
    "hotspot": by_radio,
    "open": by_typing("Ik zou eerst vragen wat er door u heen ging."),
}


@pytest.fixture
def learner(transactional_db):
    person = UserFactory.create(poh=True, display_name="Noor Haverkamp")
    make_enrolment(person, make_course_with(*(make_question_of(kind) for kind in KINDS)))
    return person


def test_every_kind_of_question_is_answered_by_keyboard_alone(page, sign_in, axe, learner, complaints):
    assert set(ANSWERED) == set(KINDS)
    # Going through a list with the arrows changes the answer faster than it is saved: the newest save replaces the others.
    complaints.expected += ["htmx:afterRequest", "htmx:sendAbort"]
    sign_in(page, learner)
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(LESSON)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 900})
    for number, kind in enumerate(KINDS):
        question = page.locator(".quiz").nth(number)
        ANSWERED[kind](page, question)
        tab_to(page, question.locator("button[name=check]"))
        page.keyboard.press("Enter")
        question.locator(".quiz__why:focus").wait_for()
    axe(page)
    outcomes = dict(Answer.objects.values_list("item__title", "outcome"))
    assert outcomes == dict.fromkeys(KINDS, "right") | {"open": "noted"}
    assert Attempt.objects.filter(handed_in_at__isnull=False).count() == len(KINDS)
