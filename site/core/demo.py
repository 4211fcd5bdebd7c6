"""Registry of demo content: each room loads its own part of `demo/` (decision 20)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class DemoReport:
    """What a load did: rows made, refreshed, left alone because people edited them."""

    made: list[str] = field(default_factory=list)
    refreshed: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)


Loader = Callable[[DemoReport], None]
_loaders: dict[str, tuple[int, Loader]] = {}


def register_demo(name: str, order: int, loader: Loader) -> None:
    """Register a room's idempotent loader; lower `order` goes first.

    Orders in use: 10 accounts, 20 library, 30 pages, 40 medicines, 50 podcast, 60 catalogue, 70 practices,
    80 learning, 85 corrections, 86 learning_proof, 87 learning_coming, 88 learning_after,
    90 forum, 100 research, 110 portal.
    """
    _loaders[name] = (order, loader)


def load_demo() -> DemoReport:
    """Run every room's loader in order and return what they did."""
    report = DemoReport()
    for _order, loader in sorted(_loaders.values(), key=lambda pair: pair[0]):
        loader(report)
    return report
