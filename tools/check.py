"""`make check`: format, lint, types, contracts, migrations, messages, templates, deploy settings; no tests.

Runs everything, two at a time, prints what failed and a table, and ends non-zero if anything failed.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CODE = ["site", "courses", "intervision", "media", "tools", "bench", "tests", "manage.py"]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "trede.test",
    "SITE_URL": "https://trede.test",
}


@dataclass(frozen=True)
class Check:
    """Something to run that must end with status 0."""

    name: str
    command: list[str]
    surroundings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How a check went."""

    name: str
    passed: bool
    seconds: float
    words: str


def checks() -> list[Check]:
    """Return all checks, the longest first."""
    python = str(BIN / "python")
    manage = [python, "manage.py"]
    return [
        Check("types (mypy)", [str(BIN / "mypy"), *(name for name in CODE if (ROOT / name).exists())]),
        Check("templates", [python, "-m", "tools.check_templates"]),
        Check(
            "migrations are safe", [python, "-m", "tools.postgres", python, "-m", "tools.check_migrations"]
        ),
        Check("messages", [*manage, "messages", "--check"]),
        Check("deploy settings", [*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        Check("no missing migration", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check("import contracts", [str(BIN / "lint-imports")]),
        Check("template lint (djlint)", [str(BIN / "djlint"), "--lint", "--quiet", "templates"]),
        Check("lint (ruff)", [str(BIN / "ruff"), "check", "."]),
        Check("format (ruff)", [str(BIN / "ruff"), "format", "--check", "."]),
        Check("habits", [python, "-m", "tools.check_habits"]),
    ]


def run(check: Check) -> Outcome:
    """Run one check to its end."""
    begun = time.monotonic()
    surroundings = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        **check.surroundings,
    }
    ended = subprocess.run(
        check.command,
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(check.name, ended.returncode == 0, time.monotonic() - begun, ended.stdout.strip())


def main() -> int:
    """Run all checks; return 0 only when every one passed."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(run, checks()))
    for outcome in outcomes:
        if not outcome.passed:
            print(f"── {outcome.name} ──\n{outcome.words}\n")
    width = max(len(outcome.name) for outcome in outcomes)
    for outcome in outcomes:
        print(f"{outcome.name:{width}}  {'ok' if outcome.passed else 'FAILED':6}  {outcome.seconds:5.1f} s")
    failed = [outcome.name for outcome in outcomes if not outcome.passed]
    print(f"\n{len(failed)} of {len(outcomes)} checks failed." if failed else "\nAll checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
