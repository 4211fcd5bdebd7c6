"""What this room does when sound comes in."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from core import kept
from core.demo import register_demo
from media.library import demo
from media.library.models import Download, Picture, Sound
from media.library.tasks import listen


def register_all() -> None:
    """Register the demo's pictures, the listening to new sound, and that pages show what the library holds."""
    kept.shows(Picture, Sound, Download)
    register_demo("library", 20, demo.load)
    register_listening()


def register_listening() -> None:
    """Have each new sound file listened to after it is stored, whichever way it came in."""
    post_save.connect(listen_later, sender=Sound, dispatch_uid="library.listen")


def listen_later(instance: Sound, **_signal: Any) -> None:
    """Queue the listening when nobody has listened to this file yet."""
    if instance.measured_at is None:
        transaction.on_commit(partial(listen.enqueue, instance.pk))
