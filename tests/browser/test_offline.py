"""Nothing that somebody answers is lost when the line goes, in a real browser; nobody else on that computer meets it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from courses.learning.models import Answer, Attempt, Reflection
from courses.learning.queries import outline_of
from tests.accounts.factories import UserFactory
from tests.browser.conftest import QUIET_FLAGS
from tests.browser.cuts import ROWS_WAITING, Course, cut_at_random, kill_while_typing, settled
from tests.courses.factories import make_course_with, make_enrolment, make_question_of, make_small_course

LESSON = "/training/cursus/module/een/"
WAITING = "Nog niet verzonden: geen verbinding"
TYPED = "Ik zou eerst vragen hoe zij er zelf over denkt."


@pytest.fixture
def person(transactional_db):
    found = UserFactory.create(poh=True, display_name="Noor Haverkamp")
    make_enrolment(found, make_small_course())
    return found


@pytest.fixture
def writer(transactional_db):
    """A learner before an open question."""
    found = UserFactory.create(poh=True, display_name="Noor Haverkamp")
    make_enrolment(found, make_course_with(make_question_of("open"), make_question_of("order")))
    return found


def state(page, *texts):
    """Wait until one of these begins or stands in what is said beside a question; "Verzonden" is not "nog niet verzonden"."""
    page.locator("[data-unsent-stand]").get_by_text(re.compile("|".join(texts))).first.wait_for()


def field(page):
    return page.get_by_label("Jouw antwoord")


def given():
    return [answer for answer in Answer.objects.all() if not answer.given.empty]


@pytest.fixture
def cut(page, complaints):
    """Return `cut(True)` to take the line away and `cut(False)` to give it back."""
    complaints.expected += [
        "net::ERR_INTERNET_DISCONNECTED",
        "net::ERR_FAILED",
        "htmx:sendError",
        "htmx:afterRequest",
    ]
    return page.context.set_offline


def test_what_is_answered_without_a_line_waits_outlives_the_tab_and_is_sent(page, sign_in, person, axe, cut):
    sign_in(page, person)
    page.goto(LESSON)
    cut(True)
    question = page.locator(".quiz").first
    question.get_by_role("radio", name="B", exact=True).check()
    question.get_by_text(WAITING).wait_for()
    page.get_by_label("Wat dacht je?").fill("Ik luisterde te kort.")
    page.locator(".reflection").get_by_text(WAITING).wait_for()
    axe(page)
    assert not given()
    page.close()

    cut(False)
    again = page.context.new_page()
    again.goto(LESSON)
    assert again.locator(".quiz").first.get_by_role("radio", name="B", exact=True).is_checked()
    assert again.get_by_label("Wat dacht je?").input_value() == "Ik luisterde te kort."
    again.locator(".quiz").first.get_by_text("Verzonden", exact=True).wait_for()
    again.locator(".reflection").get_by_text("Verzonden", exact=True).wait_for()
    assert len(given()) == 1
    assert Reflection.objects.get().text == "Ik luisterde te kort."
    assert Attempt.objects.count() == 1


def test_the_line_comes_back_while_the_page_stands(page, sign_in, writer, cut):
    sign_in(page, writer)
    page.goto(LESSON)
    field(page).press_sequentially("Ik zou ")
    state(page, "Antwoord bewaard")
    cut(True)
    field(page).press_sequentially("eerst vragen.")
    state(page, WAITING)
    page.get_by_role("button", name="Toon een mogelijk antwoord").click()
    state(page, "druk nog eens op de knop")
    cut(False)
    state(page, "Verzonden")
    assert Answer.objects.exclude(text="").get().text == "Ik zou eerst vragen."
    page.get_by_role("button", name="Toon een mogelijk antwoord").click()
    page.get_by_text("Mag ik iets vertellen?").wait_for()
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("arrives", [True, False])
def test_a_line_that_breaks_while_an_answer_is_on_its_way_stores_it_once(arrives, page, sign_in, writer, cut):
    def break_off(route):
        if arrives:
            route.fetch()
        route.abort()

    sign_in(page, writer)
    page.goto(LESSON)
    page.route("**/bewaren/", break_off)
    field(page).fill(TYPED)
    state(page, WAITING)
    assert len(given()) == int(arrives)
    page.unroute("**/bewaren/")
    page.reload()
    assert field(page).input_value() == TYPED
    state(page, "Verzonden")
    stored = given()
    assert [(found.text, found.version) for found in stored] == [(TYPED, 1)]
    assert Attempt.objects.count() == 1


def test_an_order_stands_as_it_was_put(page, sign_in, writer, cut):
    sign_in(page, writer)
    page.goto(LESSON)
    cut(True)
    steps = page.locator("[data-step]")
    steps.nth(2).get_by_role("button", name="Omhoog").click()
    put = [text.split()[-1] for text in steps.locator("[data-place] + span").all_text_contents()]
    state(page, WAITING)
    cut(False)
    page.reload()
    state(page, "Verzonden", "Antwoord bewaard")
    assert steps.locator("[data-place] + span").all_text_contents() == put
    assert len(given()) == 1


def test_the_next_person_on_this_computer_neither_sees_nor_sends_it(page, sign_in, writer, cut, complaints):
    complaints.expected.append("403")
    colleague = UserFactory.create(poh=True, display_name="Bo de Boer")
    make_enrolment(colleague, writer.enrolments.get().course)
    sign_in(page, writer)
    page.goto(LESSON)
    cut(True)
    field(page).fill(TYPED)
    state(page, WAITING)
    sign_in(page, colleague)
    cut(False)
    state(page, "door iemand anders")
    page.close()

    other = page.context.new_page()
    sent = []
    other.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    other.goto(LESSON)
    other.get_by_role("heading", name="Les een", level=1).wait_for()
    other.wait_for_load_state("networkidle")
    assert field(other).input_value() == ""
    assert (sent, given()) == ([], [])
    kept = other.evaluate(
        """async () => {
            const open = indexedDB.open("trede-unsent");
            await new Promise((resolve) => (open.onsuccess = resolve));
            const rows = open.result.transaction("changes").objectStore("changes").getAll();
            await new Promise((resolve) => (rows.onsuccess = resolve));
            const texts = rows.result.map((row) => new TextDecoder().decode(row.box) + JSON.stringify(row));
            return [rows.result.length, texts.join()];
        }"""
    )
    assert kept[0] == 1
    assert "eerst vragen" not in kept[1]
    other.close()

    back = page.context.new_page()
    sign_in(back, writer)
    back.goto("/mijn/")
    back.get_by_text("Wat op deze computer nog wachtte, is verzonden.").wait_for()
    stored = given()
    assert [(found.text, found.attempt.enrolment.user) for found in stored] == [(TYPED, writer)]


def sign_out(page):
    page.locator("[popovertarget=account-menu]").click()
    page.locator("#account-menu").get_by_role("button", name="Uitloggen").click()


@pytest.mark.parametrize("chosen", ["Nu verzenden en uitloggen", "Weggooien en uitloggen"])
def test_before_signing_out_it_is_offered_and_afterwards_gone(chosen, page, sign_in, writer, axe, cut):
    sign_in(page, writer)
    page.goto(LESSON)
    page.route("**/bewaren/", lambda route: route.abort())
    field(page).fill(TYPED)
    state(page, WAITING)
    sign_out(page)
    dialog = page.get_by_role("dialog", name="Nog niet alles is verzonden")
    dialog.get_by_role("link", name="open?").wait_for()
    axe(page)
    dialog.get_by_role("button", name="Nu verzenden").click()
    dialog.get_by_text("Er is nog geen verbinding").wait_for()
    dialog.get_by_role("button", name="Ingelogd blijven").click()
    assert not given()
    page.unroute("**/bewaren/")
    if chosen.startswith("Weggooien"):
        page.route("**/bewaren/", lambda route: route.abort())
    sign_out(page)
    if chosen.startswith("Weggooien"):
        dialog.get_by_role("button", name=chosen).click()
    page.wait_for_url(lambda address: "/training/" not in address)
    assert page.evaluate(ROWS_WAITING) == 0
    assert len(given()) == int(chosen.startswith("Nu"))


@pytest.fixture
def phone(browser, live_server, sign_in, writer, complaints):
    """The same person's lesson in a browser of its own."""
    complaints.expected.append("409")
    elsewhere = browser.new_context(base_url=live_server.url, locale="nl-NL")
    elsewhere.set_default_timeout(10_000)
    tab = elsewhere.new_page()
    sign_in(tab, writer)
    tab.goto(LESSON)
    yield tab
    elsewhere.close()


