"""From an invitation by mail to a certificate that anybody can check: half a year, with the clock moved by the test.

A trainer invites a practice nurse, leads the training day and coaches; an editor changes the live course in between; the
nurse does the lessons by keyboard alone.
"""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from accounts.groups import set_up, sync_user
from accounts.models import User
from courses.catalogue.actions import cut_edition
from courses.catalogue.models import LessonPage
from courses.learning.models import Certificate, CoachingMoment, Cohort, Enrolment, Meeting, Seat
from tests.accounts.factories import UserFactory
from tests.courses.certified import make_certified_course

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = dt.datetime(2027, 3, 1, 9, 0, tzinfo=AMSTERDAM)
DAY = dt.datetime(2027, 3, 25, 9, 5, tzinfo=AMSTERDAM)
ADDRESS, PASSWORD = "nieuw@voorbeeld.test", "Zachtjes-naar-boven-8"


@pytest.fixture
def course(transactional_db):
    set_up()
    return make_certified_course()


@pytest.fixture
def trainer(course):
    person = UserFactory.create(trainer=True, display_name="Trees Trainer")
    sync_user(person)
    return person


def test_from_invitation_to_certificate(
    page, browser, live_server, sign_in, axe, course, trainer, mailoutbox, time_machine
):
    time_machine.move_to(START)
    invite_by_the_trainer(page, sign_in, axe, trainer)
    nurse = accept(browser, live_server, axe, link_in(mailoutbox))
    learner = User.objects.get(email=ADDRESS)
    plan_the_training_day(page, axe)
    assert "text/calendar" in str(mailoutbox[-1].message())
    do_the_lessons_by_keyboard(nurse, axe)
    change_the_live_course(course)
    nurse.goto("/training/cursus/module/een/")
    assert nurse.locator("h1").inner_text() == "Les een"
    assert nurse.get_by_text("Heel anders").count() == 0

    time_machine.move_to(DAY)
    attend_by_the_code(page, nurse, sign_in, axe, trainer, learner)
    coach_four_times(page, sign_in, axe, trainer, learner, time_machine)
    check_the_certificate(nurse, sign_in, browser, live_server, axe, learner)


def link_in(mailoutbox) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", mailoutbox[-1].body)
    assert found
    return found.group(1)


def invite_by_the_trainer(page, sign_in, axe, trainer) -> None:
    sign_in(page, trainer)
    page.goto("/begeleiding/cohorten/")
    axe(page)
    page.goto("/begeleiding/cohorten/nieuw/")
    axe(page)
    page.locator("select[name=course]").select_option(index=1)
    page.locator("input[name=name]").fill("Voorjaar")
    page.locator("input[name=starts_on]").fill("2027-03-01")
    page.locator("input[name=ends_on]").fill("2027-10-01")
    page.locator("main form button[type=submit]").last.click()
    page.get_by_role("heading", name="Voorjaar", level=1).wait_for()
    axe(page)
    page.locator("a[href$='/uitnodigen/']").first.click()
    axe(page)
    page.locator("input[name=email]").fill(ADDRESS)
    page.locator("input[name=name]").fill("Noor Nieuw")
    page.locator("main form button[type=submit]").last.click()
    page.get_by_text(ADDRESS).first.wait_for()


def accept(browser, live_server, axe, link):
    """Return the tab of the new nurse, signed in and in the course."""
    context = browser.new_context(
        base_url=live_server.url, locale="nl-NL", viewport={"width": 360, "height": 800}
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(link)
    axe(page)
    page.locator("input[name=display_name]").fill("Noor Nieuw")
    page.locator("input[name=work_title]").fill("praktijkondersteuner")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=agree]").check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(lambda url: "/uitnodiging/" not in url)
    assert Enrolment.objects.get(user__email=ADDRESS).cohort.name == "Voorjaar"
    return page


def plan_the_training_day(page, axe) -> None:
    cohort = Cohort.objects.get(name="Voorjaar")
    page.goto(f"/begeleiding/cohorten/{cohort.pk}/bijeenkomst/")
    axe(page)
    page.locator("select[name=kind]").select_option("training_day")
    page.locator("input[name=title]").fill("Trainingsdag")
    page.locator("input[name=day]").fill("2027-03-25")
    page.locator("input[name=starts]").fill("09:00")
    page.locator("input[name=ends]").fill("17:00")
    page.locator("input[name=place]").fill("De Esdoorn, Arnhem")
    page.locator("main form button[type=submit]").last.click()
    page.get_by_text("De Esdoorn, Arnhem").first.wait_for()
    axe(page)


