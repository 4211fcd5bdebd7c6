"""Runs the bench and prints its table; `python -m bench --help` for choices."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.first_visit import first_visit
from bench.load import Load, ask
from bench.servers import ROOT, processor_seconds, serving
from tools.postgres import NoPostgresError, cluster

RESULTS = ROOT / "var" / "bench"
CACHED_AIM = 2.0
PAGE_BYTES = 60_000
FONT_BYTES = 80_000


def main() -> int:
    """Measure and print; the exit status says only whether measuring worked."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--server", choices=["granian", "gunicorn"], default="granian")
    parser.add_argument("--seconds", type=float, default=4.0, help="per page")
    chosen = parser.parse_args()
    RESULTS.mkdir(parents=True, exist_ok=True)
    with database() as (url, database_pid):
        surroundings = {"DJANGO_SETTINGS_MODULE": "bench.settings", "DATABASE_URL": url}
        surroundings["SECRET_KEY"] = secrets.token_urlsafe(60)
        content = prepare(surroundings)
        rows, wire = measure(chosen.server, chosen.seconds, surroundings, content, database_pid)
    kind = url.partition(":")[0]
    report(chosen.server, kind, rows, wire)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    written = RESULTS / f"{moment}-{chosen.server}-{kind}.json"
    written.write_text(
        json.dumps({"server": chosen.server, "database": kind, "pages": rows, "first_visit": wire})
    )
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


def prepare(surroundings: dict[str, str]) -> dict[str, Any]:
    """Fill the database; return the visits and a session's cookie."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    made = subprocess.run(
        [sys.executable, "-m", "bench.content"],
        cwd=ROOT,
        env={**os.environ, **surroundings, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    content: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return content


def measure(
    server: str,
    seconds: float,
    surroundings: dict[str, str],
    content: dict[str, Any],
    database_pids: list[int],
) -> tuple[list[dict[str, Any]], dict[str, int] | None]:
    """Return a row per page, the bare view first, and what a first visit weighs."""
    with serving(server, "bench.bare:application", {}) as (bare_pid, bare_port):
        ask(bare_port, "/", seconds=1)
        bare = one("bare Django view", bare_port, "/", "", seconds, [bare_pid])
    rows = [{**bare, "queries": 0, "aim": 1.0, "most_queries": 0}]
    wire = None
    for kept in (True, False):
        own = {**surroundings, "VISITOR_CACHE": str(int(kept))}
        with serving(server, "config.wsgi:application", own) as (pid, port):
            for visit in content["visits"]:
                if visit["kept"] == kept:
                    rows.append(visited(visit, port, content["cookie"], seconds, [pid, *database_pids]))
            wire = wire or first_visit(port)
    for row in rows:
        row["ratio"] = row["processor_ms"] / bare["processor_ms"]
    return rows, wire


def visited(visit: dict[str, Any], port: int, cookie: str, seconds: float, pids: list[int]) -> dict[str, Any]:
    """Return the row of a page, measured after a short warm-up."""
    own = cookie if visit["signed_in"] else ""
    ask(port, visit["address"], own, seconds=0.5)
    row = one(visit["name"], port, visit["address"], own, seconds, pids)
    return {**row, **{key: visit[key] for key in ("queries", "aim", "most_queries")}}


def one(name: str, port: int, address: str, cookie: str, seconds: float, pids: list[int]) -> dict[str, Any]:
    """Return the cost and speed of one page."""
    before = processor_seconds(pids)
    load: Load = ask(port, address, cookie, seconds)
    used = processor_seconds(pids) - before
    return {
        "name": name,
        "processor_ms": 1000 * used / load.requests,
        "per_second": load.per_second,
        "p50_ms": load.p50,
        "p95_ms": load.p95,
        "requests": load.requests,
        "gzip_bytes": load.size,
    }


def report(server: str, kind: str, rows: list[dict[str, Any]], wire: dict[str, int] | None) -> None:
    """Print the table: cost as a multiple of the bare view, with the aim beside it."""
    print(f"\nOne worker of {server}, two threads, two connections; database: {kind}.\n")
    print(
        f"{'page':24}{'cost ×':>8}{'aim':>6}{'queries':>9}{'aim':>5}{'ms cpu':>8}{'req/s':>8}{'p50':>7}{'p95':>7}{'bytes':>8}"
    )
    for row in rows:
        mark = "" if row["ratio"] <= row["aim"] * 1.05 and row["queries"] <= row["most_queries"] else "  over"
        print(
            f"{row['name']:24}{row['ratio']:8.1f}{row['aim']:6.0f}{row['queries']:9}{row['most_queries']:5}"
            f"{row['processor_ms']:8.2f}{row['per_second']:8.0f}{row['p50_ms']:7.1f}{row['p95_ms']:7.1f}"
            f"{row['gzip_bytes']:8}{mark}"
        )
    if wire is None:
        print("\nNo Chromium was found: the weight of a first visit was not measured.")
        return
    print(
        f"\nFirst visit of the home, compressed: page, style and script {wire['page']} bytes (aim {PAGE_BYTES}), "
        f"fonts {wire['fonts']} (aim {FONT_BYTES}), pictures {wire['pictures']}; {wire['files']} files."
    )


if __name__ == "__main__":
    sys.exit(main())
