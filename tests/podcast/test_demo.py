"""The demo's episodes: loaded once, left alone when edited, true to what they say about themselves."""

import pytest
from django.conf import settings

from core.demo import DemoReport
from media.library import demo as pictures
from media.library.models import Picture, Sound
from media.library.timed_text import read_timed_text, remarks
from media.podcast import demo
from media.podcast.models import EpisodePage, ShowPage
from tests.library.factories import make_user

pytestmark = pytest.mark.django_db
FOLDER = settings.BASE_DIR / "demo" / "podcast"


def load() -> DemoReport:
    report = DemoReport()
    pictures.load(report)
    demo.load(report)
    return report


def test_a_second_load_changes_nothing():
    assert len(load().made) > 10
    again = load()
    assert (again.made, again.refreshed, again.left_alone) == ([], [], [])
    assert ShowPage.objects.count() == 2
    assert EpisodePage.objects.live().count() == 4
    assert Sound.objects.count() == 4


def test_what_somebody_edited_is_left_alone():
    load()
    episode = EpisodePage.objects.get(slug="het-doosje-naast-mijn-bed")
    episode.title = "Andere titel"
    episode.save_revision(user=make_user("redactie@demo.test")).publish()
    report = load()
    assert len(report.left_alone) == 1
    assert EpisodePage.objects.get(pk=episode.pk).title == "Andere titel"


def test_every_episode_says_that_it_is_made_up():
    load()
    for episode in EpisodePage.objects.all():
        assert (episode.story, episode.voice) == ("composed", "synthetic")
        assert episode.artwork or episode.show.artwork


def test_pictures_say_what_is_on_them():
    load()
    assert Picture.objects.exclude(alt_text="").count() >= 5
    assert not Picture.objects.filter(rights="").exists()


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*/*.vtt")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_texts_fit_their_sound(path):
    from mutagen.mp3 import MP3

    lines = read_timed_text(path.read_text(encoding="utf-8"))
    seconds = MP3(path.with_name(f"{path.name[:2]}.mp3")).info.length
    assert remarks(lines, seconds) == []
    assert 60 <= seconds <= 180
    assert seconds - lines[-1].end / 1000 < 2
    assert all(line.speaker for line in lines)
