"""Who may open the notices: every member their own."""

from accounts.models import User
from notifications.actions import make_calendar_address
from notifications.models import Notice
from tests.access.table import Row
from tests.access.worlds import World, thing


@thing
def notice_of_the_poh(world: World) -> Notice:
    poh: User = world.people["poh"]
    return Notice.objects.create(
        recipient=poh, kind="example", object_type="accounts.user", object_id=poh.pk, path="/mijn/"
    )


def of_notice(world):
    return {"pk": world.notice_of_the_poh.pk}


def of_calendar(world):
    return {"token": make_calendar_address(by=world.people["poh"])}


ROWS = [
    Row("notifications:list", allowed={"signed_in"}),
    Row("notifications:all_read", allowed={"signed_in"}, method="post"),
    Row("notifications:calendar", allowed={"signed_in"}),
    Row("notifications:end_calendar", allowed={"signed_in"}, method="post"),
    Row("calendar_feed", allowed={"everyone"}, make=of_calendar, note="Whoever knows the secret address."),
    Row("notifications:open", allowed={"poh"}, make=of_notice, method="post"),
]
