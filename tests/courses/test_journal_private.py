"""Nobody but the writer reads a journal: every role at every address, every screen for administrators, every query."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

from courses.learning import actions
from courses.learning.models import JournalEntry, JournalShare
from tests.access.table import WHO, all_rows
from tests.access.test_access import address_of, ask
from tests.access.worlds import World, one_person_per_role

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("access")]
SECRET = "Zwijgzaam korenbloemblauw."
READS_THE_ROWS = {
    "courses/learning/queries/journal.py",  # by the writer, and copies by whom they were handed to
    "courses/learning/actions/journal.py",  # locks the writer's own row
    "courses/learning/actions/sharing.py",  # makes and empties copies of the writer's own
    "courses/learning/personal_data.py",  # the writer's own download and erasure
}


@pytest.fixture
def world():
    """One person per role; the POH has a secret in their journal, finished and as a draft."""
    people = one_person_per_role()
    found = World(people)
    actions.write_entry(text=SECRET, confirmed=False, by=people["poh"])
    actions.draft_entry(text=SECRET, by=people["poh"])
    return found


@pytest.mark.parametrize("who", [who for who in WHO if who not in {"poh", "visitor"}])
def test_no_role_opens_somebody_elses_entry(who, world, client_for):
    browser = client_for(world.people[who])
    for entry in JournalEntry.objects.all():
        for name in ("entry", "change_entry", "delete_entry", "share_entry"):
            address = reverse(f"learning:{name}", args=[entry.pk])
            assert browser.get(address).status_code == 404
            posted = browser.post(address, {"text": "weg", "day": "2026-01-01"})
            assert posted.status_code in {404, 405}
    assert JournalEntry.objects.filter(text=SECRET).count() == 2


@pytest.mark.parametrize("who", ["administrator", "trainer", "researcher", "project_leader"])
def test_no_page_of_the_house_shows_it(who, world, client_for):
    browser = client_for(world.people[who])
    rows = [row for row in all_rows() if row.method == "get" and not row.is_family and row.lets_in(who)]
    assert len(rows) > 30
    for row in rows:
        answer = ask(browser, row, address_of(row, world))
        shown = b"" if answer.streaming else answer.content
        assert SECRET.encode() not in shown, row


@pytest.mark.parametrize("model", [JournalEntry, JournalShare])
def test_no_screen_for_administrators_knows_the_model(model):
    assert model not in get_snippet_models()
    assert model not in {getattr(viewset, "model", None) for viewset in viewsets.viewsets}
    assert not apps.is_installed("django.contrib.admin")


def test_only_the_owners_queries_read_the_rows():
    """A file that asks for journal rows must be one of those whose every question starts from the owner."""
    root = Path(settings.BASE_DIR)
    tops = ("site", "courses", "intervision", "media")
    files = [path for top in tops for path in (root / top).rglob("*.py") if "migrations" not in path.parts]
    reading = {path.relative_to(root).as_posix() for path in files if _asks_for_rows(path)}
    assert reading == READS_THE_ROWS


def _asks_for_rows(path: Path) -> bool:
    source = path.read_text(encoding="utf-8")
    if "JournalEntry" not in source and "JournalShare" not in source:
        return False
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"JournalEntry", "JournalShare"}
        for node in ast.walk(ast.parse(source))
    )
