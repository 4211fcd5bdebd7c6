"""A practice nurse writes in a group: nothing typed is lost, no patient gets in, and everybody can use the pages."""

import re

import pytest
from playwright.sync_api import expect

from accounts import consent
from accounts.models import Purpose
from intervision.forum.models import Draft, Post
from intervision.research.actions import create_study
from tests.accounts.factories import UserFactory
from tests.forum.factories import make_group, make_post, make_topic, poh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLANTED = "111222333"


@pytest.fixture
def scene():
    nurse, colleague = poh("Tess van Dam"), poh("Milan Oudshoorn")
    guide = UserFactory.create(display_name="Joke Zandstra")
    group = make_group(members=[nurse, colleague], facilitator=guide)
    topic = make_topic(
        group, colleague, title="Hoe begin je?", text="Ik vraag eerst hoe het gaat. Wat doen jullie?"
    )
    return {"nurse": nurse, "colleague": colleague, "guide": guide, "group": group, "topic": topic}


def field(page):
    return page.get_by_role("textbox", name=re.compile("bericht|message", re.IGNORECASE))


def saved(page):
    return page.locator("[data-editor-saved]")


def test_a_draft_survives_a_reload_and_becomes_one_post(page, sign_in, scene):
    sign_in(page, scene["nurse"])
    page.goto(scene["topic"].get_absolute_url())
    field(page).fill("Ik begin met **stilte**.")
    expect(saved(page)).to_contain_text(re.compile("bewaard|saved"), timeout=4000)
    page.reload()
    expect(field(page)).to_have_value("Ik begin met **stilte**.")
    page.locator("[data-editor] button[type=submit]").first.click()
    expect(page.locator(".post__body strong")).to_have_text("stilte")
    assert Post.objects.filter(author=scene["nurse"]).count() == 1
    assert not Draft.objects.exists()


def test_patient_data_is_stopped_and_marked_and_never_stored(page, complaints, sign_in, scene):
    complaints.expected.append("400")
    page.context.set_default_timeout(15_000)
    sign_in(page, scene["nurse"])
    page.goto(scene["topic"].get_absolute_url())
    field(page).fill(f"Zij heeft BSN {PLANTED} en slaapt slecht.")
    expect(saved(page)).to_contain_text(re.compile("bewaard|saved"), timeout=6000)
    assert PLANTED not in Draft.objects.get().body
    page.locator("[data-editor] button[type=submit]").first.click()
    expect(page.locator(".gate mark").first).to_have_text(PLANTED)
    assert PLANTED in field(page).input_value()
    assert not Post.objects.filter(author=scene["nurse"]).exists()


def test_without_javascript_everything_posts(browser, live_server, sign_in, scene):
    context = browser.new_context(base_url=live_server.url, locale="nl-NL", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, scene["nurse"])
    page.goto(scene["topic"].get_absolute_url())
    page.get_by_role("link", name=re.compile("Citeer|Quote")).first.click()
    field(page).press("End")
    field(page).fill(field(page).input_value() + "Mooie vraag, @Milan Oudshoorn.")
    page.locator("[data-editor] button[type=submit]").first.click()
    expect(page.locator(".post__quote")).to_contain_text("Ik vraag eerst hoe het gaat.")
    expect(page.locator(".mention")).to_have_text("@Milan Oudshoorn")
    context.close()


def test_quoting_a_selection_and_naming_a_colleague(page, sign_in, scene):
    sign_in(page, scene["nurse"])
    page.goto(scene["topic"].get_absolute_url())
    page.evaluate(
        """() => {
          const text = document.querySelector("[data-post-body] p").firstChild;
          const range = document.createRange();
          range.setStart(text, text.data.indexOf("Wat doen"));
          range.setEnd(text, text.data.length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.locator("[data-quote]").first.dispatch_event("click")
    expect(field(page)).to_have_value(re.compile(r"\[\[citaat \d+\.1:\d+-\d+\]\]"))
    field(page).press_sequentially("Ik ook, @mil")
    page.get_by_role("button", name=re.compile("Milan Oudshoorn")).click()
    expect(field(page)).to_have_value(re.compile("@Milan Oudshoorn $"))
    page.locator("[data-editor-preview]").click()
    expect(page.locator(".editor__preview .post__quote")).to_have_text("Milan Oudshoorn: Wat doen jullie?")
    page.locator("[data-editor] button[type=submit]").first.click()
    expect(page.locator(".post .post__quote")).to_have_text("Milan Oudshoorn: Wat doen jullie?")


def test_two_devices_never_overwrite_each_other_unseen(page, context, complaints, sign_in, scene):
    complaints.expected.append("409")
    sign_in(page, scene["nurse"])
    page.goto(scene["topic"].get_absolute_url())
    other = context.new_page()
    other.goto(scene["topic"].get_absolute_url())
    field(page).fill("Van de praktijk")
    expect(saved(page)).to_contain_text(re.compile("bewaard|saved"), timeout=4000)
    field(other).fill("Van de telefoon")
    expect(other.locator(".editor__other")).to_contain_text("Van de praktijk", timeout=6000)
    assert Draft.objects.get().body == "Van de praktijk"
    other.locator(".editor__other button").last.click()
    expect(saved(other)).to_contain_text(re.compile("bewaard|saved"), timeout=6000)
    assert Draft.objects.get().body == "Van de telefoon"


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_are_accessible(page, sign_in, axe, scene, width):
    nurse, topic = scene["nurse"], scene["topic"]
    make_post(topic, nurse, f"[[citaat {topic.posts.get().pk}]]\n\nDank @Milan Oudshoorn")
    consent.give(nurse, consent.text(Purpose.READ_POSTS, "nl"))
    study = create_study(name="Geleerde lessen", by=None)
    researcher = UserFactory.create(researcher=True)
    page.set_viewport_size({"width": width, "height": 800})
    own = topic.posts.get(number=2)
    visits = {
        nurse: [
            "/intervisie/",
            scene["group"].get_absolute_url(),
            f"{scene['group'].get_absolute_url()}nieuw/",
            topic.get_absolute_url(),
            f"/intervisie/bericht/{own.pk}/bewerken/",
            f"/intervisie/bericht/{own.pk}/verwijderen/",
            f"/intervisie/bericht/{own.pk}/geschiedenis/",
            "/intervisie/concepten/",
        ],
        scene["guide"]: [topic.get_absolute_url()],
        researcher: ["/onderzoek/", study.get_absolute_url()],
    }
    for user, addresses in visits.items():
        sign_in(page, user)
        for address in addresses:
            page.goto(address)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
