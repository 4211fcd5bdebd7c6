"""What taking files out costs in memory: a calendar, lists for a register, progress, learning records.

Runs with the bench's settings on a database that `bench.lessons` filled; reads its facts from standard input and prints
a row per file as JSON. Each is taken out by a process of its own, whose peak (VmHWM) is what is measured.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django

django.setup()

# ruff: noqa: E402 -- models can be imported only once Django is set up
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.learning.models import PresenceBatch

PEAK_BACK = "5"  # what `clear_refs` takes to set the peak back to the present size
MEGABYTE = 1024.0
ENOUGH = 40_000_000


@dataclass(frozen=True)
class Taken:
    """A file that was taken out: by how many MB the process grew at most, bytes read, seconds of processor time."""

    name: str
    grew_mb: float
    size: int
    seconds: float


def main() -> int:
    """Take out each file and print what it cost."""
    facts = json.load(sys.stdin)
    trainer, leader = client_of(facts["trainer"]), client_of(facts["leader"])
    got(trainer, reverse("learning:overview", args=[facts["cohort"]]))
    got(leader, reverse("learning:points_occasions", args=[facts["accreditation"]]))
    connections.close_all()
    found = [in_a_process(name, take) for name, take in ways(facts, trainer, leader)]
    print(json.dumps([asdict(one) for one in found]))
    return 0


def in_a_process(name: str, take: Callable[[], int]) -> Taken:
    """Measure in a copy of this process, so that no file finds memory that another one left."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=lambda: sending.send(taken(name, take)))
    process.start()
    sending.close()
    found: Taken = receiving.recv()
    process.join()
    return found


def memory(name: str) -> float:
    """Return a figure of this process' memory in MB: VmRSS for now, VmHWM for the most."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / MEGABYTE
    message = f"No {name} is told here."
    raise LookupError(message)


def taken(name: str, take: Callable[[], int]) -> Taken:
    """Measure taking one file out."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text(PEAK_BACK)
    before, begun = memory("VmRSS"), time.process_time()
    size = take()
    return Taken(name, max(0.0, memory("VmHWM") - before), size, time.process_time() - begun)


def ways(facts: dict[str, Any], trainer: Client, leader: Client) -> Iterator[tuple[str, Callable[[], int]]]:
    """Yield each file's name and how it is taken out."""
    table, cohort = "learning:overview_table", facts["cohort"]
    calendar = reverse("calendar_feed", args=[facts["calendar"]])
    yield "calendar", lambda: got(trainer, calendar)
    yield "progress, CSV", lambda: got(trainer, reverse(table, args=[cohort, "csv"]))
    yield "progress, XLSX", lambda: got(trainer, reverse(table, args=[cohort, "xlsx"]))
    yield "PE list, made", lambda: made(leader, facts["accreditation"], facts["occasion"])
    yield "PE list, its page", lambda: got(leader, listed("learning:points_batch"))
    yield "PE list, to paste", lambda: got(leader, listed("learning:points_paste"))
    yield "PE list, XLSX", lambda: got(leader, listed("learning:points_xlsx"))
    yield "learning records", lambda: got(leader, reverse("learning:exports"), {"cohort": cohort})


def client_of(pk: int) -> Client:
    """Return a browser in which this person has signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(pk=pk))
    return client


def made(client: Client, accreditation: int, occasion: str) -> int:
    """Make the list of an occasion; return how many it holds."""
    client.post(reverse("learning:points_list", args=[accreditation]), {"occasion": occasion})
    return PresenceBatch.objects.latest("pk").rows_count


def listed(name: str) -> str:
    """Return the address of something of the list that was made last."""
    return reverse(name, args=[PresenceBatch.objects.latest("pk").pk])


def got(client: Client, address: str, sent: dict[str, Any] | None = None) -> int:
    """Ask for an address, or send something to it; read the answer as it comes, return how many bytes were read.

    What is still to come after `ENOUGH` is not waited for: memory that grew with the length has shown itself by then.
    """
    answer: Any = client.get(address) if sent is None else client.post(address, sent)
    if answer.status_code != 200:
        sys.exit(f"{address} answered {answer.status_code}")
    size = 0
    for piece in answer.streaming_content if answer.streaming else [answer.content]:
        size += len(piece)
        if size > ENOUGH:
            break
    return size


if __name__ == "__main__":
    sys.exit(main())
