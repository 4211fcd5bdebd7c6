"""Queue due work each minute."""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections

from core.tick import tick

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    """Runs beside the web process and the worker; ends at SIGTERM or SIGINT."""

    help = "Queue due publishing, digests, deadlines, retention and sealing, each minute."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--once`, for cron and tests."""
        parser.add_argument("--once", action="store_true", help="Queue what is due now, then stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tick once, or each minute until told to stop."""
        if options["once"]:
            self.stdout.write("\n".join(tick()))
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            self.tick_safely()
            stop.wait(60 - time.time() % 60)

    def tick_safely(self) -> None:
        """Tick; an absent database is a missed minute, not the end."""
        close_old_connections()
        try:
            tick()
        except OperationalError as error:
            log.warning("tick_missed", error=type(error).__name__)
