"""Who may open the house's own addresses."""

from __future__ import annotations

from uuid import UUID

from tests.access.table import Row

ROWS = [
    Row("core:postbox", {"everyone"}, note="In development only; 404 elsewhere."),
    Row("core:postbox_mail", {"everyone"}, make=lambda world: {"pk": UUID(int=0)}, answers={404}),
    Row("machines:healthz", {"everyone"}),
    Row("machines:readyz", {"everyone"}),
    Row("machines:metrics", {"everyone"}, note="Open in tests and development only."),
    Row("machines:security_txt", {"everyone"}, answers={404}),
]