def do_the_lessons_by_keyboard(page, axe) -> None:
    """Answer every question and go on, without touching the mouse; the arrow goes from A to B, which is right."""
    page.goto("/training/cursus/module/een/")
    for _lesson in range(10):
        axe(page)
        for number in range(page.locator(".quiz").count()):
            answer_by_keyboard(page, page.locator(".quiz").nth(number))
        before = page.url.partition("#")[0]
        page.locator(".step-nav button[type=submit]").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, was=before: url.partition("#")[0] != was)
        if not page.locator(".step-nav button[type=submit]").count():
            break
    enrolment = Enrolment.objects.get(user__email=ADDRESS)
    assert enrolment.lessons_done == enrolment.lessons_total


def answer_by_keyboard(page, question) -> None:
    right = question.get_by_role("radio", name="B", exact=True)
    right.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    question.locator(".quiz__why:focus").wait_for()  # what was found gets the focus, and is read out


def change_the_live_course(course) -> None:
    """An editor turns the course upside down and issues a new version."""
    lesson = LessonPage.objects.descendant_of(course).order_by("path").first()
    lesson.title = "Heel anders"
    lesson.body = []
    lesson.save_revision(clean=False).publish()
    course.refresh_from_db()
    assert cut_edition(course, by=None).new


def is_post(answer) -> bool:
    """Say whether this answers a form that was sent: by then what it asked for is stored."""
    return answer.request.method == "POST"


def attend_by_the_code(page, nurse, sign_in, axe, trainer, learner) -> None:
    meeting = Meeting.objects.get()
    sign_in(page, trainer)
    page.goto(f"/begeleiding/bijeenkomsten/{meeting.pk}/")
    axe(page)
    page.goto(f"/begeleiding/bijeenkomsten/{meeting.pk}/code/")
    axe(page)
    sign_in(nurse, learner)
    nurse.goto(f"/training/bijeenkomsten/{meeting.pk}/")
    axe(nurse)
    page.reload()  # the code of this moment, however long the checks took
    nurse.locator("input[name=code]").fill(page.locator(".room__code b").inner_text())
    with nurse.expect_response(is_post):
        nurse.keyboard.press("Enter")
    assert Seat.objects.get(enrolment__user=learner).attended_by == "code"
    assert CoachingMoment.objects.filter(enrolment__user=learner).count() == 4


def coach_four_times(page, sign_in, axe, trainer, learner, time_machine) -> None:
    for moment in CoachingMoment.objects.filter(enrolment__user=learner).order_by("number"):
        assert Certificate.objects.exists() is (moment.number > 3)
        due = dt.datetime.combine(moment.due_on, dt.time(10), tzinfo=AMSTERDAM)
        time_machine.move_to(due + dt.timedelta(days=2))
        call_command("tick", once=True)
        sign_in(page, trainer)
        page.goto("/begeleiding/coaching/")
        axe(page)
        page.locator(f"#op-{moment.pk}").wait_for()
        with page.expect_response(is_post):
            page.get_by_role("button", name=re.compile("Noor Nieuw")).first.click()
        moment.refresh_from_db()
        assert moment.held_at is not None


def check_the_certificate(nurse, sign_in, browser, live_server, axe, learner) -> None:
    call_command("tick", once=True)
    certificate = Certificate.objects.get(enrolment__user=learner)
    sign_in(nurse, learner)
    nurse.goto("/mijn/certificaten/")
    axe(nurse)
    answer = nurse.request.get(f"/mijn/certificaten/{certificate.pk}/certificaat.pdf")
    assert answer.body().startswith(b"%PDF")
    visitor = browser.new_context(base_url=live_server.url, locale="nl-NL").new_page()
    visitor.goto(f"/certificaat/{certificate.shown_code}/")
    axe(visitor)
    assert visitor.get_by_text("Noor Nieuw").count()
    visitor.context.close()
    nurse.context.close()
