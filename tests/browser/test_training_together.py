"""In a real browser: an invitation leads into a cohort, a trainer runs the day by code and list, people come by list."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from courses.learning import actions, room_code
from courses.learning.models import AttendanceWay, Seat
from tests.accounts.factories import PASSWORD, UserFactory
from tests.courses.factories import in_cohort, planned, running_cohort
from tests.courses.test_people_files import sheet

WIDTHS = (360, 1280)


@pytest.fixture
def cohort():
    return running_cohort()


@pytest.fixture
def trainer():
    return UserFactory.create(trainer=True, display_name="Wietske Hoogland")


def at_both_widths(page, axe, address):
    """Look at a page on a phone and on a screen: axe finds nothing, and nothing sticks out."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        axe(page)
        sticks_out = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(sticks_out), f"{address} is wider than {width} pixels"


def test_every_screen_of_a_trainer_is_sound_on_phone_and_screen(page, sign_in, axe, trainer, cohort):
    enrolment = in_cohort(cohort, display_name="Noor Haverkamp")
    meeting = planned(cohort, dt.timedelta(minutes=20), capacity=1)
    actions.invite_learner(
        cohort, email="nieuw@voorbeeld.test", name="", role=Role.POH, language="nl", by=trainer
    )
    content = b"e-mail,naam\na@voorbeeld.test,Iemand\nkapot,Iemand anders"
    found = actions.read_list(cohort, content, role=Role.POH, language="nl", by=trainer)
    sign_in(page, trainer)
    for name, args in [
        ("cohorts", []),
        ("cohort", [cohort.pk]),
        ("make_cohort", []),
        ("invite_learner", [cohort.pk]),
        ("read_list", [cohort.pk]),
        ("people_list", [found.pk]),
        ("plan_meeting", [cohort.pk]),
        ("meeting_desk", [meeting.pk]),
        ("change_meeting", [meeting.pk]),
        ("cancel_meeting", [meeting.pk]),
        ("room", [meeting.pk]),
        ("close_enrolment", [cohort.pk, enrolment.pk]),
    ]:
        at_both_widths(page, axe, reverse(f"learning:{name}", args=args))


def test_every_screen_of_a_learner_is_sound_on_phone_and_screen(page, sign_in, axe, cohort):
    enrolment = in_cohort(cohort)
    meeting = planned(cohort, dt.timedelta(minutes=20))
    sign_in(page, enrolment.user)
    code = reverse("learning_machines:attendance", args=[room_code.token(meeting, timezone.now())])
    for address in [
        code,
        reverse("learning:meetings"),
        reverse("learning:meeting", args=[meeting.pk]),
        reverse("learning:leave", args=[enrolment.pk]),
        reverse("notifications:calendar"),
        "/training/cursus/",
    ]:
        at_both_widths(page, axe, address)


def test_from_the_invitation_mail_into_the_course_and_the_cohort(
    page, sign_in, axe, context, trainer, cohort
):
    planned(cohort)
    sign_in(page, trainer)
    page.goto(reverse("learning:cohort", args=[cohort.pk]))
    page.get_by_role("link", name="Eén persoon uitnodigen").click()
    page.get_by_label("E-mailadres").fill("fenna@voorbeeld.test")
    page.get_by_role("button", name="Stuur de uitnodiging").click()
    page.get_by_text("De uitnodiging is onderweg.").wait_for()
    (sent,) = [one for one in mail.outbox if one.to == ["fenna@voorbeeld.test"]]
    link = re.search(r"https?://[^/]+(/account/uitnodiging/\S+)", sent.body)
    assert link
    context.clear_cookies()
    page.goto(link.group(1))
    axe(page)
    page.get_by_label("Naam", exact=True).fill("Fenna Oosterveer")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=agree]").check()
    page.get_by_role("button", name="Maak mijn account").click()
    page.wait_for_url("**/training/cursus/")
    page.get_by_text("“Voorjaar”").wait_for()
    page.get_by_role("link", name="Mijn bijeenkomsten").click()
    page.get_by_role("link", name="Een dag samen").click()
    page.get_by_role("button", name="Ja, ik kom").click()
    page.get_by_text("Je komt.", exact=True).wait_for()


def test_the_code_in_the_room_changes_by_itself_and_a_phone_that_shows_it_is_noted_once(
    page, sign_in, browser, live_server, trainer, cohort
):
    enrolment = in_cohort(cohort)
    meeting = planned(cohort, dt.timedelta(minutes=10))
    sign_in(page, trainer)
    page.clock.install()
    page.goto(reverse("learning:room", args=[meeting.pk]))
    assert page.locator(".room__picture svg").count() == 1
    before = page.locator(".room .big-number").inner_text()
    phone = browser.new_context(base_url=live_server.url, locale="nl-NL").new_page()
    sign_in(phone, enrolment.user)
    address = reverse("learning_machines:attendance", args=[room_code.token(meeting, timezone.now())])
    phone.goto(address)
    phone.get_by_role("button", name="Ja, ik ben er").click()
    phone.get_by_role("heading", name="Je staat op de lijst").wait_for()
    assert Seat.objects.get().attended_by == AttendanceWay.CODE
    page.clock.run_for(6_000)
    page.locator(".room .big-number", has_text="1").wait_for()
    assert before == "0"
    phone.goto(address)
    phone.get_by_role("button", name="Ja, ik ben er").click()
    phone.get_by_role("heading", name="Je stond al op de lijst").wait_for()
    phone.context.close()


def test_a_workbook_is_looked_at_and_used(page, sign_in, axe, tmp_path, trainer, cohort):
    book = tmp_path / "lijst.xlsx"
    rows = (["E-mail", "Naam"], ["een@x.test", "Een"], ["een@x.test", "Nog eens"], ["kapot", "Drie"])
    book.write_bytes(sheet(*rows))
    sign_in(page, trainer)
    page.goto(reverse("learning:read_list", args=[cohort.pk]))
    page.locator("input[type=file]").set_input_files(book)
    page.get_by_role("button", name="De lijst bekijken").click()
    page.get_by_text("Hetzelfde adres staat op regel 2.").wait_for()
    page.get_by_role("button", name="1 persoon uitnodigen").click()
    page.get_by_role("heading", name="1 persoon is uitgenodigd").wait_for()
    axe(page)
    assert [one.to for one in mail.outbox] == [["een@x.test"]]


def test_without_scripts_a_learner_answers_and_types_the_code(browser, live_server, cohort):
    enrolment = in_cohort(cohort)
    meeting = planned(cohort, dt.timedelta(minutes=10))
    bare = browser.new_context(base_url=live_server.url, locale="nl-NL", java_script_enabled=False)
    page = bare.new_page()
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(enrolment.user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.goto(reverse("learning:meeting", args=[meeting.pk]))
    page.get_by_role("button", name="Ja, ik kom").click()
    page.get_by_label("Code op het scherm").fill(room_code.typed(meeting, timezone.now()).lower())
    page.get_by_role("button", name="Ik ben er").click()
    page.get_by_text("Je was er.").wait_for()
    bare.close()
    assert Seat.objects.get().attended_by == AttendanceWay.CODE
