"""The player in a real browser: plays, seeks, follows the text, remembers; and the page without a script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from media.library.models import Sound
from media.podcast.models import Chapter, EpisodePage, EpisodePerson, Transcript
from tests.podcast.factories import make_cover, make_show

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOLDER = Path(settings.BASE_DIR) / "demo" / "podcast" / "het-doosje-naast-mijn-bed"
CLOCK = "document.querySelector('audio').currentTime"


@pytest.fixture
def episode(live_server) -> EpisodePage:
    """The demo's own episode: two minutes of sound, twenty sentences, two languages."""
    show = make_show(artwork=make_cover())
    sound = Sound.objects.create(
        title="Doosje", file=ContentFile((FOLDER / "nl.mp3").read_bytes(), name="doosje.mp3")
    )
    page = EpisodePage(
        title="Het doosje naast mijn bed", summary="Een verhaal.", sound=sound, locale=show.locale
    )
    page.story, page.voice = "composed", "synthetic"
    page.content_warning = "Het gaat ook over slecht slapen."
    page.people = [EpisodePerson(name="Mevrouw T.", part="guest", about="verzonnen")]
    page.chapters = [Chapter(start_ms=0, title="Begin"), Chapter(start_ms=60_000, title="De eerste week")]
    page.transcripts = [
        Transcript(language=x, text=(FOLDER / f"nl.{x}.vtt").read_text()) for x in ("nl", "fr")
    ]
    show.add_child(instance=page)
    page.save_revision().publish()
    return page


def until(page, expression: str) -> None:
    """Wait until this holds; asked from outside, since the page's own policy forbids evaluating a string."""
    for _try in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"Never true: {expression} (the sound stands at {page.evaluate(CLOCK)})")


def at(page, seconds: float) -> None:
    """Wait until the sound stands within half a second of this moment."""
    until(page, f"Math.abs({CLOCK} - {seconds}) < 0.5")


def test_it_plays_jumps_and_follows_the_text(page, episode, axe):
    page.goto(episode.url)
    assert page.evaluate("document.querySelector('audio').readyState") == 0
    page.get_by_role("button", name="Speel af").click()
    until(page, f"{CLOCK} > 0.3")
    page.get_by_role("button", name="Pauzeer").click()
    page.get_by_role("button", name="15 seconden vooruit").click()
    until(page, f"{CLOCK} > 15")
    page.get_by_role("button", name="15 seconden terug").click()
    until(page, f"{CLOCK} < 3")
    axe(page)


def test_twenty_places_in_the_text_begin_where_they_say(page, episode):
    page.goto(episode.url)
    links = page.locator("[data-text=nl] [data-seek]")
    starts = [float(link.get_attribute("data-seek")) for link in links.all()]
    assert len(starts) >= 20
    page.evaluate("document.querySelector('audio').muted = true")
    for number, start in enumerate(starts[:20]):
        links.nth(number).click()
        until(page, f"{CLOCK} >= {start} - 0.05 && {CLOCK} < {start} + 0.5")
        page.wait_for_selector(f"[data-text=nl] .cue.is-now[data-start='{start:g}']")


def test_chapters_speed_and_keyboard(page, episode):
    page.goto(episode.url)
    page.get_by_role("link", name=re.compile("De eerste week")).click()
    until(page, f"{CLOCK} >= 60")
    assert page.locator("[data-now]").inner_text() == "De eerste week"
    assert page.locator("[data-chapters] [aria-current]").inner_text().endswith("De eerste week")
    page.locator("[data-rate]").click()
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25
    page.locator("[data-seekbar]").focus()
    page.keyboard.press("k")
    until(page, "document.querySelector('audio').paused")
    before = page.evaluate(CLOCK)
    page.keyboard.press("j")
    at(page, before - 15)
    page.locator("#zoek").focus()
    page.keyboard.press("k")
    assert page.evaluate("document.querySelector('audio').paused")
    assert page.locator("#zoek").input_value() == "k"


def test_languages_side_by_side_keep_the_place(page, episode, axe):
    page.goto(episode.url)
    page.locator("[data-text=nl] [data-seek]").nth(5).click()
    until(page, f"{CLOCK} > 20")
    page.get_by_role("button", name="Pauzeer").click()
    before = page.evaluate(CLOCK)
    page.get_by_text("Naast elkaar").click()
    assert page.locator("[data-text=fr] .cue").first.is_visible()
    assert page.locator("[data-text=nl] .cue").first.is_visible()
    page.locator("label", has_text="Français").click()
    assert not page.locator("[data-text=nl] .cue").first.is_visible()
    assert page.locator("[data-text=fr] .cue.is-now").count() == 1
    assert page.evaluate(CLOCK) == before
    axe(page)


def test_the_place_is_remembered_and_an_address_can_name_one(page, episode):
    page.goto(episode.url)
    page.locator("[data-text=nl] [data-seek]").nth(8).click()
    until(page, f"{CLOCK} > 30")
    page.get_by_role("button", name="Pauzeer").click()
    kept = page.evaluate(CLOCK)
    page.goto("/podcast/")
    page.goto(episode.url)
    at(page, kept)
    page.goto("/podcast/")
    page.goto(f"{episode.url}#t=61.5")
    at(page, 61.5)


def test_without_a_script_everything_can_be_read_and_heard(browser, live_server, episode):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{episode.url}?zoek=trede")
    assert page.locator("audio[controls]").is_visible()
    assert not page.locator("[data-controls]").is_visible()
    assert page.locator("[data-text=nl] .cue").count() >= 20
    assert page.locator("mark").first.inner_text() == "trede"
    assert page.locator("details[data-text=fr] summary").is_visible()
    context.close()


@pytest.mark.parametrize("address", ["/podcast/", "/podcast/afbouwen/", "embed"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_other_pages_are_accessible_and_fit(page, episode, axe, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/embed/{episode.uuid}/" if address == "embed" else address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    axe(page)
