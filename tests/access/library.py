"""Who may open the addresses of stored files."""

from __future__ import annotations

from django.core.files.base import ContentFile

from core.storages import public_storage
from media.library.models import Audience, Download, Film, Sound
from tests.access.table import Row
from tests.access.worlds import World, thing
from tests.library.factories import make_download, make_film, make_sound


@thing
def stored_file(world: World) -> str:
    return public_storage().save("open.png", ContentFile(b"open"))


@thing
def document(world: World) -> Download:
    return make_download(Audience.MEMBERS)


@thing
def desk_sound(world: World) -> Sound:
    return make_sound(audience=Audience.DESK)


@thing
def desk_film(world: World) -> Film:
    return make_film(audience=Audience.DESK)


ROWS = [
    Row("library:public_file", {"everyone"}, make=lambda world: {"path": world.stored_file}),
    Row("library:sound", {"editors"}, make=lambda world: {"uuid": world.desk_sound.uuid, "ending": "mp3"}),
    Row("library:film", {"editors"}, make=lambda world: {"uuid": world.desk_film.uuid}),
    Row("library:captions", {"editors"}, make=lambda world: {"uuid": world.desk_film.uuid, "language": "nl"}),
    Row("library_delete_*", {"editors"}, note="Wagtail asks the right to delete for itself."),
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
