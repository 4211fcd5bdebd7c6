"""Who may open the addresses of the public site."""

from __future__ import annotations

from tests.access.table import Row

ROWS = [
    Row("pages:search", {"everyone"}),
    Row("pages_machines:sitemap", {"everyone"}),
    Row("pages_machines:robots", {"everyone"}),
]
