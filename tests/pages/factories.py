"""Sources, terms and pages for tests."""

from __future__ import annotations

import uuid

import factory
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from pages.models import ContentPage, GlossaryTerm, MedicalIndexPage, MedicalPage, Source
from pages.tree import home


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source

    title = factory.Sequence(lambda n: f"Richtlijn {n}")
    publisher = "Genootschap"
    edition = "2025"


class TermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GlossaryTerm

    term = "ontwenning"
    explanation = "Klachten doordat het lichaam went aan minder."
    locale = factory.LazyFunction(lambda: Locale.objects.get(language_code="nl"))


def medical_index(**fields):
    """Return the published entrance to medical information."""
    return _published(
        home(), MedicalIndexPage(title="Medische informatie", slug="medische-informatie", **fields)
    )


def medical_page(parent=None, **fields):
    """Return a published medical page; `body` and `professional` are streams in stored form."""
    given = {"title": "Minderen", "slug": "minderen", **fields}
    return _published(parent or medical_index(), MedicalPage(**given))


def content_page(**fields):
    """Return a published page of text under the Dutch home."""
    return _published(home(), ContentPage(**{"title": "Over ons", "slug": "over-ons", **fields}))


def _published(parent, page):
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def translation_of(page, *, by):
    """Return the translation into French that somebody began."""
    source, _made = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="fr")
    )
    translation.save_target(user=by, publish=False)
    return translation


def heading(words):
    """Return a heading block in stored form."""
    return {"type": "heading", "value": words}


def text(html, terms=()):
    """Return a text block in stored form."""
    return {"type": "text", "value": {"text": html, "terms": [item(term.pk) for term in terms]}}


def claim(html, *sources, where=""):
    """Return a claim block in stored form."""
    refs = [ref(source, where) for source in sources]
    return {"type": "claim", "value": {"text": html, "sources": refs, "terms": []}}


def ref(source, where=""):
    """Return a chosen source with its place, as an item of a list."""
    return item({"source": source.pk, "where": where})


def item(value):
    """Return an item of a list in stored form."""
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}
