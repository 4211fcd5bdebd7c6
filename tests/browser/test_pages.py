"""The public site and the editors' desk in a real browser."""

import pytest
from django.urls import reverse

from tests.accounts.factories import UserFactory
from tests.pages.factories import SourceFactory, TermFactory, claim, heading, item, medical_page, ref, text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def medical():
    """A medical page with one of everything that could be wrong."""
    source = SourceFactory.create()
    positions = [
        item({"value": value, "who": who, "remark": "Bij angst.", "sources": [ref(source)]})
        for value, who in [("4 weken", "Bron een"), ("2 maanden", "Bron twee"), ("3 maanden", "Bron drie")]
    ]
    return medical_page(
        lead="Uw lichaam went aan deze middelen.",
        body=[
            {"type": "red_flags", "value": {"audience": "public", "sources": [ref(source)]}},
            heading("Wat u kunt merken"),
            text("<p>Dat heet ontwenning.</p>", [TermFactory.create()]),
            claim("<p>Stop nooit in één keer.</p>", source),
            {"type": "versus", "value": {"question": "Hoelang?", "hint": "", "positions": positions}},
            {
                "type": "callout",
                "value": {"tone": "moss", "title": "Schrijf het op", "text": "<p>Elke dag.</p>"},
            },
            {
                "type": "drawing",
                "value": {"drawing": "steps", "alt": "Een trap.", "caption": "Stilstaan mag."},
            },
        ],
        professional=[heading("Beloop"), claim("<p>Let op de klasse.</p>", source, where="tabel 2")],
    )


def test_public_pages_have_nothing_against_them_on_a_phone_and_on_a_desk(page, axe, medical):
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for address in ("/", medical.get_parent().url, medical.url, "/zoeken/?q=trap"):
            page.goto(address)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(color_scheme="dark")
    page.goto(medical.url)
    axe(page)


def test_a_visitor_turns_to_the_professional_layer_by_keyboard_and_taps_a_hard_word(page, axe, medical):
    page.goto(medical.url)
    page.get_by_role("button", name="ontwenning").click()
    assert page.locator(".gloss[popover]:popover-open").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("div.layer--professional").is_visible()
    page.get_by_label("Voor iedereen").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("div.layer--professional").is_visible()
    assert not page.locator("div.layer--public").is_visible()
    axe(page)


def test_an_editor_opens_and_previews_a_page_without_a_complaint(page, sign_in, medical):
    sign_in(page, UserFactory.create(editor=True))
    page.goto(reverse("wagtailadmin_home"))
    page.get_by_text("Nog na te kijken").first.wait_for()
    page.goto(reverse("wagtailadmin_pages:edit", args=[medical.pk]))
    page.get_by_role("tab", name="Voor professionals").click()
    page.goto(reverse("wagtailadmin_pages:preview_on_edit", args=[medical.pk]))
