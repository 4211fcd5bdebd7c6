"""What holds for every test; `docs/testing.md` explains it for people.

Nothing leaves the machine (loopback only), warnings are errors, every worker process has a database and folders of its
own, and a template that uses an unknown variable fails the test that rendered it.
"""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from django.conf import settings
from django.core.cache import cache
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.test import Client
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from pytest_django import DjangoDbBlocker
from pytest_socket import socket_allow_hosts

from core import fixed, kept
from core.catalogues import compile_catalogues
from tests.migrated import content_types_first, is_sqlite, keep_migrated_copy, migrated_copy
from tests.templates_checked import UnknownVariables

LOOPBACK = ["127.0.0.1", "::1", "localhost"]
FIRST_PORT = 21_000
"""Live servers listen below 32768: above it a client's own port may be the one asked for."""
PORTS_PER_WORKER = 200


def pytest_configure(config: pytest.Config) -> None:
    """Compile stale message catalogues, once, before any worker starts; Django has read some of them already."""
    if not hasattr(config, "workerinput"):
        for stale in compile_catalogues():
            translation_file_changed(None, stale.with_suffix(".mo"))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the long trials out unless they are asked for by name, as `make endurance` does."""
    asked = any("endurance" in argument for argument in config.args)
    return True if collection_path.name == "endurance" and not asked else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests that commit (`transaction=True`, live server) the rows back that migrations made.

    Such tests end with emptied tables; without this the Wagtail root page, the site, the locales and the groups would
    be missing from the next one.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        names: list[str] = getattr(item, "fixturenames", [])
        live = "transactional_db" in names or "live_server" in names
        if live or (marker and marker.kwargs.get("transaction")):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """Start from the last run's freshly migrated SQLite file, when no migration changed since; `--create-db` does not."""
    wanted = settings.DATABASES["default"]["TEST"].get("NAME")
    if not is_sqlite() or request.config.getvalue("create_db") or not migrated_copy().exists():
        return False
    shutil.copyfile(migrated_copy(), wanted)
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_keepdb: bool, django_db_blocker: DjangoDbBlocker
) -> None:
    """Migrate, and keep a copy for the next run."""
    content_types_first()
    if is_sqlite() and not django_db_keepdb:
        with django_db_blocker.unblock():
            keep_migrated_copy()


@pytest.fixture(autouse=True)
def _loopback_only() -> None:
    """Refuse connections to anywhere but this machine."""
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(scope="session")
def unknown_variables() -> UnknownVariables:
    noted = UnknownVariables()
    # In the settings: tests that change DEBUG or the like make Django build its template engine anew.
    options = cast("dict[str, Any]", settings.TEMPLATES[0]["OPTIONS"])
    options["string_if_invalid"] = noted
    cast("DjangoTemplates", engines["django"]).engine.string_if_invalid = noted
    return noted


@pytest.fixture(autouse=True)
def _no_unknown_variables(unknown_variables: UnknownVariables) -> Iterator[None]:
    """Fail a test in which one of our templates used a variable that does not exist."""
    unknown_variables.take()
    yield
    found = unknown_variables.take()
    if found:
        pytest.fail("Unknown template variables:\n  " + "\n  ".join(found), pytrace=False)


@pytest.fixture(autouse=True)
def _clean_slate() -> Iterator[None]:
    """Start in the house's language with nothing kept, and leave nothing behind in the folders for uploads."""
    translation.deactivate()
    cache.clear()
    kept.forget()
    fixed.forget()
    yield
    translation.deactivate()
    for folder in (settings.PUBLIC_UPLOADS, settings.PRIVATE_UPLOADS):
        for leftover in Path(folder).iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


@pytest.fixture
def client_for() -> Callable[[Any], Client]:
    """Return a function that gives a client signed in as this user; `None` is a visitor."""

    def signed_in(user: Any) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return signed_in


def free_port(worker: str) -> int:
    """Return a free port below 32768, from a range that no other worker uses."""
    number = int(worker.removeprefix("gw")) if worker.startswith("gw") else 9
    first = FIRST_PORT + number * PORTS_PER_WORKER
    for port in range(first, first + PORTS_PER_WORKER):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    message = f"No free port between {first} and {first + PORTS_PER_WORKER}."
    raise RuntimeError(message)
