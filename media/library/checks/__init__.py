"""Checks on upload: what a file really is, by its content; refusals in words."""

from media.library.checks.documents import check_document
from media.library.checks.films import FilmFacts, measure_film
from media.library.checks.names import (
    UploadRefusedError,
    check_name,
    check_size,
    refuse_other_content,
)
from media.library.checks.patient_names import check_nobody_named
from media.library.checks.pictures import clean_picture
from media.library.checks.sounds import SoundFacts, measure_sound

__all__ = [
    "FilmFacts",
    "SoundFacts",
    "UploadRefusedError",
    "check_document",
    "check_name",
    "check_nobody_named",
    "check_size",
    "clean_picture",
    "measure_film",
    "measure_sound",
    "refuse_other_content",
]
