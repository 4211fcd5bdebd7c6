"""Who may open the editors' screens of courses."""

from __future__ import annotations

from tests.access.table import Row

ROWS = [
    Row(
        "catalogue_editions", {"nobody"}, make=lambda world: {"pk": 999_999}, note="There is no such course."
    ),
]
