"""What people rely on is there, and written down."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

ROOT = settings.BASE_DIR
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", ["run", "test", "check", "endurance", "bench", "help"])
def test_the_makefile_offers(target):
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert f"make {target} " in listed


@pytest.mark.parametrize("command", ["demo", "messages", "compile_messages", "tick", "verify_audit"])
def test_a_management_command_is_there(command):
    assert command in get_commands()


def test_the_ci_run_can_be_started():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def environment_names() -> set[str]:
    """Return every name that the settings read from the environment."""
    pattern = re.compile(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"")
    folder = ROOT / "site" / "config" / "settings"
    return {
        name for path in folder.glob("*.py") for name in pattern.findall(path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("name", sorted(environment_names() | {"PORT", "WEB_WORKERS"}))
def test_every_setting_stands_in_the_readme(name):
    assert f"`{name}`" in README


def our_rooms() -> list[str]:
    """Return the names of our apps."""
    tops = ("site", "courses", "intervision", "media")
    return sorted(
        app.name
        for app in apps.get_app_configs()
        if any(app.path.startswith(str(ROOT / top)) for top in tops)
    )


@pytest.mark.parametrize("room", our_rooms())
def test_every_room_is_described(room):
    described = (ROOT / "docs" / "rooms.md").read_text(encoding="utf-8")
    assert f"## {room}\n" in described


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_links_between_the_documents_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in folder.glob("*.md") if f"({path.name})" not in index] == ["README.md"]


def test_production_refuses_to_guess_its_secrets():
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL")
    }
    ended = subprocess.run(
        [sys.executable, "manage.py", "check", "--settings", "config.settings.production"],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode != 0
    assert "SECRET_KEY" in ended.stderr
