"""Who may open the addresses of substances."""

from __future__ import annotations

from tests.access.table import Row
from tests.access.worlds import World, thing
from tests.medicines.factories import EquivalentFactory

PROFESSIONALS = {
    "poh",
    "gp",
    "trainer",
    "facilitator",
    "editor",
    "medical_reviewer",
    "researcher",
    "project_leader",
}


@thing
def equivalent(world: World):
    return EquivalentFactory.create()


ROWS = [
    Row("medicines:substances", PROFESSIONALS),
    Row("medicines:substance", PROFESSIONALS, make=lambda world: {"slug": world.equivalent.substance.slug}),
    Row(
        "medicines:confirm",
        {"medical_reviewer"},
        make=lambda world: {"pk": world.equivalent.pk},
        method="post",
    ),
]
