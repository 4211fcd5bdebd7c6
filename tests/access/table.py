"""The rows of the access table.

Each room keeps its rows in `tests/access/<room>.py` as a list `ROWS`; they are collected by themselves. A row says who
may open the address of one URL name:

    ROWS = [
        Row("forum:topic", allowed={"poh", "facilitator"}, make=lambda world: {"pk": world.topic.pk}),
        Row("forum:post", allowed={"poh"}, make=lambda world: {"pk": world.topic.pk}, method="post"),
    ]

`allowed` holds names from `WHO`, or the single word "everyone", "signed_in" or "nobody". "editors" is short for the three
roles that enter the editors' desk. `make` returns the keyword arguments of the address (or a tuple of positional ones);
what it needs comes from the `World` (see `worlds.py`). Someone who is let in must get an answer that is neither a refusal
nor "not found"; everyone else must get 403, 404 or the way to the sign-in page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.access.worlds import World

WHO = (
    "visitor",
    "member",  # signed in, without any role
    "poh",
    "gp",
    "trainer",
    "facilitator",
    "editor",
    "medical_reviewer",
    "researcher",
    "project_leader",
    "administrator",
)
GROUPS: dict[str, frozenset[str]] = {
    "everyone": frozenset(WHO),
    "signed_in": frozenset(WHO) - {"visitor"},
    "nobody": frozenset(),
    "editors": frozenset({"editor", "medical_reviewer", "administrator"}),
}

type Arguments = Mapping[str, Any] | tuple[Any, ...]


@dataclass(frozen=True)
class Row:
    """Who may open the address of one URL name, or of a whole library's family when the name ends in `*`.

    `method` is the one to try ("post" for an address that only takes posts; `data` is what is posted). `answers` lists
    further statuses that count as being let in. In a family nobody outside `allowed` may get in; what those inside get is
    the library's own affair, and the addresses are made up.
    """

    name: str
    allowed: frozenset[str] | set[str]
    make: Callable[[World], Arguments] | None = None
    method: str = "get"
    data: Mapping[str, Any] | None = None
    answers: frozenset[int] | set[int] = frozenset()
    note: str = ""

    @property
    def is_family(self) -> bool:
        """Say whether this row stands for all names that match its pattern."""
        return "*" in self.name

    def covers(self, name: str) -> bool:
        """Say whether this row speaks about the URL name."""
        return fnmatchcase(name, self.name) if self.is_family else name == self.name

    def lets_in(self, who: str) -> bool:
        """Say whether this person should get in."""
        return any(who in GROUPS.get(word, {word}) for word in self.allowed)

    def __str__(self) -> str:
        return self.name if self.method == "get" else f"{self.name} ({self.method})"


def all_rows() -> list[Row]:
    """Return the rows of every module beside this one that has some."""
    modules = (
        import_module(f"tests.access.{path.stem}")
        for path in sorted(Path(__file__).parent.glob("*.py"))
        if not path.stem.startswith(("_", "test_"))
    )
    return [row for module in modules for row in getattr(module, "ROWS", [])]


def unknown_words(row: Row) -> set[str]:
    """Return the words in `allowed` that mean nothing."""
    return set(row.allowed) - set(WHO) - set(GROUPS)
