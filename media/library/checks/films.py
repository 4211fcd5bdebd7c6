"""Film: MP4 with H.264, which every browser plays; measured from the file itself."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _
from mutagen.mp4._atom import AtomError, Atoms

from media.library.checks.names import UploadRefusedError, extension

ENDING = "mp4"
PLAYED_EVERYWHERE = {b"avc1", b"avc3"}
"""Names of H.264 in an MP4."""


@dataclass(frozen=True)
class FilmFacts:
    """What a film is: length in seconds, bytes, and the size of its picture in pixels."""

    seconds: float
    size: int
    width: int
    height: int


def measure_film(file: IO[bytes], name: str) -> FilmFacts:
    """Return the facts of a film; raise `UploadRefusedError` when it is no whole MP4 that every browser plays."""
    if extension(name) != ENDING:
        raise UploadRefusedError(
            _("Films that end in .%(ending)s are not taken. Choose an MP4.") % {"ending": extension(name)},
            code="ending",
        )
    file.seek(0, 2)
    size = file.tell()
    try:
        whole = Atoms(file)
        check_whole(whole, size)
        track = picture_track(whole, file)
        seconds = length_of(whole[b"moov.mvhd"], file)
        width, height = shape_of(track[(b"tkhd",)], file)
    except (AtomError, KeyError, struct.error, RecursionError) as error:
        raise no_film() from error
    if seconds <= 0 or not width or not height:
        raise no_film()
    return FilmFacts(round(seconds, 3), size, width, height)


def check_whole(whole: Atoms, size: int) -> None:
    """Refuse what is no MP4, and a file whose parts reach beyond its end."""
    if not whole.atoms or whole.atoms[0].name != b"ftyp":
        raise no_film()
    last = whole.atoms[-1]
    if last.offset + last.length > size:
        raise UploadRefusedError(
            _("This film stops in the middle: the end of the file is missing. Upload the whole file."),
            code="cut_off",
        )


def picture_track(whole: Atoms, file: IO[bytes]) -> Any:
    """Return the track with the moving picture; refuse one that some browsers cannot play."""
    for track in whole[b"moov"].findall(b"trak"):
        if payload(track[b"mdia", b"hdlr"], file)[8:12] != b"vide":
            continue
        if payload(track[b"mdia", b"minf", b"stbl", b"stsd"], file)[12:16] not in PLAYED_EVERYWHERE:
            raise UploadRefusedError(
                _("Some browsers cannot show this film. Save it as MP4 with H.264 and choose it again."),
                code="codec",
            )
        return track
    raise no_film()


def length_of(header: Any, file: IO[bytes]) -> float:
    """Return the length in seconds that the header of the whole film gives."""
    data = payload(header, file)
    long = data[0] == 1
    scale, units = struct.unpack(">IQ" if long else ">II", data[20:32] if long else data[12:20])
    return units / scale if scale else 0.0


def shape_of(header: Any, file: IO[bytes]) -> tuple[int, int]:
    """Return width and height in pixels that the header of a track gives."""
    width, height = struct.unpack(">II", payload(header, file)[-8:])
    return width >> 16, height >> 16


def payload(atom: Any, file: IO[bytes]) -> bytes:
    """Return what stands in an atom; at most a megabyte, headers are far smaller."""
    if atom.datalength > 1_000_000:
        raise no_film()
    whole, data = atom.read(file)
    if not whole or not data:
        raise no_film()
    return bytes(data)


def no_film() -> UploadRefusedError:
    """Return the refusal of a file without a film in it."""
    return UploadRefusedError(_("There is no film in this file. Choose an MP4."), code="no_film")
