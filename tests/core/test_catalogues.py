"""Strings are found room by room, kept when code moves, and checked before anybody sees them."""

from __future__ import annotations

import gettext

import polib
import pytest

from core.catalogues import compile_catalogues
from core.extraction import messages_of
from core.translation_files import catalogue_of, collect, disagreements, entry_problems, problems

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
TITLE = _("Lessons")
LONG = _("One sentence, "
         "in two parts")
def words(n):
    return ngettext("%(n)s lesson", "%(n)s lessons", n), pgettext("noun", "Step")
"""
TEMPLATE = """{% if it %}
      <p title="{% translate "It's new" %}">{{ a|default:_("None") }}</p>
   {% blocktranslate trimmed count n=n %}
      {{ n }} post
   {% plural %}
      {{ n }} posts
   {% endblocktranslate %}
{% endif %}"""


@pytest.fixture
def house(tmp_path):
    """Make a small house with two rooms."""
    for room in ("forum", "learning"):
        for language in ("nl", "fr"):
            (tmp_path / "locale" / room / language / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "courses" / "learning").mkdir(parents=True)
    (tmp_path / "courses" / "learning" / "views.py").write_text(PYTHON)
    (tmp_path / "templates" / "forum").mkdir(parents=True)
    (tmp_path / "templates" / "forum" / "topic.html").write_text(TEMPLATE)
    return tmp_path


def translate(path, **texts):
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "één", 1: "meer"}
        else:
            entry.msgstr = texts.get(entry.msgid, f"vertaald {entry.msgid}")
    catalogue.save()


def test_strings_of_python_and_templates_are_found_in_their_room(house):
    assert set(messages_of("learning", house)) == {
        ("", "Lessons"),
        ("", "One sentence, in two parts"),
        ("", "%(n)s lesson"),
        ("noun", "Step"),
    }
    found = messages_of("forum", house)
    assert set(found) == {("", "It's new"), ("", "None"), ("", "%(n)s post")}
    assert found["", "%(n)s post"].plural == "%(n)s posts"


def test_collecting_twice_changes_nothing(house):
    assert len(collect(root=house)) == 4
    assert collect(root=house) == []


def test_a_translation_moves_along_with_its_string(house):
    collect(root=house)
    translate(catalogue_of("learning", "nl", house), Lessons="Lessen")
    (house / "courses" / "learning" / "views.py").write_text("")
    (house / "templates" / "forum" / "topic.html").write_text('{% translate "Lessons" %}')
    collect(root=house)
    entry = polib.pofile(str(catalogue_of("forum", "nl", house)))[0]
    assert (entry.msgid, entry.msgstr) == ("Lessons", "Lessen")
    assert not catalogue_of("learning", "nl", house).exists()


def test_what_is_missing_is_named(house):
    found = "\n".join(problems(root=house))
    assert "locale/learning/fr/LC_MESSAGES/django.po: “Lessons” is missing; run make messages" in found
    collect(root=house)
    found = "\n".join(problems(root=house))
    assert "locale/forum/nl/LC_MESSAGES/django.po: “None” has no translation" in found


@pytest.mark.parametrize(
    ("entry", "complaints"),
    [
        ({"msgid": "a", "msgstr": "b"}, []),
        ({"msgid": "a", "msgstr": ""}, ["has no translation"]),
        ({"msgid": "a", "msgstr": "b", "flags": ["fuzzy"]}, ["is marked fuzzy"]),
        ({"msgid": "%(n)s a", "msgstr": "b"}, ["leaves out %(n)s"]),
        ({"msgid": "{n} a", "msgstr": "{m} {n} b"}, ["uses {m}, which the English does not"]),
        ({"msgid": "%(n)s a", "msgid_plural": "%(n)s as", "msgstr_plural": {0: "één", 1: "%(n)s b"}}, []),
        (
            {"msgid": "a", "msgid_plural": "%(n)s as", "msgstr_plural": {0: "b", 1: ""}},
            ["has no translation"],
        ),
    ],
)
def test_a_wrong_translation_is_named(entry, complaints):
    assert list(entry_problems(polib.POEntry(**entry))) == complaints


@pytest.mark.parametrize(("space", "named"), [(" ", True), ("\u00a0", False)])
def test_a_french_sign_that_could_begin_a_line_is_named(house, space, named):
    collect(root=house)
    translate(catalogue_of("learning", "fr", house), Lessons=f"Leçons{space}?")
    assert any("a line may break" in found for found in problems(root=house)) is named


def test_rooms_that_translate_differently_are_named(house):
    (house / "templates" / "forum" / "topic.html").write_text('{% translate "Lessons" %}')
    collect(root=house)
    translate(catalogue_of("learning", "nl", house), Lessons="Lessen")
    translate(catalogue_of("forum", "nl", house), Lessons="Lesjes")
    assert list(disagreements(house)) == ["nl: “Lessons” differs between forum and learning"]


def test_compiled_catalogues_are_read_by_gettext_and_made_once(house):
    collect(root=house)
    translate(catalogue_of("learning", "nl", house), Lessons="Lessen")
    compile_catalogues(house)
    with catalogue_of("learning", "nl", house).with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Lessons") == "Lessen"
    assert compile_catalogues(house) == []
