"""Every component in a real browser: narrow, wide, dark, forced colours, without JavaScript, by keyboard."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.accounts.factories import UserFactory

WIDTHS_AND_SCHEMES = [(320, "light"), (360, "light"), (1280, "light"), (360, "dark"), (1280, "dark")]


@pytest.fixture
def gallery(page, sign_in):
    sign_in(page, UserFactory(editor=True))
    return page


@pytest.mark.parametrize(("width", "scheme"), WIDTHS_AND_SCHEMES)
def test_no_violation_and_no_sideways_scrolling(gallery, axe, width, scheme):
    gallery.emulate_media(color_scheme=scheme)
    gallery.set_viewport_size({"width": width, "height": 800})
    gallery.goto(reverse("core:gallery"))
    axe(gallery)
    assert gallery.evaluate("document.documentElement.scrollWidth") <= width


def test_no_violation_in_forced_colours(gallery):
    gallery.emulate_media(forced_colors="active", reduced_motion="reduce")
    gallery.goto(reverse("core:gallery"))
    # The system's colours are used but not computed: axe would measure ours.
    found = Axe().run(gallery, options={"rules": {"color-contrast": {"enabled": False}}})
    assert found.violations_count == 0, found.generate_report()


def test_the_skip_link_comes_first_and_leads_to_the_content(gallery):
    gallery.goto(reverse("core:gallery"))
    # A refused form takes the focus on loading: start again from the top of the page.
    gallery.evaluate(
        "document.activeElement.blur(); window.getSelection().removeAllRanges(); window.scrollTo(0, 0)"
    )
    gallery.locator(".skip").focus()
    gallery.keyboard.press("Enter")
    assert gallery.evaluate("document.activeElement.id") == "inhoud"


def test_the_menus_open_and_close_by_keyboard(gallery):
    gallery.set_viewport_size({"width": 360, "height": 800})
    gallery.goto(reverse("core:gallery"))
    for button, panel in ((".menu-button", "#menu"), ("[popovertarget=account-menu]", "#account-menu")):
        gallery.locator(button).focus()
        gallery.keyboard.press("Enter")
        assert gallery.locator(panel).is_visible()
        gallery.keyboard.press("Escape")
        assert not gallery.locator(panel).is_visible()


def test_a_dialog_opens_here_and_gives_the_focus_back(gallery):
    gallery.goto(reverse("core:gallery"))
    opener = gallery.locator("[data-dialog=vraag]")
    opener.click()
    assert gallery.locator("#vraag").is_visible()
    gallery.locator("#vraag [data-dialog-close]").click()
    assert not gallery.locator("#vraag").is_visible()
    assert opener.evaluate("link => link === document.activeElement")


def test_a_second_press_sends_nothing_twice_and_a_failed_one_can_be_repeated(gallery):
    gallery.goto(reverse("core:gallery"))
    sent = gallery.evaluate(
        """() => {
            const part = document.createElement('div');
            part.innerHTML = '<form method="post"><button>Verstuur</button></form>';
            document.querySelector('main').append(part);
            part.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true }));
            const form = part.querySelector('form');
            let count = 0;
            form.addEventListener('submit', (event) => { if (!event.defaultPrevented) { count += 1; event.preventDefault(); } });
            form.requestSubmit(); form.requestSubmit();
            const first = count;
            delete form.dataset.sent;
            form.requestSubmit();
            return [first, count];
        }"""
    )
    assert sent == [1, 2]


def test_reading_and_menus_work_without_javascript(browser, live_server, sign_in, page):
    sign_in(page, UserFactory(editor=True))
    plain = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    tab = plain.new_page()
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(reverse("core:gallery"))
    tab.locator(".menu-button").click()
    assert tab.locator("#menu").is_visible()
    assert tab.locator("#dialoog [open]").first.is_visible()
    plain.close()
