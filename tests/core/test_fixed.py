"""A piece of a template that is the same on every page of a language is drawn once for it."""

from django.template import Context, engines
from django.utils import translation


def template(source):
    return engines["django"].engine.from_string(source)


def drawn(page, language="nl", **context):
    with translation.override(language):
        return page.render(Context(context))


def test_it_is_drawn_once_for_each_language():
    page = template('{% fixed %}{% translate "Close" %}{% endfixed %} {{ name }}')
    assert drawn(page, name="Noor") == "Sluiten Noor"
    assert drawn(page, name="Rie") == "Sluiten Rie"
    assert drawn(page, "fr", name="Rie") == "Fermer Rie"


def test_nothing_of_the_page_comes_into_it(unknown_variables):
    page = template('{% fixed %}<b>{{ user.display_name|default:"" }}</b>{% endfixed %}')
    assert drawn(page, user={"display_name": "Noor Haverkamp"}) == "<b></b>"
