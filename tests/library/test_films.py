"""Films: taken when every browser plays them, measured, handed out with their captions."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.groups import set_up, sync_user
from media.library import holding
from media.library.checks import UploadRefusedError
from media.library.models import Audience, Film
from tests.accounts.factories import UserFactory
from tests.library.factories import CAPTIONS, make_film, mp3_bytes, mp4_bytes

pytestmark = pytest.mark.django_db


def test_length_and_size_are_read_from_the_file():
    film = make_film()
    assert (film.duration, film.width, film.height) == (12.5, 640, 360)
    assert film.size == len(mp4_bytes())


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (mp4_bytes(), "les.webm", "ending"),
        (b"GIF89a" + bytes(40), "les.mp4", "no_film"),
        (mp3_bytes(), "les.mp4", "no_film"),
        (b"", "les.mp4", "no_film"),
        (mp4_bytes(codec=b"hev1"), "les.mp4", "codec"),
        (mp4_bytes(seconds=0), "les.mp4", "no_film"),
        (mp4_bytes(size=(0, 0)), "les.mp4", "no_film"),
        (mp4_bytes()[:-16], "les.mp4", "cut_off"),
    ],
)
def test_what_browsers_cannot_play_is_refused_with_the_reason(data, name, code):
    with pytest.raises(UploadRefusedError) as refused:
        make_film(data, name)
    assert refused.value.code == code


def test_captions_are_handed_out_as_webvtt_and_stand_there_to_read(client_for):
    film = make_film()
    words = film.captions.get()
    answer = client_for(UserFactory.create(poh=True)).get(words.url)
    assert answer["Content-Type"].startswith("text/vtt")
    assert answer.text.startswith("WEBVTT")
    assert "Ik heb uw brief gelezen." in answer.text
    assert words.plain().startswith("Rie: Ik heb uw brief gelezen.")


def test_a_film_is_sent_in_ranges_and_shown_in_place(client_for):
    film = make_film()
    answer = client_for(UserFactory.create(poh=True)).get(film.url, headers={"range": "bytes=0-7"})
    assert (answer.status_code, answer["Content-Type"]) == (206, "video/mp4")
    assert "attachment" not in answer.get("Content-Disposition", "")


@pytest.mark.parametrize(("audience", "status"), [(Audience.EVERYONE, 200), (Audience.MEMBERS, 302)])
def test_a_visitor_gets_what_is_for_everybody(audience, status, client):
    film = make_film(audience=audience)
    assert client.get(film.url).status_code == status
    assert client.get(film.captions.get().url).status_code == status


def post_film(client, address, file, text=CAPTIONS):
    rows = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "2"}
    data = {f"captions-{name}": value for name, value in rows.items()}
    data |= {"title": "Aan de telefoon", "file": file, "audience": "members", "captions-0-language": "nl"}
    return client.post(address, {**data, "captions-0-text": text})


def editor(client_for):
    set_up()
    person = UserFactory.create(editor=True)
    sync_user(person)
    return client_for(person)


def test_an_editor_adds_a_film_with_its_captions(client_for):
    file = SimpleUploadedFile("les.mp4", mp4_bytes(), "video/mp4")
    post_film(editor(client_for), reverse("wagtailsnippets_library_film:add"), file)
    assert Film.objects.get().captions.count() == 1


@pytest.mark.parametrize(
    ("data", "text", "words"),
    [
        (b"geen film", CAPTIONS, "geen film"),
        (mp4_bytes(), "Zomaar woorden.", "een tijd is niet te lezen"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_stored(data, text, words, client_for):
    file = SimpleUploadedFile("les.mp4", data, "video/mp4")
    answer = post_film(editor(client_for), reverse("wagtailsnippets_library_film:add"), file, text)
    assert words in answer.text
    assert not Film.objects.exists()


@pytest.fixture
def _held(monkeypatch):
    monkeypatch.setitem(holding._holders, "test", lambda item: ["Een training 1"])


@pytest.mark.usefixtures("_held")
def test_a_film_that_somebody_holds_is_neither_deleted_nor_given_another_content():
    film = make_film()
    with pytest.raises(PermissionDenied, match="Een training 1"):
        film.delete()
    film.file = ContentFile(mp4_bytes(seconds=3), name="ander.mp4")
    with pytest.raises(ValidationError) as refused:
        film.full_clean()
    assert "Een training 1" in refused.value.message_dict["file"][0]
