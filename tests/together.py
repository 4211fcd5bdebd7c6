"""Acts that start at the same moment, each in a thread and a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

PATIENCE = 60
"""Seconds in which all must have ended."""


def together(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run these acts at once; return what each answered or raised, in the order in which they ended."""
    gate, answers = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=20)
            answers.append(act())
        except Exception as error:  # noqa: BLE001 -- handed to the test, which looks at it
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    assert len(answers) == len(acts), "somebody still waits for a lock"
    return answers
