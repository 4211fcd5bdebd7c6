"""What an editor does in the admin: an episode with its text, and what is told when something is wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from accounts.models import Role
from media.podcast.models import EpisodePage, Transcript
from tests.library.factories import make_sound, make_user
from tests.podcast.factories import VTT, make_cover, make_episode, make_show

pytestmark = pytest.mark.django_db
BACKWARDS = "WEBVTT\n\n00:00:05.000 --> 00:00:02.000\nTerug\n"


@pytest.fixture
def desk(client):
    client.force_login(make_user("medisch@demo.test", Role.MEDICAL_REVIEWER))
    return client


def form(sound, *, chapters=(), transcripts=()):
    return nested_form_data(
        {
            "title": "Nieuwe aflevering",
            "slug": "nieuwe-aflevering",
            "summary": "Waar het over gaat.",
            "sound": str(sound.pk),
            "story": "composed",
            "voice": "synthetic",
            "kind": "full",
            "notes": streamfield([]),
            "people": inline_formset([]),
            "chapters": inline_formset(list(chapters)),
            "transcripts": inline_formset(list(transcripts)),
            "related": inline_formset([]),
            "comments": inline_formset([]),
        }
    )


def add(desk, data):
    show = make_show()
    return desk.post(reverse("wagtailadmin_pages:add", args=["podcast", "episodepage", show.pk]), data)


def test_the_form_asks_in_dutch(desk):
    html = desk.get(
        reverse("wagtailadmin_pages:add", args=["podcast", "episodepage", make_show().pk])
    ).content.decode()
    for words in ("Hoofdstukken", "Transcripten", "samenvatting", "Wordt gepubliceerd met de aflevering"):
        assert words.lower() in html.lower()
    assert "multipart/form-data" in html


def test_an_episode_with_an_uploaded_text_is_published_with_one_button(desk):
    data = form(
        make_sound(),
        chapters=[{"start_ms": "0:01.600", "title": "De brief"}],
        transcripts=[{"language": "nl", "text": "", "upload": ""}],
    )
    data["transcripts-0-upload"] = SimpleUploadedFile("tekst.vtt", VTT.encode())
    response = add(desk, {**data, "action-publish": "1"})
    assert response.status_code == 302
    episode = EpisodePage.objects.get()
    assert episode.live
    assert episode.chapters.get().start_ms == 1600
    assert Transcript.objects.get(episode=episode).cues.count() == 3


@pytest.mark.parametrize(
    ("chapters", "transcripts", "words"),
    [
        ([{"start_ms": "straks", "title": "De brief"}], [], "4:16"),
        ([], [{"language": "nl", "text": BACKWARDS}], "eindigt voordat hij begint"),
        ([], [{"language": "nl", "text": "zomaar tekst"}], "een tijd is niet te lezen"),
        ([], [{"language": "nl", "text": ""}], "Kies een bestand"),
    ],
)
def test_what_is_wrong_is_told_beside_it_and_what_was_typed_stays(desk, chapters, transcripts, words):
    response = add(
        desk, {**form(make_sound(), chapters=chapters, transcripts=transcripts), "action-publish": "1"}
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert words in html
    assert "Nieuwe aflevering" in html
    assert not EpisodePage.objects.exists()


def test_a_file_that_is_no_text_is_told(desk):
    data = form(make_sound(), transcripts=[{"language": "nl", "text": ""}])
    data["transcripts-0-upload"] = SimpleUploadedFile("tekst.vtt", b"\xff\xfe\x00\x01")
    assert "geen tekst" in add(desk, {**data, "action-publish": "1"}).content.decode()


def test_what_an_episode_needs_cannot_be_deleted(desk):
    episode = make_episode(make_show(artwork=make_cover()))
    for address in (
        reverse("wagtailmedia:delete", args=[episode.sound.pk]),
        reverse("wagtailimages:delete", args=[episode.show.artwork.pk]),
    ):
        response = desk.post(address)
        assert response.status_code in {302, 403}
    episode.refresh_from_db()
    assert episode.sound.file.storage.exists(episode.sound.file.name)
    assert episode.show.artwork.pk


def test_a_preview_shows_the_draft(desk):
    episode = make_episode(make_show(), live=False)
    html = desk.get(reverse("wagtailadmin_pages:view_draft", args=[episode.pk])).content.decode()
    assert "slecht geslapen" in html
    assert episode.sound.url in html
    assert desk.get(episode.sound.url).status_code == 200
