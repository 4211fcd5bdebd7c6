"""Who may open the gallery of components."""

from __future__ import annotations

from tests.access.table import Row

ROWS = [Row("core:gallery", {"editors", "project_leader"})]
