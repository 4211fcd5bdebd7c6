"""`make run`: everything on http://localhost:8000 (`PORT=…` changes it), ended together by Ctrl-C.

Prepares what changed (`tools/prepare.py`), starts web, worker and tick, says where to go once the site answers, starts
again what falls over, and gives up in words when something keeps falling over. Logs are under `var/log/`.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import yaml

from tools.prepare import ROOT, CannotPrepareError, prepare

LOGS = ROOT / "var" / "log"
PATIENCE = 60
"""Seconds in which the site must answer."""
GRACE = 10
"""Seconds in which a part must end when asked to."""
TOO_SOON = 10
"""A part that ends within so many seconds of its start counts as failed."""
TRIES = 3
DEFAULT_PASSWORD = "Motiverend-2026!"  # the demo's public password, see docs
DEATH_SIGNAL = 1
"""Linux' PR_SET_PDEATHSIG: parts end also when this process is killed."""


@dataclass
class Part:
    """One of the processes that make up the running site."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = field(default=0)

    def start(self) -> None:
        """Start it in a session of its own, writing to its own log."""
        self.started = time.monotonic()
        with (LOGS / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    def ended(self) -> bool:
        """Say whether it runs no more, counting ends that came too soon."""
        if self.process is None or self.process.poll() is None:
            return False
        self.failures = self.failures + 1 if time.monotonic() - self.started < TOO_SOON else 1
        return True

    def stop(self, deadline: float) -> None:
        """Wait for it to end until the deadline, then end it by force."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Stopped(Exception):
    """Ctrl-C or SIGTERM came."""


def main() -> int:
    """Run the site until told to stop; return the exit status."""
    port = int(os.environ.get("PORT") or 8000)
    if taken(port):
        print(f"Port {port} is in use. Stop what runs there, or choose another: make run PORT={port + 1}")
        return 1
    set_surroundings(port)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    parts: list[Part] = []
    try:
        prepare()
        parts = all_parts(port)
        return serve(parts, port)
    except CannotPrepareError as error:
        print(error)
        return 1
    except Stopped:
        print("\nStopping …")
        return 0
    finally:
        stop_all(parts)


def taken(port: int) -> bool:
    """Say whether something listens on this port already."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def set_surroundings(port: int) -> None:
    """Give this process and its parts the settings of one's own machine, unless told otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    os.environ.setdefault("LOG_FORMAT", "plain")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    os.environ["PYTHONUNBUFFERED"] = "1"


def all_parts(port: int) -> list[Part]:
    """Return web, worker and tick, not yet started."""
    manage = [sys.executable, str(ROOT / "manage.py")]
    web = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
    web += ["--port", str(port), "--workers", os.environ.get("WEB_WORKERS") or "2", "--blocking-threads", "4"]
    web += ["--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws", "config.wsgi:application"]
    return [
        Part("web", web),
        Part("worker", [*manage, "db_worker", "--no-reload", "--queue-name", "*"]),
        Part("tick", [*manage, "tick"]),
    ]


def serve(parts: list[Part], port: int) -> int:
    """Start the site, then what works behind it, and keep all running; return when one keeps failing."""
    LOGS.mkdir(parents=True, exist_ok=True)
    web, *behind = parts
    web.start()
    begun = time.monotonic()
    while not answers(port):
        if time.monotonic() - begun > PATIENCE or not keep(web):
            print(f"The site did not answer within {PATIENCE} seconds. It said:\n{tail('web')}")
            return 1
        time.sleep(0.2)
    for part in behind:
        part.start()
    welcome(port)
    while all(keep(part) for part in parts):
        time.sleep(1)
    return 1


def keep(part: Part) -> bool:
    """See to it that a part runs; say no when it fell over too many times in a row."""
    return not part.ended() or start_again(part)


def start_again(part: Part) -> bool:
    """Start a fallen part again, with its reason on the screen; say no after too many falls in a row."""
    if part.failures >= TRIES:
        print(
            f"{part.name} fell over {TRIES} times in a row, so everything is stopped. It said:\n{tail(part.name)}"
        )
        return False
    print(f"{part.name} ended unexpectedly and is started again; see var/log/{part.name}.log")
    part.start()
    return True


def answers(port: int) -> bool:
    """Say whether the site answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def welcome(port: int) -> None:
    """Say where to go and how to get in."""
    accounts = yaml.safe_load((ROOT / "demo" / "accounts" / "accounts.yaml").read_text(encoding="utf-8"))
    width = max(len(account["email"]) for account in accounts)
    print(f"\nTrede is running: http://localhost:{port}\n")
    print(f"Sign in at http://localhost:{port}/account/login/ with one of the demo accounts:")
    for account in accounts:
        print(f"  {account['email']:{width}}  {account.get('work_title', '')}")
    print(f"Password: {os.environ.get('DEMO_PASSWORD') or DEFAULT_PASSWORD}")
    print(
        "Mails that were sent: /postbus/   Editors' desk: /beheer/   Logs: var/log/   Stop: Ctrl-C\n",
        flush=True,
    )


def tail(name: str, lines: int = 15) -> str:
    """Return the last lines of a part's log."""
    log = LOGS / f"{name}.log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


def stop_all(parts: list[Part]) -> None:
    """Ask all parts to end, and see to it that they do."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for part in parts:
        if part.process is not None and part.process.poll() is None:
            part.process.terminate()
    deadline = time.monotonic() + GRACE
    for part in parts:
        part.stop(deadline)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
