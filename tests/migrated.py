"""A copy of the freshly migrated SQLite database, so that the next run of the suite need not migrate again.

It lies in `var/test-databases/` under a fingerprint of every migration and of the locked libraries. What is made after
migrating (root pages, groups) is made again on top of it, as on every start.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import connection

ROWS_OF_MIGRATIONS = "_test_serialized_contents"
"""Where Django keeps what a committing test gets back."""
WINGS = ("site", "courses", "intervision", "media")


def is_sqlite() -> bool:
    """Say whether the suite runs on the embedded database."""
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"))


def content_types_first() -> None:
    """Have content types restored before all else, or saving another row would make them anew under other ids."""
    kept = getattr(connection, ROWS_OF_MIGRATIONS, None)
    if kept:
        rows = json.loads(kept)
        rows.sort(key=lambda row: row["model"] != "contenttypes.contenttype")
        setattr(connection, ROWS_OF_MIGRATIONS, json.dumps(rows))


def migrated_copy() -> Path:
    """Return where the copy for today's migrations is, or would be."""
    root = Path(settings.BASE_DIR)
    digest = hashlib.sha256((root / "requirements" / "development.txt").read_bytes())
    for path in sorted(path for wing in WINGS for path in (root / wing).rglob("migrations/*.py")):
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return root / "var" / "test-databases" / f"{digest.hexdigest()[:20]}.sqlite3"


def keep_migrated_copy() -> None:
    """Copy the database as it is now, whole or not at all; older copies go."""
    target = migrated_copy()
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    with sqlite3.connect(unfinished) as copy:
        connection.connection.backup(copy)
    copy.close()
    for older in target.parent.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    unfinished.replace(target)
