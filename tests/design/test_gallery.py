"""The gallery shows every component, and each is sound HTML."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tests.accounts.factories import UserFactory
from tests.design.html import problems

pytestmark = pytest.mark.django_db
TEMPLATES = Path(settings.BASE_DIR) / "templates"
WITH_THE_PAGE = {"header", "footer", "tabbar", "account_menu", "messages", "htmx"}


@pytest.fixture
def editor():
    return UserFactory(editor=True)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_gallery_is_sound_html_in_both_languages(client_for, editor, language):
    with translation.override(language):
        answer = client_for(editor).get(reverse("core:gallery"))
    assert answer.status_code == 200
    assert problems(answer.content.decode()) == []


def test_every_component_is_shown(client_for, editor):
    answer = client_for(editor).get(reverse("core:gallery"))
    used = {Path(template.name or "").stem for template in answer.templates}
    written = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    assert written - used - WITH_THE_PAGE == set()


def test_every_icon_named_in_a_template_is_drawn():
    sprite = (Path(settings.BASE_DIR) / "site/static/icons/icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', sprite))
    text = "\n".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    named = set(re.findall(r'{% icon "([a-z-]+)"', text)) | set(
        re.findall(r"icons\.svg' %}#([a-z-]+)\"", text)
    )
    assert named - drawn == set()


def test_every_component_states_its_inputs():
    silent = [
        path.name
        for folder in ("components", "pictures")
        for path in (TEMPLATES / folder).glob("*.html")
        if not path.read_text().startswith("{# inputs: ")
    ]
    assert silent == []
