"""Who may open the addresses of the research desk."""

from __future__ import annotations

from intervision.research.actions import create_study
from intervision.research.models import Study
from tests.access.table import Row
from tests.access.worlds import World, thing


@thing
def study(world: World) -> Study:
    return create_study(name="Geleerde lessen", by=None)


ROWS = [
    Row("research:project", {"project_leader"}),
    Row("research:desk", {"researcher"}),
    Row("research:handed", {"researcher"}, make=lambda world: {"pk": world.study.pk}),
    Row("research:sources", {"researcher"}, make=lambda world: {"pk": world.study.pk}),
]
