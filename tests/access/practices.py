"""Who may open the practice's pages and the project leader's desk."""

from django.utils import timezone

from practices.models import Participation, monday_of
from tests.access.table import Row
from tests.access.worlds import World, thing
from tests.practices.factories import ParticipationFactory


@thing
def participation(world: World) -> Participation:
    """A practice in a round that runs now."""
    return ParticipationFactory.create()


def of_practice(world):
    return {"pk": world.participation.pk}


def of_week(world):
    return {"pk": world.participation.pk, "monday": monday_of(timezone.localdate())}


def of_round(world):
    return {"pk": world.participation.round_id}


ROWS = [
    Row("practices:practices", allowed={"poh", "gp"}),
    Row("practices:practice", allowed={"poh", "gp"}, make=of_practice),
    Row("practices:week", allowed={"poh"}, make=of_week),
    Row("practices:desk", allowed={"project_leader"}),
    Row("practices:round_new", allowed={"project_leader"}),
    Row("practices:round", allowed={"project_leader"}, make=of_round),
    Row("practices:round_change", allowed={"project_leader"}, make=of_round),
    Row("practices:join", allowed={"project_leader"}, make=of_round, method="post", answers={422}),
]
