"""Who may open the addresses of stored files."""

from __future__ import annotations

from django.core.files.base import ContentFile

from core.storages import public_storage
from media.library.models import Audience, Download, Sound
from tests.access.table import Row
from tests.access.worlds import World, thing
from tests.library.factories import make_download, make_sound


@thing
def stored_file(world: World) -> str:
    return public_storage().save("open.png", ContentFile(b"open"))


@thing
def document(world: World) -> Download:
    return make_download(Audience.MEMBERS)


@thing
def desk_sound(world: World) -> Sound:
    return make_sound(audience=Audience.DESK)


ROWS = [
    Row("library:public_file", {"everyone"}, make=lambda world: {"path": world.stored_file}),
    Row("library:sound", {"editors"}, make=lambda world: {"uuid": world.desk_sound.uuid, "ending": "mp3"}),
    Row("wagtaildocs_serve", {"signed_in"}, make=lambda world: (world.document.pk, world.document.filename)),
    Row(
        "wagtaildocs_authenticate_with_password",
        {"everyone"},
        make=lambda world: {"restriction_id": 999_999},
        method="post",
        answers={404},
        note="Wagtail's own password for a collection of documents.",
    ),
]
