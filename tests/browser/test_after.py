"""The half year after the training day in a real browser: by keyboard, by voice, without a script, on a narrow phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize

from courses.learning import actions
from courses.learning.models import (
    CoachingMoment,
    JournalEntry,
    JournalShare,
    RecallCard,
    RecallReview,
    SampleKind,
    SampleMessage,
)
from courses.learning.queries import outline_of
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_enrolment, make_small_course, was_at_training_day
from tests.library.factories import wav_bytes

MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
NARROW: ViewportSize = {"width": 320, "height": 700}


@pytest.fixture
def enrolment(transactional_db):
    """A POH ten weeks after the training day, with the first lesson's quiz behind them."""
    person = UserFactory.create(poh=True, display_name="Noor Haverkamp")
    made = make_enrolment(person, make_small_course())
    was_at_training_day(made, timezone.localdate() - dt.timedelta(days=70))
    actions.make_plan(made, by=None)
    return made


@pytest.fixture
def trainer(transactional_db):
    return UserFactory.create(trainer=True, display_name="Saskia Trainer")


@pytest.fixture
def sample(enrolment, trainer):
    return actions.hand_in_sample(
        enrolment,
        kind=SampleKind.OWN_TEXT,
        title="Het telefoontje",
        text="Ik: U kreeg een brief.\nZij: Ik schrok.",
        made_up=True,
        confirmed=False,
        by=enrolment.user,
    )


def due_card(enrolment):
    outline = outline_of(enrolment)
    item = outline.exercises_of(outline.lessons[0])[0]
    return RecallCard.objects.create(
        enrolment=enrolment, key=item.key, item_id=item.id, due_at=timezone.now()
    )


def test_every_screen_of_the_learner_is_accessible_and_fits_a_narrow_phone(
    page, sign_in, axe, enrolment, trainer, sample
):
    due_card(enrolment)
    entry = actions.write_entry(text="Ik luisterde langer.", confirmed=False, by=enrolment.user)
    moment = CoachingMoment.objects.get(number=2)
    sign_in(page, enrolment.user)
    for address in [
        "/training/plan/",
        f"/training/plan/coaching/{moment.pk}/",
        "/training/herhalen/",
        "/training/oefenwerk/",
        "/training/oefenwerk/inleveren/",
        f"/training/oefenwerk/{sample.pk}/",
        f"/training/oefenwerk/{sample.pk}/weg/",
        "/mijn/dagboek/",
        "/mijn/dagboek/nieuw/",
        f"/mijn/dagboek/{entry.pk}/",
        f"/mijn/dagboek/{entry.pk}/wijzigen/",
        f"/mijn/dagboek/{entry.pk}/weg/",
        f"/mijn/dagboek/{entry.pk}/delen/",
        f"/mijn/dagboek/{entry.pk}/delen/?aan=trainer-{enrolment.pk}",
    ]:
        _fits(page, axe, address)


def test_every_screen_of_the_trainer_is_accessible_and_fits_a_narrow_phone(
    page, sign_in, axe, enrolment, trainer, sample
):
    actions.hold_coaching(CoachingMoment.objects.get(number=1), by=trainer)
    sign_in(page, trainer)
    for address in [
        "/begeleiding/coaching/",
        "/begeleiding/oefenwerk/",
        f"/begeleiding/oefenwerk/{sample.pk}/",
        "/begeleiding/gedeeld/",
    ]:
        _fits(page, axe, address)


def _fits(page: Page, axe, address: str) -> None:
    page.goto(address)
    axe(page)
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"], f"{address} is {width} wide"
    page.set_viewport_size({"width": 1280, "height": 900})


def test_repeating_by_keyboard_alone(page, sign_in, enrolment):
    due_card(enrolment)
    sign_in(page, enrolment.user)
    page.goto("/training/herhalen/")
    page.get_by_role("radio", name="B").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_text("Goed gezien, dit koos jij.").wait_for()
    assert page.evaluate("document.activeElement.id") == "uitkomst"
    assert RecallReview.objects.get().outcome == "right"


