"""Prints what was measured, each figure beside what we aim for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PAGE_BYTES, FONT_BYTES = 60_000, 80_000
GROWTH_AIM = 1.5
"""A page with ten thousand learners behind it, beside the same with a hundred."""
FILE_AIM_MB = 16.0
"""By how many MB more a file of ten thousand learners may let a process grow than one of a hundred."""
WORKER_AIM_MB, WORKER_AIM_GROWTH = 150, 0.10
LEEWAY = 1.05
KILO = 1000


def report(found: dict[str, Any]) -> None:
    """Print a table per part that was measured."""
    print(f"\nOne worker of {found['server']}, two threads, two connections; database: {found['database']}.")
    for part, show in SHOWN.items():
        if part in found:
            print()
            show(found[part])


def pages(rows: list[dict[str, Any]]) -> None:
    """Print what pages cost as a multiple of the bare view."""
    names = f"{'cost ×':>8}{'aim':>6}{'queries':>9}{'aim':>5}{'ms cpu':>8}{'req/s':>8}{'p50':>7}{'p95':>7}"
    print(f"{'page':24}{names}{'bytes':>8}")
    for row in rows:
        within = row["ratio"] <= row["aim"] * LEEWAY and row["queries"] <= row["most_queries"]
        print(
            f"{row['name']:24}{row['ratio']:8.1f}{row['aim']:6.0f}{row['queries']:9}{row['most_queries']:5}"
            f"{row['processor_ms']:8.2f}{row['per_second']:8.0f}{row['p50_ms']:7.1f}{row['p95_ms']:7.1f}"
            f"{row['gzip_bytes']:8}{_mark(within)}"
        )


def first_visit(wire: dict[str, int] | None) -> None:
    """Print what a first visit of the home weighs."""
    if wire is None:
        print("No Chromium was found: the weight of a first visit was not measured.")
        return
    print(
        f"First visit of the home, compressed: page, style and script {wire['page']} bytes (aim {PAGE_BYTES}), "
        f"fonts {wire['fonts']} (aim {FONT_BYTES}), pictures {wire['pictures']}; {wire['files']} files."
    )


def memory(told: dict[str, float]) -> None:
    """Print how a worker's memory grew."""
    growth = told["after_mb"] / told["before_mb"] - 1
    within = told["after_mb"] <= WORKER_AIM_MB and growth <= WORKER_AIM_GROWTH
    print(
        f"A worker before and after {told['requests']:.0f} requests of the home, each made anew: "
        f"{told['before_mb']:.0f} MB (aim {WORKER_AIM_MB}), {told['after_mb']:.0f} MB, "
        f"{growth:+.1%} (aim at most {WORKER_AIM_GROWTH:.0%}){_mark(within)}"
    )


def training(rows: list[dict[str, Any]]) -> None:
    """Print what the training's pages cost with few learners and with many."""
    print("Learners × 40 lessons, one cohort of one edition.")
    print(
        f"{'page':26}{'ms cpu 100':>11}{'10,000':>8}{'ratio':>7}{'aim':>5}{'queries':>9}{'10,000':>8}{'aim':>5}"
    )
    for row in rows:
        (few, many), aim = row["queries"], row["most_queries"]
        within = row["ratio"] <= GROWTH_AIM and few == many and (not aim or many <= aim)
        cost = (
            f"{row['processor_ms'][0]:11.2f}{row['processor_ms'][1]:8.2f}{row['ratio']:7.2f}{GROWTH_AIM:5.1f}"
        )
        print(f"{row['name']:26}{cost}{few:9}{many:8}{aim or '':>5}{_mark(within)}")


def files(rows: list[dict[str, Any]]) -> None:
    """Print by how much a process grows while a file is made and sent."""
    print(
        f"A process grows by at most, in MB (aim: {FILE_AIM_MB:.0f} more for 10,000 learners than for 100)."
    )
    print(f"{'file':26}{'100':>8}{'10,000':>8}{'more':>7}{'aim':>5}{'kB read 100':>13}{'10,000':>9}")
    for row in rows:
        few, many = row["grew_mb"]
        sizes = "".join(
            f"{size / KILO:{width},.0f}" for size, width in zip(row["bytes"], (13, 9), strict=True)
        )
        more = many - few
        print(
            f"{row['name']:26}{few:8.1f}{many:8.1f}{more:7.1f}{FILE_AIM_MB:5.0f}{sizes}{_mark(more <= FILE_AIM_MB)}"
        )


def _mark(within: bool) -> str:
    return "" if within else "  over"


SHOWN: dict[str, Callable[[Any], None]] = {
    "pages": pages,
    "first_visit": first_visit,
    "memory": memory,
    "training": training,
    "files": files,
}
