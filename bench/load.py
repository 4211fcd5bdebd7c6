"""Asking for a page many times over a few lasting connections."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from dataclasses import dataclass, field

CONNECTIONS = 2
SECONDS = 4.0
LEAST = 20
"""Requests per connection, however slow they are."""


@dataclass(frozen=True)
class Request:
    """A page to ask for, or with a body a form to send."""

    address: str
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True)
class Load:
    """How a page held: requests, requests per second, milliseconds at the middle and at 95 %, bytes of an answer."""

    requests: int
    per_second: float
    p50: float
    p95: float
    size: int


def ask(port: int, request: Request, seconds: float = SECONDS, *, least: int = LEAST, most: int = 0) -> Load:
    """Ask for some seconds from a few connections at once; each answer must be 200.

    Each connection asks `least` times however slow it is; with `most`, all end once there were so many answers.
    """
    times: list[float] = []
    sizes: set[int] = set()
    threads = [
        threading.Thread(target=_visitor, args=(port, request, seconds, (least, most), times, sizes))
        for _number in range(CONNECTIONS)
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    if not times:
        message = f"{request.address} did not answer as it should"
        raise RuntimeError(message)
    return Load(
        requests=len(times),
        per_second=len(times) / took,
        p50=statistics.median(times) * 1000,
        p95=sorted(times)[int(len(times) * 0.95)] * 1000,
        size=max(sizes),
    )


def _visitor(
    port: int, request: Request, seconds: float, bounds: tuple[int, int], times: list[float], sizes: set[int]
) -> None:
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    headers = {"Accept-Encoding": "gzip", **request.headers}
    method, body = ("POST", request.body) if request.body else ("GET", None)
    least, most = bounds
    deadline = time.perf_counter() + seconds
    done = 0
    while (time.perf_counter() < deadline or done < least) and not 0 < most <= len(times):
        begun = time.perf_counter()
        connection.request(method, request.address, body=body, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != http.client.OK:
            message = f"{request.address} answered {answer.status}"
            raise RuntimeError(message)
        times.append(time.perf_counter() - begun)
        sizes.add(len(content))
        done += 1
    connection.close()
