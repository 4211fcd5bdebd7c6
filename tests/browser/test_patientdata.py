"""The browser's half of the gate, and what a tab keeps, in a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from courses.learning.queries import outline_of
from patientdata.evaluation import read
from patientdata.gate import findings
from tests.accounts.factories import PASSWORD, UserFactory
from tests.courses.factories import make_enrolment
from tests.forum.factories import make_group, make_topic

EVALUATION = Path(__file__).parents[1] / "patientdata" / "evaluation"
SAME = """async (texts) => {
  const { findings } = await import("/static/js/patientdata-detect.js");
  return texts.map((text) => findings(text).map((one) => [one.kind, text.slice(one.start, one.end), one.certain]));
}"""


@pytest.fixture
def poh():
    return UserFactory.create(display_name="Noor Haverkamp", poh=True)


@pytest.fixture
def leader():
    return UserFactory.create(display_name="Yvonne Slagter", project_leader=True)


@pytest.fixture
def topic(poh):
    return make_topic(make_group(members=[poh]), poh)


def test_both_halves_find_the_same(page, sign_in, poh):
    sign_in(page, poh)
    page.goto(reverse("portal:home"))
    texts = [sentence.text for path in sorted(EVALUATION.glob("*.txt")) for sentence in read(path)]
    texts += [
        "Mw \U0001f600 Jansen, BSN 1\u200b2345\u202e6782 \x00",
        "ＢＳＮ １２３４５６７８２",
        "①②③④⑤⑥⑦⑧② bsn",
        "geboren \n12 maart 1951",
        "",
    ]
    there = page.evaluate(SAME, texts)
    here = [
        [[one.kind.value, text[one.start : one.end], one.certain] for one in findings(text)] for text in texts
    ]
    different = [
        (text, ours, theirs) for text, ours, theirs in zip(texts, here, there, strict=True) if ours != theirs
    ]
    assert different == []


def test_while_typing_a_name_is_marked_and_can_be_replaced(page, sign_in, axe, poh, topic):
    sign_in(page, poh)
    page.goto(topic.get_absolute_url())
    text = page.locator("textarea[name=body]")
    text.click()
    text.press_sequentially("Gisteren belde mevrouw van rijn terug.")
    page.get_by_text("is een naam.").wait_for()
    axe(page)
    page.get_by_role("button", name="Vervang door “een vrouw van in de zestig”").click()
    assert text.input_value() == "Gisteren belde een vrouw van in de zestig terug."
    page.locator(".gate").wait_for(state="detached")


def test_an_answer_given_while_typing_counts_when_sending(page, sign_in, poh, topic):
    sign_in(page, poh)
    page.goto(topic.get_absolute_url())
    text = page.locator("textarea[name=body]")
    text.click()
    text.press_sequentially("Het boek is van 12 maart 1951.")
    page.get_by_role("button", name="Nee, laat staan").click()
    page.locator(".gate").wait_for(state="detached")
    page.get_by_role("button", name="Plaats").first.click()
    page.locator(".post__body").get_by_text("Het boek is van 12 maart 1951.").wait_for()


def said(page, what):
    return page.locator("script[data-keepsafe]").get_attribute(f"data-{what}")


def test_after_an_expired_session_the_text_is_there_again(page, sign_in, leader, complaints):
    sign_in(page, leader)
    page.goto(reverse("practices:round_new"))
    page.locator("input[name=name]").fill("Ronde in de herfst")
    page.wait_for_timeout(500)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.evaluate("document.querySelector('form[data-keep]').noValidate = true")
    page.locator("form[data-keep] button[type=submit]").click()
    page.locator("input[name=login]").fill(leader.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_function("document.documentElement.dataset.owner")
    if reverse("practices:round_new") not in page.url:
        page.get_by_role("link", name=said(page, "waiting")).click()
    page.get_by_text(said(page, "restored")).wait_for()
    assert page.locator("input[name=name]").input_value() == "Ronde in de herfst"


def test_a_part_of_a_page_sent_after_the_session_ended_leads_to_sign_in_and_back_with_the_text(
    page, sign_in, poh, complaints
):
    outline = outline_of(make_enrolment(poh))
    address = f"/training/{outline.slug}/{outline.modules[0].slug}/{outline.lessons[0].slug}/"
    sign_in(page, poh)
    page.goto(address)
    text = page.locator(".reflection textarea")
    text.fill("Ik luister deze week vaker dan ik vraag.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    complaints.expected.append("401")
    page.locator(".reflection button[type=submit]").click()
    page.locator("input[name=login]").fill(poh.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(f"**{address}*")
    expect(text).to_have_value("Ik luister deze week vaker dan ik vraag.")


def test_somebody_else_in_the_same_tab_gets_nothing(page, sign_in, leader):
    other = UserFactory.create(display_name="Ander Mens", project_leader=True)
    sign_in(page, leader)
    page.goto(reverse("practices:round_new"))
    page.locator("input[name=name]").fill("Ronde in de herfst")
    page.wait_for_timeout(500)
    sign_in(page, other)
    page.goto(reverse("practices:round_new"))
    assert page.locator("input[name=name]").input_value() == ""
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('keep:')).length") == 0


def test_signing_out_wipes_what_the_tab_kept(page, sign_in, leader):
    sign_in(page, leader)
    page.goto(reverse("practices:round_new"))
    page.locator("input[name=name]").fill("Ronde in de herfst")
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Mijn account").click()
    page.locator("#account-menu form[data-sign-out] button").click()
    page.locator("html:not([data-owner])").wait_for(state="attached")
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('keep:')).length") == 0


def test_what_was_stored_does_not_come_back(page, sign_in, poh, topic):
    sign_in(page, poh)
    page.goto(topic.get_absolute_url())
    text = page.locator("textarea[name=body]")
    text.fill("Ik luister vandaag vooral.")
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Plaats").first.click()
    page.locator(".post__body").get_by_text("Ik luister vandaag vooral.").wait_for()
    assert page.locator("textarea[name=body]").input_value() == ""


def test_a_masked_draft_is_made_whole_in_the_tab_it_came_from(page, sign_in, poh, topic):
    sign_in(page, poh)
    page.goto(topic.get_absolute_url())
    text = page.locator("textarea[name=body]")
    text.click()
    text.press_sequentially("Mevrouw Jansen slaapt beter.")
    page.get_by_text("is een naam.").wait_for()
    page.wait_for_timeout(2500)
    page.goto(topic.get_absolute_url())
    assert page.locator("textarea[name=body]").input_value() == "Mevrouw Jansen slaapt beter."
    elsewhere = page.context.new_page()
    elsewhere.goto(topic.get_absolute_url())
    assert elsewhere.locator("textarea[name=body]").input_value() == "[weggelaten] slaapt beter."
