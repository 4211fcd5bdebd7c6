"""A lesson and its questions in a real browser: by keyboard, without JavaScript, on the narrowest phone."""

from __future__ import annotations

import pytest

from courses.catalogue.actions import cut_edition
from courses.learning.models import Answer, Attempt, Reflection
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_enrolment, make_small_course

LESSON = "/training/cursus/module/een/"


@pytest.fixture
def learner(transactional_db):
    person = UserFactory.create(poh=True, display_name="Noor Haverkamp")
    make_enrolment(person, make_small_course())
    return person


def test_a_lesson_and_its_quiz_by_keyboard_alone(page, sign_in, axe, learner):
    sign_in(page, learner)
    page.goto(LESSON)
    axe(page)
    first = page.locator(".quiz").first
    first.get_by_role("radio", name="B", exact=True).focus()
    page.keyboard.press("Space")
    first.get_by_text("Antwoord bewaard").wait_for()
    assert Answer.objects.get().checked_at is None
    page.keyboard.press("Enter")
    first.get_by_text("Goed gezien, dit koos jij.").wait_for()
    first.locator(".quiz__why:focus").wait_for()
    for number in (1, 2):
        question = page.locator(".exercise .quiz").nth(number - 1)
        question.get_by_role("radio", name="A", exact=True).focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        question.locator(".quiz__why:focus").wait_for()
        assert question.get_by_text("Dit koos jij.").count()
    page.get_by_text("0 van 2 in één keer goed.").wait_for()
    assert Attempt.objects.filter(handed_in_at__isnull=False).count() == 2
    axe(page)
    page.get_by_role("button", name="Klaar, verder: Les 1").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Les 1", level=1).wait_for()


def test_a_thought_is_kept_when_somebody_just_goes_on(page, sign_in, learner):
    sign_in(page, learner)
    page.goto(LESSON)
    page.get_by_label("Wat dacht je?").fill("Ik luisterde te kort.")
    page.keyboard.press("Tab")
    page.get_by_text("Opgeslagen").wait_for()
    assert Reflection.objects.get().text == "Ik luisterde te kort."


def test_a_thought_with_a_phone_number_stays_on_the_screen(page, sign_in, axe, learner, complaints):
    complaints.expected.append("422")
    sign_in(page, learner)
    page.goto(LESSON)
    page.get_by_label("Wat dacht je?").fill("Bel haar terug op 06-12345678.")
    page.get_by_role("button", name="Opslaan").click()
    page.locator(".gate").wait_for()
    assert page.get_by_label("Wat dacht je?").input_value() == "Bel haar terug op 06-12345678."
    axe(page)


def test_everything_works_without_javascript(browser, live_server, sign_in, learner):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    sign_in(page, learner)
    page.goto(LESSON)
    first = page.locator(".quiz").first
    first.get_by_role("radio", name="B", exact=True).check()
    first.get_by_role("button", name="Kijk mijn antwoord na").click()
    page.get_by_text("Goed gezien, dit koos jij.").wait_for()
    page.get_by_label("Wat dacht je?").fill("Zonder script.")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_text("Je gedachte is opgeslagen").wait_for()
    assert Answer.objects.get().checked_at is not None
    assert Reflection.objects.get().text == "Zonder script."
    context.close()


def test_going_on_lands_on_the_question_where_somebody_was(page, sign_in, learner):
    sign_in(page, learner)
    page.goto(LESSON)
    page.locator(".exercise .quiz").last.get_by_role("radio").first.check()
    page.locator(".exercise .quiz").last.get_by_text("Antwoord bewaard").wait_for()
    page.goto("/training/")
    page.get_by_role("link", name="Een training").first.click()
    page.wait_for_url("**#vraag-*")
    assert page.url.partition("#")[2] == page.locator(".exercise .quiz").last.get_attribute("id")


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_training_have_no_violations_and_do_not_overflow(page, sign_in, axe, learner, width):
    page.set_viewport_size({"width": width, "height": 900})
    trainer = UserFactory.create(trainer=True)
    cut_edition(learner.enrolments.get().course, by=None)
    for person, address in (
        (learner, "/training/"),
        (learner, "/training/cursus/"),
        (learner, LESSON),
        (trainer, "/begeleiding/"),
    ):
        sign_in(page, person)
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