def test_an_answer_given_elsewhere_meanwhile_is_told_and_both_stand_there(page, sign_in, writer, axe, phone):
    sign_in(page, writer)
    page.goto(LESSON)
    field(page).fill(TYPED)
    state(page, "Antwoord bewaard")
    field(phone).fill("Iets heel anders.")
    note = phone.locator("[data-unsent-note]").first
    note.get_by_text("Ondertussen gaf je ergens anders een ander antwoord").wait_for()
    assert TYPED in note.text_content()
    axe(phone)
    phone.reload()
    expect(note).to_contain_text(TYPED)
    assert field(phone).input_value() == "Iets heel anders."
    note.get_by_role("button", name="Houd wat hier staat").click()
    state(phone, "Verzonden")
    assert [found.text for found in given()] == ["Iets heel anders."]
    field(page).press_sequentially(" En dan luisteren.")
    page.get_by_role("button", name="Neem het andere").first.click()
    expect(field(page)).to_have_value("Iets heel anders.")
    assert Attempt.objects.count() == 1


def test_two_tabs_of_one_browser_make_one_attempt_and_the_idle_one_follows(page, sign_in, writer, cut):
    sign_in(page, writer)
    idle = page.context.new_page()
    for tab in (page, idle):
        tab.goto(LESSON)
    cut(True)
    field(page).fill(TYPED)
    state(page, WAITING)
    cut(False)
    for tab in (page, idle):
        tab.evaluate("window.dispatchEvent(new Event('online'))")
    state(page, "Verzonden", "Antwoord bewaard")
    idle.reload()
    assert field(idle).input_value() == TYPED
    assert [(found.text, found.version) for found in given()] == [(TYPED, 1)]
    assert Attempt.objects.count() == 1


