"""Listening to uploaded sound after the answer."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from core import kept
from media.library.models import Sound
from media.library.waves import hear


@task()
def listen(sound_id: int) -> None:
    """Measure loudness and draw the wave of a sound; what was not heard stays as it was. Twice changes nothing."""
    sound = Sound.objects.filter(pk=sound_id).first()
    if sound is None or sound.measured_at is not None:
        return
    name = str(sound.file.name)
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as copy:
        with sound.file.storage.open(name, "rb") as file:
            shutil.copyfileobj(file, copy)
        copy.flush()
        heard = hear(Path(copy.name), sound.duration)
    found = {"loudness": heard.loudness, "true_peak": heard.true_peak, "peaks": heard.peaks}
    changed = {name: value for name, value in found.items() if value not in (None, [])}
    with transaction.atomic():
        Sound.objects.filter(pk=sound_id, measured_at=None).update(**changed, measured_at=timezone.now())
        kept.changed()
