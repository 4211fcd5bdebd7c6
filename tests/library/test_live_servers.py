"""The same ranges through the servers that we run, byte for byte."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import free_port

pytestmark = pytest.mark.xdist_group("live-servers")
DATA = bytes(range(256)) * 4096
SERVERS = {
    "gunicorn": ["-m", "gunicorn", "--bind", "127.0.0.1:{port}", "--workers", "1", "config.wsgi:application"],
    "granian": [
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        "{port}",
        "config.wsgi:application",
    ],
}


@pytest.fixture(scope="module", params=sorted(SERVERS))
def port(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[int]:
    """Return the port of a server that is up, and end it afterwards."""
    work: Path = tmp_path_factory.mktemp("server")
    number = free_port(worker_id)
    base = Path(settings.BASE_DIR)
    uploads = work / "public"
    uploads.mkdir()
    (work / "live_settings.py").write_text(
        f"from config.settings.test import *\nPUBLIC_UPLOADS = {str(uploads)!r}\n", encoding="utf-8"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "live_settings",
        "DATABASE_URL": f"sqlite:///{work}/empty.sqlite3",
        "PYTHONPATH": os.pathsep.join(map(str, (work, base, base / "site"))),
    }
    (uploads / "lang.mp3").write_bytes(DATA)
    command = [part.format(port=number) for part in SERVERS[request.param]]
    with subprocess.Popen(
        [sys.executable, *command],
        env=environment,
        cwd=base,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            wait_for(number)
            yield number
        finally:
            server.terminate()
            server.wait(timeout=60)


def wait_for(port: int) -> None:
    """Wait until the server answers, a minute at most."""
    for _second in range(120):
        try:
            ask(port, "HEAD", {}, patience=2)
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail("The server did not come up.")


def ask(
    port: int, method: str, headers: dict[str, str], patience: float = 30
) -> tuple[http.client.HTTPResponse, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=patience)) as connection:
        connection.request(method, "/bestanden/lang.mp3", headers=headers)
        response = connection.getresponse()
        return response, response.read()


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        (None, 200, 0, 1_048_575),
        ("bytes=0-1", 206, 0, 1),
        ("bytes=1000-200000", 206, 1000, 200_000),
        ("bytes=1048000-", 206, 1_048_000, 1_048_575),
        ("bytes=-100", 206, 1_048_476, 1_048_575),
    ],
)
def test_a_range_is_exact_on_the_wire(port, asked, status, first, last):
    headers = {"Range": asked} if asked else {}
    response, body = ask(port, "GET", headers)
    assert response.status == status
    assert body == DATA[first : last + 1]
    head, nothing = ask(port, "HEAD", headers)
    assert (head.status, nothing) == (status, b"")
    for name in ("Content-Length", "Content-Range", "ETag", "Accept-Ranges", "Content-Type"):
        assert head.getheader(name) == response.getheader(name)


def test_what_is_not_there_is_416_on_the_wire(port):
    response, body = ask(port, "GET", {"Range": "bytes=9-3"})
    assert response.status == 416
    assert response.getheader("Content-Range") == "bytes */1048576"
    assert body
