"""The roots that every installation has: a home per language and the site that starts there."""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import models
from wagtail.models import Locale, Page, Site

from pages.models import HomePage
from pages.workflow import ensure_workflow

HOME_TITLES = {"nl": "Trede", "fr": "Trede"}
HOME_SLUGS = {"nl": "home", "fr": "home-fr"}


def ensure_roots(*, apps: Any = installed, **_signal: Any) -> None:
    """Make the two locales, their homes and the default site where they are missing.

    Runs after every `migrate` (and after a flush), does nothing while the tables are those of an older state.
    """
    if not _tables_are_current(apps):
        return
    ContentType.objects.clear_cache()  # after a flush the ids are new
    call_command("createcachetable", verbosity=0)  # saving a site clears what is cached of it
    _drop_welcome_page()
    homes = {code: _ensure_home(code) for code in HOME_TITLES}
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=homes["nl"], is_default_site=True)
    elif not isinstance(site.root_page.specific, HomePage):
        site.root_page = homes["nl"]
        site.save()
    ensure_workflow()


def home(language: str = "nl") -> HomePage:
    """Return the home of this language."""
    found: HomePage = HomePage.objects.get(locale__language_code=language, depth=2)
    return found


def _tables_are_current(apps: Any) -> bool:
    return all(
        _columns(apps, model) == _columns(installed, model) for model in (HomePage, Page, Locale, Site)
    )


def _columns(apps: Any, model: type[models.Model]) -> set[str]:
    try:
        state = apps.get_model(model._meta.label)
    except LookupError:
        return set()
    return {field.column for field in state._meta.local_fields}


def _ensure_home(code: str) -> HomePage:
    locale, _made = Locale.objects.get_or_create(language_code=code)
    found: HomePage | None = HomePage.objects.filter(locale=locale, depth=2).first()
    if found:
        return found
    dutch = HomePage.objects.filter(locale__language_code="nl", depth=2).first()
    page = HomePage(title=HOME_TITLES[code], slug=HOME_SLUGS[code], locale=locale)
    if dutch:
        page.translation_key = dutch.translation_key
    made: HomePage = _root().add_child(instance=page)
    return made


def _root() -> Page:
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(
            title="Root",
            slug="root",
            content_type=ContentType.objects.get_for_model(Page),
            locale_id=_dutch_id(),
        )
    return root


def _dutch_id() -> int:
    return int(Locale.objects.get(language_code="nl").pk)


def _drop_welcome_page() -> None:
    for page in Page.objects.filter(
        depth=2, content_type=ContentType.objects.get_for_model(Page), slug="home"
    ):
        page.delete()
