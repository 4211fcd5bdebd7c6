"""What the house's pages cost beside a bare Django view, and whether a worker's memory grows."""

from __future__ import annotations

from typing import Any

from bench.first_visit import first_visit
from bench.load import Request, ask
from bench.servers import largest_mb, processor_seconds, serving

SITE = "config.wsgi:application"
BARE = Request("/")
MANY, AT_MOST = 10_000, 60.0
"""Requests after which memory is looked at again, and the seconds after which it is looked at anyway."""
WARM_UP = 300


def measure(
    server: str,
    seconds: float,
    surroundings: dict[str, str],
    content: dict[str, Any],
    database_pids: list[int],
) -> tuple[list[dict[str, Any]], dict[str, int] | None]:
    """Return a row per page, the bare view first, and what a first visit weighs."""
    with serving(server, "bench.bare:application", {}) as (bare_pid, bare_port):
        ask(bare_port, BARE, seconds=1)
        bare = one("bare Django view", bare_port, BARE, seconds, [bare_pid])
    rows = [{**bare, "queries": 0, "aim": 1.0, "most_queries": 0}]
    wire = None
    for kept in (True, False):
        own = {**surroundings, "VISITOR_CACHE": str(int(kept))}
        with serving(server, SITE, own) as (pid, port):
            for visit in content["visits"]:
                if visit["kept"] == kept:
                    rows.append(visited(visit, port, content["cookie"], seconds, [pid, *database_pids]))
            wire = wire or first_visit(port)
    for row in rows:
        row["ratio"] = row["processor_ms"] / bare["processor_ms"]
    return rows, wire


def visited(visit: dict[str, Any], port: int, cookie: str, seconds: float, pids: list[int]) -> dict[str, Any]:
    """Return the row of a page, measured after a short warm-up."""
    request = Request(visit["address"], {"Cookie": cookie} if visit["signed_in"] else {})
    ask(port, request, seconds=0.5)
    row = one(visit["name"], port, request, seconds, pids)
    return {**row, **{key: visit[key] for key in ("queries", "aim", "most_queries")}}


def one(name: str, port: int, request: Request, seconds: float, pids: list[int]) -> dict[str, Any]:
    """Return the cost and speed of one page."""
    before = processor_seconds(pids)
    load = ask(port, request, seconds)
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


def memory(server: str, surroundings: dict[str, str]) -> dict[str, float]:
    """Return a worker's MB before and after many requests of the home, each made anew."""
    home = Request("/")
    with serving(server, SITE, {**surroundings, "VISITOR_CACHE": "0"}) as (pid, port):
        ask(port, home, AT_MOST, most=WARM_UP)
        before = largest_mb(pid)
        load = ask(port, home, AT_MOST, most=MANY)
        return {"requests": load.requests, "before_mb": before, "after_mb": largest_mb(pid)}
