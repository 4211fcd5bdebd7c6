"""What a trainer's recording may be: sound of a kind we take, whole, short; measured from the file, never believed."""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext as _

from media.library.checks import SoundFacts, UploadRefusedError, check_size, measure_sound

MOST_BYTES = 15 * 1024 * 1024
MOST_SECONDS = 300
KEPT_DAYS = 365
"""A voice is kept no longer than needed: a year after it was recorded, or as long as both accounts, whichever ends first."""


def check_recording(file: IO[bytes], name: str, size: int) -> SoundFacts:
    """Return the facts of a recording, or raise `UploadRefusedError` with a sentence that says what to do."""
    check_size(size, MOST_BYTES)
    facts = measure_sound(file, name)
    file.seek(0)
    if facts.seconds > MOST_SECONDS + 1:
        raise UploadRefusedError(
            _("This recording is longer than %(minutes)s minutes. Say it in shorter pieces.")
            % {"minutes": MOST_SECONDS // 60},
            code="too_long",
        )
    return facts
