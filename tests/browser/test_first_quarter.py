"""The demo as people meet it: a practice nurse's first quarter of an hour, and every kind of page without a violation."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from courses.learning.models import Answer
from intervision.forum.models import Group, Post, Topic
from media.podcast.models import EpisodePage
from pages.models import MedicalPage
from practices.models import Participation

WIDTHS = (360, 1280)
QUESTION = "Hoe beginnen jullie het gesprek?"
TEXT = "Ik vraag sinds kort eerst of het **gelegen komt**. Dat geeft rust aan het begin."


@pytest.fixture
def demo(live_server):
    """The site with the demo's content, as `make run` shows it."""
    call_command("demo", verbosity=0)


def test_the_first_quarter_of_an_hour_of_a_practice_nurse(page, axe, demo):
    sign_in_by_password(page, "poh@demo.test")
    page.wait_for_url("**/mijn/")
    axe(page)
    follow_the_training(page, axe)
    listen_to_an_episode(page, axe)
    start_a_topic(page, axe)


def sign_in_by_password(page, email):
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(settings.DEMO_PASSWORD)
    page.locator("input[name=password]").press("Enter")


def follow_the_training(page, axe):
    page.locator("main a[href*='/training/verder/']").first.click()
    page.locator(".step-nav").wait_for()
    axe(page)
    answered = Answer.objects.exclude(checked_at=None).count()
    question = page.locator(".quiz:has(button[name=check])").first
    question_id = question.get_attribute("id")
    question.locator("input[name=option]").first.check()
    question.locator("button[name=check]").click()
    page.locator(f"#{question_id} .quiz__why").wait_for()
    assert Answer.objects.exclude(checked_at=None).count() == answered + 1
    axe(page)
    before = page.url
    page.locator(".step-nav button[type=submit]").click()
    page.wait_for_url(lambda url: url.partition("#")[0] != before.partition("#")[0])


def listen_to_an_episode(page, axe):
    page.goto(EpisodePage.objects.live().filter(locale__language_code="nl").first().url)
    axe(page)
    page.locator("[data-toggle]").first.click()
    heard_for(page, 0.2)
    page.locator("[data-jump='15']").first.click()
    heard_for(page, 10)
    page.locator("[data-toggle]").first.click()


def heard_for(page, seconds):
    """Wait until the sound is past this moment; asked from outside, as the page's policy forbids `eval` inside."""
    for _try in range(100):
        if page.evaluate("document.querySelector('audio').currentTime") > seconds:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"The sound did not come past {seconds} seconds.")


def start_a_topic(page, axe):
    page.goto("/intervisie/")
    axe(page)
    page.locator("main a[href^='/intervisie/groep/']").first.click()
    page.locator("a[href$='/nieuw/']").first.click()
    axe(page)
    page.locator("input[name=kind]").first.check()
    page.locator("input[name=title]").fill(QUESTION)
    page.locator("textarea[name=body]").fill(TEXT)
    page.locator("[data-editor] button[type=submit]:not([name])").click()
    page.get_by_role("heading", name=QUESTION).wait_for()
    assert page.locator(".post strong", has_text="gelegen komt").count() == 1
    assert Topic.objects.get(title=QUESTION).author.email == "poh@demo.test"
    axe(page)


def page_types():
    """Yield who looks at what: one address per kind of page."""
    public = ["/", "/medische-informatie/", MedicalPage.objects.live().first().url, "/training/", "/podcast/"]
    public += [
        EpisodePage.objects.live().first().url,
        "/zoeken/?q=slaap",
        "/account/login/",
        "/fr/",
        "/bestaat-niet/",
    ]
    topic = Post.objects.order_by("-topic__post_count").first().topic
    group = Group.objects.order_by("pk").first()
    nurse = [
        "/mijn/",
        "/intervisie/",
        group.get_absolute_url(),
        topic.get_absolute_url(),
        "/praktijk/",
        "/account/",
    ]
    nurse += [f"/praktijk/{participation.pk}/" for participation in Participation.objects.order_by("pk")[:1]]
    yield from ((None, address) for address in public)
    yield from (("poh@demo.test", address) for address in nurse)
    yield "trainer@demo.test", "/begeleiding/"
    yield "onderzoeker@demo.test", "/onderzoek/"
    yield "projectleider@demo.test", "/project/"
    yield "beheerder@demo.test", "/onderdelen/"


def test_no_kind_of_page_has_a_violation_or_scrolls_sideways(page, sign_in, axe, demo, complaints):
    complaints.expected.append("404")
    wide = []
    for email, address in list(page_types()):
        page.context.clear_cookies()
        if email:
            sign_in(page, User.objects.get(email=email))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            axe(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((width, address))
    assert wide == []
