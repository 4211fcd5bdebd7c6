"""Asking for a page many times over a few lasting connections."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from dataclasses import dataclass

CONNECTIONS = 2
SECONDS = 4.0
LEAST = 20
"""Requests per connection, however slow they are."""


@dataclass(frozen=True)
class Load:
    """How a page held: requests, requests per second, milliseconds at the middle and at 95 %, bytes of an answer."""

    requests: int
    per_second: float
    p50: float
    p95: float
    size: int


def ask(port: int, address: str, cookie: str = "", seconds: float = SECONDS) -> Load:
    """Ask for a page for some seconds from a few connections at once; every answer must be 200."""
    times: list[float] = []
    sizes: set[int] = set()
    threads = [
        threading.Thread(target=_visitor, args=(port, address, cookie, seconds, times, sizes))
        for _number in range(CONNECTIONS)
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    if not times:
        message = f"{address} did not answer as it should"
        raise RuntimeError(message)
    return Load(
        requests=len(times),
        per_second=len(times) / took,
        p50=statistics.median(times) * 1000,
        p95=sorted(times)[int(len(times) * 0.95)] * 1000,
        size=max(sizes),
    )


def _visitor(
    port: int, address: str, cookie: str, seconds: float, times: list[float], sizes: set[int]
) -> None:
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    headers = {"Accept-Encoding": "gzip", **({"Cookie": cookie} if cookie else {})}
    deadline = time.perf_counter() + seconds
    done = 0
    while time.perf_counter() < deadline or done < LEAST:
        begun = time.perf_counter()
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != http.client.OK:
            message = f"{address} answered {answer.status}"
            raise RuntimeError(message)
        times.append(time.perf_counter() - begun)
        sizes.add(len(body))
        done += 1
    connection.close()
