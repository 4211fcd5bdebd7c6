"""Sound: measured from the file itself, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Any

import mutagen
from django.utils.translation import gettext as _
from mutagen.flac import FLAC
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

from media.library.checks.mp3 import is_cut_off
from media.library.checks.names import UploadRefusedError, extension

KINDS: dict[type[Any], tuple[str, set[str]]] = {
    MP3: ("audio/mpeg", {"mp3"}),
    MP4: ("audio/mp4", {"m4a", "m4b"}),
    OggOpus: ("audio/ogg", {"ogg", "opus"}),
    OggVorbis: ("audio/ogg", {"ogg"}),
    FLAC: ("audio/flac", {"flac"}),
    WAVE: ("audio/wav", {"wav"}),
}
ENDINGS = sorted(set().union(*(endings for _mime, endings in KINDS.values())))


@dataclass(frozen=True)
class SoundFacts:
    """What a sound file is: length in seconds, bits a second, bytes, media type, first byte of the sound itself."""

    seconds: float
    bitrate: int
    size: int
    mime: str
    sound_starts_at: int


def measure_sound(file: IO[bytes], name: str) -> SoundFacts:
    """Return the facts of a sound file; raise `UploadRefusedError` when it is no whole sound of a kind we take."""
    file.seek(0, 2)
    size = file.tell()
    sound = read_sound(file)
    mime, endings = KINDS[type(sound)]
    if extension(name) not in endings:
        raise UploadRefusedError(
            _(
                "The name of this file ends in .%(ending)s, but it is sound of the kind %(mime)s. Give it the right ending."
            )
            % {"ending": extension(name), "mime": mime},
            code="ending",
        )
    if isinstance(sound, MP3) and is_cut_off(file, size):
        raise UploadRefusedError(
            _("This MP3 stops in the middle: the end of the file is missing. Upload the whole file."),
            code="cut_off",
        )
    tag = sound.tags.size if isinstance(sound, MP3) and sound.tags is not None else 0
    return SoundFacts(
        seconds=round(sound.info.length, 3),
        bitrate=int(getattr(sound.info, "bitrate", 0) or size * 8 / sound.info.length),
        size=size,
        mime=mime,
        sound_starts_at=tag,
    )


def read_sound(file: IO[bytes]) -> Any:
    """Return mutagen's reading of the file; raise `UploadRefusedError` when there is no sound in it."""
    refusal = UploadRefusedError(
        _("There is no sound in this file. Choose an MP3, M4A, Ogg, Opus, FLAC or WAV."), code="no_sound"
    )
    file.seek(0)
    try:
        sound = mutagen.File(file, options=list(KINDS))
    except (mutagen.MutagenError, EOFError, ValueError) as error:
        raise refusal from error
    unsure = sound is None or getattr(sound.info, "sketchy", False)
    if unsure or sound.info.length <= 0 or getattr(sound.info, "codec", "mp4a").startswith("avc"):
        raise refusal
    return sound
