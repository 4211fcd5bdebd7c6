"""Runs the bench and prints its tables; `python -m bench --help` for choices."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import pages, tables, training
from bench.servers import ROOT, told_by
from tools.postgres import NoPostgresError, cluster

RESULTS = ROOT / "var" / "bench"
PARTS = ("pages", "memory", "training")


def main() -> int:
    """Measure and print; the exit status says only whether measuring worked."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--server", choices=["granian", "gunicorn"], default="granian")
    parser.add_argument("--seconds", type=float, default=2.0, help="per page")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this one; may be repeated")
    chosen = parser.parse_args()
    RESULTS.mkdir(parents=True, exist_ok=True)
    with database() as (url, database_pids):
        surroundings = {"DJANGO_SETTINGS_MODULE": "bench.settings", "DATABASE_URL": url}
        surroundings["SECRET_KEY"] = secrets.token_urlsafe(60)
        found = measure(chosen.server, chosen.seconds, surroundings, database_pids, chosen.part or PARTS)
    found |= {"server": chosen.server, "database": url.partition(":")[0]}
    tables.report(found)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    written = RESULTS / f"{moment}-{chosen.server}-{found['database']}.json"
    written.write_text(json.dumps(found))
    print(f"\nWritten to {written.relative_to(ROOT)}")
    return 0


@contextmanager
def database() -> Iterator[tuple[str, list[int]]]:
    """Give an empty database and the processes that serve it: PostgreSQL where it can be had, else SQLite."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(cluster())
        except NoPostgresError as error:
            print(f"{error} Measuring on SQLite.")
            embedded = RESULTS / "bench.sqlite3"
            for leftover in RESULTS.glob("bench.sqlite3*"):
                leftover.unlink()
            yield f"sqlite:///{embedded}", []
            return
        yield url, postmasters()


def postmasters() -> list[int]:
    """Return this process' own database servers."""
    own = str(os.getpid())
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            words = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it ended meanwhile
        if parent == own and b"postgres" in words:
            found.append(int(folder.name))
    return found


def measure(
    server: str, seconds: float, surroundings: dict[str, str], pids: list[int], parts: Collection[str]
) -> dict[str, Any]:
    """Fill the database and measure the parts that were chosen; `pids` are the database's own processes."""
    content = told_by("bench.content", surroundings)
    schools = training.schools(surroundings) if "training" in parts else []
    found: dict[str, Any] = {}
    if "pages" in parts:
        found["pages"], found["first_visit"] = pages.measure(server, seconds, surroundings, content, pids)
    if "memory" in parts:
        found["memory"] = pages.memory(server, surroundings)
    if schools:
        found["training"] = training.pages(server, seconds, schools, pids)
        found["files"] = training.files(schools)
    return found


if __name__ == "__main__":
    sys.exit(main())
