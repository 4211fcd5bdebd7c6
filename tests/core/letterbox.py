"""A real SMTP server on loopback, for tests that look at what was received."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from config.delivery import delivery_mailer
from config.settings import base
from tests.conftest import free_port


class Letterbox(Message):
    """Keeps what a real SMTP server received; as many mails as `refusals` says are first turned away for now.

    `connections` counts how often somebody came in.
    """

    def __init__(self):
        super().__init__()
        self.received = []
        self.refusals = 0
        self.connections = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        """Count who comes in."""
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server, session, envelope):
        """Answer 451 to a mail that is turned away, and take the others."""
        if self.refusals:
            self.refusals -= 1
            return "451 Requested action aborted: try again later"
        return await super().handle_DATA(server, session, envelope)

    def handle_message(self, message):
        self.received.append(message)


@contextmanager
def letterbox_of(settings: Any, worker_id: str) -> Iterator[Letterbox]:
    """Run the server, and let the house deliver to it."""
    box = Letterbox()
    port = free_port(worker_id)
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.MAILERS = {**base.MAILERS, "delivery": delivery_mailer(f"smtp://127.0.0.1:{port}")}
    settings.SHOW_POSTBOX = False
    yield box
    server.stop()
