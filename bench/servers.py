"""Starting the servers to measure, and reading how much processor time they used."""

from __future__ import annotations

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

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
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


def processor_seconds(roots: list[int]) -> float:
    """Return the processor time that these processes and all their offspring used so far."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        pid = int(folder.name)
        parents[pid] = int(fields[1])
        # Own user and system time, and that of children that ended.
        used[pid] = sum(int(fields[i]) for i in (11, 12, 13, 14)) / TICKS
    return sum(used[pid] for pid in used if _descends(pid, roots, parents))


def _descends(pid: int, roots: list[int], parents: dict[int, int]) -> bool:
    while pid in parents:
        if pid in roots:
            return True
        pid = parents[pid]
    return False
