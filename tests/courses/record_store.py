"""A small learning record store on loopback that keeps to what xAPI 1.0.3 asks of one (and can be told to fail)."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

AUTH = "sleutel:geheim"
VOIDED = "http://adlnet.gov/expapi/verbs/voided"


class RecordStore(ThreadingHTTPServer):
    """Keeps statements by id. `fail` makes the next requests end with these statuses; `lose` drops their answers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.statements: dict[str, dict[str, Any]] = {}
        self.fail: list[int] = []
        self.lose = 0
        self.requests = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/xapi"

    @property
    def voided(self) -> set[str]:
        return {one["object"]["id"] for one in self.statements.values() if one["verb"]["id"] == VOIDED}

    @property
    def holding(self) -> list[dict[str, Any]]:
        """What counts: neither voided nor a voiding."""
        return [
            one
            for one in self.statements.values()
            if one["id"] not in self.voided and one["verb"]["id"] != VOIDED
        ]


class _Handler(BaseHTTPRequestHandler):
    server: RecordStore

    def do_POST(self) -> None:
        sent = self._content()
        self._store(sent if isinstance(sent, list) else [sent], ok=200)

    def do_PUT(self) -> None:
        one, wanted = self._content(), parse_qs(urlsplit(self.path).query)["statementId"][0]
        self._store([one], ok=204 if one["id"] == wanted else 400)

    def _content(self) -> Any:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def _store(self, sent: list[dict[str, Any]], *, ok: int) -> None:
        self.server.requests += 1
        status = self._refusal(sent) or ok
        if status == ok:
            self.server.statements |= {one["id"]: one for one in sent}
        if status == ok and self.server.lose:
            self.server.lose -= 1
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _refusal(self, sent: list[dict[str, Any]]) -> int:
        if self.server.fail:
            return self.server.fail.pop(0)
        if self.headers["Authorization"] != f"Basic {base64.b64encode(AUTH.encode()).decode()}":
            return 401
        if self.headers["X-Experience-API-Version"] != "1.0.3":
            return 400
        kept = self.server.statements
        conflict = any(one["id"] in kept and kept[one["id"]] != one for one in sent)
        return 409 if conflict else 0

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def record_store() -> Iterator[RecordStore]:
    server = RecordStore()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
