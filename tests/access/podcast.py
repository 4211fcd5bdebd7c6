"""Who may open the addresses that podcast apps fetch."""

from __future__ import annotations

from media.podcast.models import EpisodePage
from tests.access.table import Row
from tests.access.worlds import World, thing
from tests.podcast.factories import make_episode, make_show


@thing
def episode(world: World) -> EpisodePage:
    return make_episode(make_show())


@thing
def unpublished_episode(world: World) -> EpisodePage:
    return make_episode(make_show(), live=False)


EVERYONE = {"everyone"}
ROWS = [
    Row("podcast:feed", EVERYONE, make=lambda world: {"show": world.episode.show.slug}),
    Row("podcast:enclosure", EVERYONE, make=lambda world: {"uuid": world.episode.uuid, "ending": "mp3"}),
    Row(
        "podcast:enclosure",
        {"nobody"},
        make=lambda world: {"uuid": world.unpublished_episode.uuid, "ending": "mp3"},
        note="Before publishing the desk listens at the sound's own address.",
    ),
    Row(
        "podcast:transcript",
        EVERYONE,
        make=lambda world: {"uuid": world.episode.uuid, "language": "nl", "ending": "vtt"},
    ),
    Row("podcast:chapters", EVERYONE, make=lambda world: {"uuid": world.episode.uuid}),
    Row("podcast:embed", EVERYONE, make=lambda world: {"uuid": world.episode.uuid}),
]