def test_what_comes_after_handing_in_is_told_and_changes_nothing(page, sign_in, person, cut, complaints):
    complaints.expected.append("409")
    sign_in(page, person)
    late = page.context.new_page()
    for tab in (page, late):
        tab.goto(LESSON)
    cut(True)
    late.locator(".quiz").first.get_by_role("radio", name="B", exact=True).check()
    late.locator(".quiz").first.get_by_text(WAITING).wait_for()
    late.close()
    page.route("**/bewaren/", lambda route: route.abort())
    cut(False)
    first = page.locator(".quiz").first
    first.get_by_role("radio", name="A", exact=True).check()
    first.get_by_role("button", name="Kijk mijn antwoord na").click()
    first.locator(".quiz__why:focus").wait_for()
    page.unroute("**/bewaren/")
    page.reload()
    note = first.locator("[data-unsent-note]")
    note.get_by_text("al ingeleverd").wait_for()
    assert "B" in note.locator("[data-unsent-own]").text_content()
    note.get_by_role("button", name="Gooi weg").click()
    page.reload()
    assert not note.get_by_role("button").count()
    assert [found.outcome for found in given()] == ["wrong"]


def test_an_expired_session_keeps_what_was_typed_until_somebody_is_back(page, sign_in, writer, complaints):
    complaints.expected.append("403")
    sign_in(page, writer)
    page.goto(LESSON)
    page.context.clear_cookies()
    field(page).fill(TYPED)
    state(page, "log opnieuw in")
    sign_in(page, writer)
    page.goto(LESSON)
    assert field(page).input_value() == TYPED
    state(page, "Verzonden")
    assert [found.text for found in given()] == [TYPED]


def test_the_connection_cut_at_ten_random_moments_loses_at_most_a_second_of_typing(
    page, sign_in, writer, cut
):
    sign_in(page, writer)
    course = Course(page.context, LESSON, outline_of(writer.enrolments.get()))
    cut_at_random(course, times=10)
    assert Attempt.objects.count() == 1


def test_a_browser_that_is_killed_loses_at_most_a_second_of_typing(killed, writer):
    killed(1.8)
    assert Attempt.objects.count() == 1


@pytest.fixture
def killed(browser, chromium, live_server, sign_in, writer, tmp_path):
    """Return `killed(seconds)`: type so long without a line, kill the browser, look again with a new one."""
    typed = Course(None, LESSON, outline_of(writer.enrolments.get()))

    def start():
        typed.context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=chromium,
            args=QUIET_FLAGS,
            base_url=live_server.url,
            locale="nl-NL",
        )
        sign_in(typed.context.pages[0], writer)

    def kill(seconds):
        start()
        moment = kill_while_typing(typed, tmp_path / "profile", seconds)
        start()
        found = settled(typed)
        typed.context.close()
        assert typed.typed.startswith(found)
        assert len(found) >= typed.sure(moment)
        typed.typed = found

    return kill
