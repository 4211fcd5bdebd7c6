"""Bring database, messages, static files and demo content in line with the code, skipping what is still right.

`make run` calls this before it starts anything. What was done is remembered in `var/prepared.json` as fingerprints of
what went in, so that a second start takes no time; throw that file away to do everything again.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / "var" / "prepared.json"
WINGS = ("site", "courses", "intervision", "media")


class CannotPrepareError(Exception):
    """A step failed; the message says which one."""


def prepare(tell: Callable[[str], None] = print) -> None:
    """Do every step whose fingerprint changed; raise `CannotPrepareError` when one fails."""
    done = json.loads(STATE.read_text()) if STATE.exists() else {}
    for name, fingerprint, commands in steps():
        if done.get(name) == fingerprint():
            continue
        tell(f"{name} …")
        for command in commands:
            manage(*command)
        done[name] = fingerprint()  # again: making the database changes its own fingerprint
        STATE.parent.mkdir(exist_ok=True)
        STATE.write_text(json.dumps(done, indent=1))


def steps() -> list[tuple[str, Callable[[], str], list[list[str]]]]:
    """Return the steps in order: name, fingerprint of what goes in, commands."""
    return [
        ("Messages", messages_fingerprint, [["compile_messages"]]),
        (
            "Database",
            database_fingerprint,
            [["migrate", "--noinput", "-v", "0"], ["createcachetable"], ["demo", "--if-empty"]],
        ),
        ("Static files", static_fingerprint, [["collectstatic", "--noinput", "-v", "0"]]),
    ]


def messages_fingerprint() -> str:
    """Change with every catalogue, compiled or not."""
    folder = ROOT / "locale"
    return fingerprint([*folder.rglob("*.po"), *folder.rglob("*.mo")])


def database_fingerprint() -> str:
    """Change with every migration, every library and every other database."""
    url = os.environ.get("DATABASE_URL", "")
    embedded = ROOT / "var" / "trede.sqlite3"
    which = url or (str(embedded.stat().st_ino) if embedded.exists() else "none yet")
    migrations = [path for wing in WINGS for path in (ROOT / wing).rglob("migrations/*.py")]
    return fingerprint([*migrations, ROOT / "requirements" / "production.txt"], which)


def static_fingerprint() -> str:
    """Change with every static file, every library and the absence of what was collected."""
    collected = (ROOT / "var" / "static" / "staticfiles.json").exists()
    files = [path for path in (ROOT / "site" / "static").rglob("*") if path.is_file()]
    return fingerprint([*files, ROOT / "requirements" / "production.txt"], str(collected))


def fingerprint(paths: Iterable[Path], *more: str) -> str:
    """Return a digest of the files' names and contents, and of further words."""
    digest = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def manage(*command: str) -> None:
    """Run a management command; raise `CannotPrepareError` when it fails (its own words are on the screen)."""
    ended = subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=False)
    if ended.returncode:
        message = f"`manage.py {' '.join(command)}` failed; nothing was started."
        raise CannotPrepareError(message)


if __name__ == "__main__":
    try:
        prepare()
    except CannotPrepareError as error:
        sys.exit(str(error))
