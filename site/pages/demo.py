"""Loads the demo's public pages, sources and glossary from `demo/pages/` (decision 20)."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from wagtail.models import Locale, Page, RevisionMixin

from core.demo import DemoReport
from core.fields import BlocksField
from pages.models import GlossaryTerm, HomePage, Source
from pages.tree import ensure_roots, home
from pages.written import Writer

FOLDER = Path("demo") / "pages"
LANGUAGES = ("nl", "fr")
_SPACE = uuid.UUID("0b6f1f0c-3d7e-4b58-8a3b-8a2d6d6a9c55")


def load(report: DemoReport) -> None:
    """Bring sources, glossary and pages in line with the files; what people edited since is left alone."""
    ensure_roots()
    for key, fields in read("sources.yaml").items():
        settle(Source.objects.filter(key=key).first() or Source(key=key), fields, report)
    for key, versions in read("glossary.yaml").items():
        _load_term(key, versions, report)
    for path in sorted((settings.BASE_DIR / FOLDER).glob("[0-9]*.yaml")):
        _load_page(path.stem, read(path.name), report)


def read(name: str) -> Any:
    """Return what a file of the demo's pages says."""
    return yaml.safe_load((settings.BASE_DIR / FOLDER / name).read_text(encoding="utf-8"))


def settle(row: Any, fields: dict[str, Any], report: DemoReport) -> None:
    """Store these fields in a snippet with revisions, unless a person changed it since the last load."""
    if bring_in_line(row, fields, f"{row._meta.label} {fields.get('title') or fields.get('term')}", report):
        row.full_clean()
        row.save()
        row.save_revision()


def bring_in_line(row: Any, fields: dict[str, Any], name: str, report: DemoReport) -> bool:
    """Set these fields on a row and report it by this name; say whether there is something to store.

    There is not where a person changed the row since the last load, or where it says the same already.
    """
    if row.pk and edited_by_somebody(row):
        report.left_alone.append(name)
        return False
    if row.pk and all(_stored(row, field) == value for field, value in fields.items()):
        return False
    (report.refreshed if row.pk else report.made).append(name)
    for field, value in fields.items():
        setattr(row, field, value)
    return True


def edited_by_somebody(row: RevisionMixin) -> bool:
    """Say whether a person stands behind the newest revision; a load has nobody behind it."""
    revision = row.latest_revision
    return revision is not None and revision.user_id is not None


def find_snippet(label: str, key: str, language: str) -> int:
    """Return the id of a source or glossary term by its key; raises `LookupError` for an unknown one."""
    model: type[Model] = apps.get_model(label)
    wanted = (
        {"translation_key": term_key(key), "locale__language_code": language}
        if model is GlossaryTerm
        else {"key": key}
    )
    found = model._default_manager.filter(**wanted).values_list("pk", flat=True).first()
    if found is None:
        message = f"No {label} is called {key}"
        raise LookupError(message)
    return int(found)


def term_key(key: str) -> uuid.UUID:
    """Return the translation key of a glossary term of the demo."""
    return uuid.uuid5(_SPACE, f"term/{key}")


def _load_term(key: str, versions: dict[str, dict[str, Any]], report: DemoReport) -> None:
    for language, fields in versions.items():
        locale = Locale.objects.get(language_code=language)
        known = GlossaryTerm.objects.filter(translation_key=term_key(key), locale=locale).first()
        settle(known or GlossaryTerm(translation_key=term_key(key), locale=locale), fields, report)


def _load_page(name: str, given: dict[str, Any], report: DemoReport) -> None:
    model = apps.get_model(given["model"])
    for language in LANGUAGES:
        if language in given:
            page = _page(model, given, language)
            _settle_page(page, _fields(model, given[language], f"{name}/{language}", language), given, report)


def _page(model: type[Page], given: dict[str, Any], language: str) -> Page:
    """Return the page that stands for this file in this language, new when there is none."""
    if model is HomePage:
        return home(language)
    key = uuid.uuid5(_SPACE, f"page/{given['parent']}/{given['slug']}")
    locale = Locale.objects.get(language_code=language)
    known = model.objects.filter(translation_key=key, locale=locale).first()
    return known or model(translation_key=key, locale=locale, slug=given["slug"])


def _fields(model: type[Page], given: dict[str, Any], seed: str, language: str) -> dict[str, Any]:
    writer = Writer(lambda label, key: find_snippet(label, key, language))
    fields = {}
    for name, value in given.items():
        field = model._meta.get_field(name)
        is_stream = isinstance(field, BlocksField)
        fields[name] = writer.stream(field.stream_block, value, f"{seed}/{name}") if is_stream else value
    return fields


def _settle_page(page: Page, fields: dict[str, Any], given: dict[str, Any], report: DemoReport) -> None:
    if not bring_in_line(page, fields, f"{page._meta.verbose_name} {fields['title']}", report):
        return
    if not page.pk:
        page.live = False
        _parent(given["parent"], page.locale).add_child(instance=page)
    page.save_revision(clean=True).publish()


def _stored(row: Any, name: str) -> Any:
    field = row._meta.get_field(name)
    value = getattr(row, name)
    return field.stream_block.get_prep_value(value) if isinstance(field, BlocksField) else value


def _parent(path: str, locale: Locale) -> Page:
    parent: Page = home(locale.language_code)
    for slug in filter(None, path.split("/")):
        parent = parent.get_children().get(slug=slug)
    return parent
