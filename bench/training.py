"""The training at a hundred learners and at ten thousand: the same pages side by side, and what files take in memory.

Each size has a database of its own, a copy of the demo filled by `bench.lessons`, and its own server. A page is asked for
at both by turns, so that whatever else the machine does falls on both.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench.load import Request, ask
from bench.servers import processor_seconds, serving, told_by

SIZES = (100, 10_000)
TURNS = 3
LEAST = 5
type Surroundings = dict[str, str]


@dataclass(frozen=True)
class School:
    """A database with so many learners: how a process reaches it, and what `bench.lessons` told of it."""

    surroundings: Surroundings
    facts: dict[str, Any]


def schools(surroundings: Surroundings) -> list[School]:
    """Copy the database, which nobody may be using, once per size, and fill the copies."""
    found = []
    for learners in SIZES:
        own = {**surroundings, "DATABASE_URL": copied(surroundings["DATABASE_URL"], f"learners_{learners}")}
        found.append(School(own, told_by("bench.lessons", own, str(learners))))
    return found


def copied(url: str, name: str) -> str:
    """Copy a database beside itself; return where the copy is."""
    place, _slash, former = url.rpartition("/")
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        copy = path.with_name(f"{name}.sqlite3")
        shutil.copy(path, copy)
        return f"sqlite:///{copy}"
    with psycopg.connect(f"{place}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{former}"')
    return f"{place}/{name}"


@contextmanager
def both(server: str, found: list[School]) -> Iterator[list[tuple[int, int]]]:
    """Serve the two schools; give the process and the port of each."""
    few, many = (school.surroundings for school in found)
    with (
        serving(server, "config.wsgi:application", few) as first,
        serving(server, "config.wsgi:application", many) as second,
    ):
        yield [first, second]


def pages(server: str, seconds: float, found: list[School], database: list[int]) -> list[dict[str, Any]]:
    """Return a row per page: queries, processor time of site and database at both sizes, and their ratio."""
    rows = []
    with both(server, found) as served:
        for few, many in zip(*(school.facts["asked"] for school in found), strict=True):
            cost = compared(few, many, found, served, seconds, database)
            rows.append(
                {
                    "name": few["name"],
                    "queries": [few["queries"], many["queries"]],
                    "most_queries": few["most_queries"],
                    "processor_ms": cost,
                    "ratio": cost[1] / cost[0],
                }
            )
    return rows


def compared(
    few: dict[str, Any],
    many: dict[str, Any],
    found: list[School],
    served: list[tuple[int, int]],
    seconds: float,
    database: list[int],
) -> list[float]:
    """Return milliseconds of processor time per request at both sizes, measured by turns after a warm-up."""
    used, asked = [0.0, 0.0], [0, 0]
    for turn in range(TURNS + 1):
        for place, one in enumerate((few, many)):
            pid, port = served[place]
            request = Request(one["address"], found[place].facts["headers"][one["who"]], one["body"])
            before = processor_seconds([pid, *database])
            load = ask(port, request, seconds / 2 / TURNS if turn else 0.2, least=LEAST if turn else 2)
            if turn:
                used[place] += processor_seconds([pid, *database]) - before
                asked[place] += load.requests
    return [1000 * used[place] / asked[place] for place in range(len(SIZES))]


def files(found: list[School]) -> list[dict[str, Any]]:
    """Return a row per file: by how much a process grows while it is made and sent, at both sizes."""
    few, many = (
        told_by("bench.files", school.surroundings, told=json.dumps(school.facts["files"]))
        for school in found
    )
    return [
        {
            "name": small["name"],
            "grew_mb": [small["grew_mb"], large["grew_mb"]],
            "bytes": [small["size"], large["size"]],
            "seconds": [small["seconds"], large["seconds"]],
        }
        for small, large in zip(few, many, strict=True)
    ]
