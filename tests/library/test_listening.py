"""Listening to uploaded sound in the background: once, and nothing where ffmpeg is absent."""

import pytest

from media.library.models import Sound
from media.library.tasks import listen
from media.library.waves import BARS, ffmpeg
from tests.library.factories import make_sound, wav_bytes

pytestmark = pytest.mark.django_db


def test_a_new_sound_is_listened_to_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = make_sound(wav_bytes(3.0), name="toon.wav")
    sound = Sound.objects.get(pk=made.pk)
    assert sound.measured_at is not None
    assert len(sound.peaks) in ({BARS} if ffmpeg() else {0})
    if ffmpeg():
        assert -40 < sound.loudness < 0
        assert max(sound.peaks) == 100
    listen.call(sound.pk)
    assert Sound.objects.get(pk=sound.pk).measured_at == sound.measured_at


def test_a_machine_without_ffmpeg_loses_only_the_wave(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setenv("PATH", "")
    with django_capture_on_commit_callbacks(execute=True):
        made = make_sound(wav_bytes(1.0), name="toon.wav")
    sound = Sound.objects.get(pk=made.pk)
    assert (sound.peaks, sound.loudness) == ([], None)
    assert sound.duration == 1.0


def test_a_wave_that_was_given_along_outlives_a_machine_without_ffmpeg(monkeypatch):
    monkeypatch.setenv("PATH", "")
    made = make_sound(wav_bytes(1.0), name="toon.wav")
    Sound.objects.filter(pk=made.pk).update(peaks=[10, 100, 30], measured_at=None)
    listen.call(made.pk)
    assert Sound.objects.get(pk=made.pk).peaks == [10, 100, 30]


def test_a_sound_that_is_gone_is_no_trouble():
    listen.call(999_999)
