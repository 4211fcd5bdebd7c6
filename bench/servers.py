"""Starting the servers to measure, and reading how much processor time they used."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
PORTS = range(27_000, 27_200)
PATIENCE = 60
THREADS = 2


def command(server: str, application: str, port: int) -> list[str]:
    """Return how to start one worker of a server with this WSGI application."""
    binary = str(Path(sys.executable).parent / server)
    if server == "granian":
        options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", str(THREADS), "--no-ws"]
        return [binary, *options, "--host", "127.0.0.1", "--port", str(port), application]
    options = ["--worker-class", "gthread", "--workers", "1", "--threads", str(THREADS), "--keep-alive", "30"]
    return [binary, *options, "--bind", f"127.0.0.1:{port}", application]


@contextmanager
def serving(server: str, application: str, surroundings: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Run a server; give its process id and its port once it answers."""
    port = free_port()
    path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    process = subprocess.Popen(
        command(server, application, port),
        cwd=ROOT,
        env={**os.environ, **surroundings, "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(port, process)
        yield process.pid, port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=PATIENCE)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until something answers at this port."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=PATIENCE)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    message = f"The server did not answer: {process.args!r}"
    raise RuntimeError(message)


def free_port() -> int:
    """Return a port that nobody listens on."""
    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    message = "No free port for the bench."
    raise RuntimeError(message)


def told_by(module: str, surroundings: dict[str, str], *words: str, told: str = "") -> Any:
    """Run a module of the bench in a process of its own; return what its last line says, as JSON."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    made = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env={**os.environ, **surroundings, "PYTHONPATH": path},
        input=told,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(made.stdout.splitlines()[-1])


def processor_seconds(roots: list[int]) -> float:
    """Return the processor time that these processes and all their offspring used so far."""
    # Own user and system time, and that of children that ended.
    return sum(sum(int(fields[i]) for i in (11, 12, 13, 14)) / TICKS for fields in _family(roots))


def largest_mb(root: int) -> float:
    """Return the memory (resident) of the largest of this process and its offspring: of its one worker."""
    return max(int(fields[21]) * PAGE / 2**20 for fields in _family([root]))


def _family(roots: list[int]) -> list[list[str]]:
    """Return what /proc tells of these processes and all their offspring, from the state on."""
    told: dict[int, list[str]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told[int(folder.name)] = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
    parents = {pid: int(fields[1]) for pid, fields in told.items()}
    return [fields for pid, fields in told.items() if _descends(pid, roots, parents)]


def _descends(pid: int, roots: list[int], parents: dict[int, int]) -> bool:
    while pid in parents:
        if pid in roots:
            return True
        pid = parents[pid]
    return False