def test_a_journal_entry_is_written_shared_and_taken_back_by_keyboard(page, sign_in, enrolment, trainer):
    sign_in(page, enrolment.user)
    page.goto("/mijn/dagboek/nieuw/")
    page.get_by_label("Wat wil je vasthouden?").focus()
    page.keyboard.type("Ik gaf geen tip.")
    page.get_by_role("button", name="Bewaren", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Een kopie delen").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bekijk wat zij zullen zien").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Dit is precies wat zij zullen zien").wait_for()
    assert not JournalShare.objects.exists()
    page.get_by_role("button", name="Deel deze kopie").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Terugnemen").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Niemand kan die kopie nog lezen.").wait_for()
    assert JournalShare.objects.get().text == ""


def test_a_half_written_entry_survives_a_slip_and_leaves_with_signing_out(page, sign_in, enrolment):
    sign_in(page, enrolment.user)
    page.goto("/mijn/dagboek/nieuw/")
    page.get_by_label("Wat wil je vasthouden?").fill("Nog niet af")
    page.wait_for_timeout(500)
    page.goto("/training/plan/")
    page.goto("/mijn/dagboek/nieuw/")
    assert page.get_by_label("Wat wil je vasthouden?").input_value() == "Nog niet af"
    assert not JournalEntry.objects.exists()


@pytest.fixture
def speaking(browser: Browser, chromium: str, live_server, at_work) -> Iterator[Page]:
    """A tab in a browser with a microphone that beeps."""
    other = browser.browser_type.launch(executable_path=chromium, args=MICROPHONE)
    context = other.new_context(base_url=live_server.url, locale="nl-NL")
    context.set_default_timeout(15_000)
    yield context.new_page()
    other.close()


def test_a_trainer_speaks_feedback_hears_it_and_the_learner_plays_it(
    speaking, sign_in, enrolment, trainer, sample
):
    page = speaking
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page, trainer)
    page.goto(f"/begeleiding/oefenwerk/{sample.pk}/")
    page.get_by_role("button", name="Neem op met de microfoon").click()
    page.get_by_text("De opname loopt.").wait_for()
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Stop de opname").click()
    page.get_by_text("Je opname is klaar.").wait_for()
    page.wait_for_function(
        "() => document.querySelector('[data-recorder-play]').duration > 1", timeout=10_000
    )
    page.get_by_role("button", name="Geef feedback").click()
    page.get_by_text("Verstuurd naar Noor Haverkamp.").wait_for()
    message = SampleMessage.objects.get()
    assert 1 < message.seconds < 5
    assert message.sound.name.endswith(".wav")
    sign_in(page, enrolment.user)
    page.goto(f"/training/oefenwerk/{sample.pk}/")
    page.evaluate("document.querySelector('audio').preload = 'auto'")
    page.wait_for_function("() => document.querySelector('audio').duration > 1", timeout=10_000)
    assert said == []


@pytest.mark.parametrize(
    ("address", "allowed"), [("/begeleiding/oefenwerk/{pk}/", True), ("/begeleiding/oefenwerk/", False)]
)
def test_the_browser_itself_keeps_the_microphone_shut_elsewhere(
    address, allowed, speaking, sign_in, trainer, sample
):
    sign_in(speaking, trainer)
    speaking.goto(address.format(pk=sample.pk))
    asked = """() => navigator.mediaDevices.getUserMedia({audio: true}).then(() => true, () => false)"""
    assert speaking.evaluate(asked) is allowed


def test_without_a_script_feedback_is_a_chosen_file(
    browser, live_server, sign_in, trainer, enrolment, sample, tmp_path
):
    file = tmp_path / "gesproken.wav"
    file.write_bytes(wav_bytes())
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    sign_in(page, trainer)
    page.goto(f"/begeleiding/oefenwerk/{sample.pk}/")
    assert not page.locator("[data-recorder]").is_visible()
    page.get_by_label("Of spreek het in").set_input_files(file)
    page.get_by_role("button", name="Geef feedback").click()
    page.get_by_text("Verstuurd naar Noor Haverkamp.").wait_for()
    assert SampleMessage.objects.get().seconds > 0
    context.close()
