"""Loads the demo groups."""

from __future__ import annotations

from core.demo import DemoReport


def load(report: DemoReport) -> None:
    """Load."""
