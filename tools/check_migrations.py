"""Migrations can run while the site serves: django-migration-linter on our rooms, on PostgreSQL's own statements.

Needs `DATABASE_URL` to name a PostgreSQL; `make check` lends it one (`tools/postgres.py`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import django
from django.apps import apps
from django.conf import settings
from django_migration_linter import MigrationLinter

BEFORE_RELEASE = ["0002_private_files_and_facts"]
"""The library's second migration gives sounds a unique uuid, which no default of the database can fill in on every one.

It was made when nobody had a sound yet. Every other field that came later has a `db_default` where it may not be empty, so that
code of before the migration goes on writing.
"""


def main() -> int:
    """Lint; return 1 when a migration would lock or break a running site."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    linter = MigrationLinter(
        include_apps=list(our_rooms()),
        ignore_name=BEFORE_RELEASE,
        analyser_string="postgresql",
        no_cache=True,
        quiet=["ok", "ignore"],
    )
    linter.lint_all_migrations()
    linter.print_summary()
    return 1 if linter.has_errors else 0


def our_rooms() -> Iterator[str]:
    """Yield the labels of our own apps."""
    for app in apps.get_app_configs():
        if app.path.startswith(str(settings.BASE_DIR)) and ".venv" not in app.path:
            yield app.label


if __name__ == "__main__":
    sys.exit(main())
