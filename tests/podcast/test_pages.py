"""The pages: what stands on them without a script, in both languages, and where they stand."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from accounts.models import Role
from core import kept
from media.library.models import Sound
from media.library.tasks import listen
from media.podcast.models import Chapter, Cue, EpisodePage, ShowPage, Transcript
from media.podcast.queries import newest_episode
from media.podcast.registrations import listen_next
from media.podcast.showing import marked
from tests.library.factories import make_picture, make_user, picture_bytes
from tests.podcast.factories import VTT, make_cover, make_entrance, make_episode, make_show

pytestmark = pytest.mark.django_db


@pytest.fixture
def show():
    return make_show()


def test_the_whole_text_stands_in_the_page(client, show):
    episode = make_episode(
        show, texts=("nl", "fr"), story="composed", voice="synthetic", content_warning="Vooraf dit."
    )
    html = client.get(episode.url).content.decode()
    for words in (
        "Ik heb die week slecht geslapen.",
        "Le médecin a écrit une lettre.",
        "Verhaal samengesteld, stem ingesproken door een computer",
        "Vooraf dit.",
        "Mevrouw T. (verzonnen)",
        "Hoofdstukken",
        f'src="{episode.enclosure_path}"',
        'preload="none"',
    ):
        assert words in html
    assert html.index("De brief") > html.index("Begin")


def test_a_search_marks_its_places_whatever_the_accents(client, show):
    episode = make_episode(show)
    html = client.get(episode.url, {"zoek": "EEN held"}).content.decode()
    assert "<mark>één held</mark>" in html
    assert "1 plek" in html


@pytest.mark.parametrize(
    ("text", "wanted", "parts"),
    [
        ("één twee een", "een", [("één", True), (" twee ", False), ("een", True)]),
        ("Médecin", "medecin", [("Médecin", True)]),
        ("niets", "iets anders", [("niets", False)]),
        ("niets", "  ", [("niets", False)]),
        ("İstanbul", "i", [("İ", True), ("stanbul", False)]),
    ],
)
def test_marking_keeps_every_letter(text, wanted, parts):
    assert marked(text, wanted) == parts
    assert "".join(part for part, _hit in marked(text, wanted)) == text


def test_a_search_cannot_bring_markup_in(client, show):
    episode = make_episode(show)
    assert b"<script>alert" not in client.get(episode.url, {"zoek": "<script>alert(1)</script>"}).content


def test_a_show_stands_under_its_language(client, show):
    french = make_show("diminuer", "fr", title="Diminuer")
    make_episode(french, "La boîte", texts=("fr",))
    assert client.get("/fr/podcast/diminuer/").status_code == 200
    moved = client.get("/podcast/diminuer/la-boite/")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/fr/podcast/diminuer/la-boite/")
    assert client.get("/podcast/diminuer/").headers["Location"] == "/fr/podcast/diminuer/"
    assert client.get("/fr/podcast/afbouwen/").headers["Location"] == "/podcast/afbouwen/"
    assert client.get("/podcast/bestaat-niet/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("entrance", [False, True])
def test_lists_cost_the_same_for_one_episode_and_for_three(
    client, show, count, entrance, django_assert_num_queries, django_assert_max_num_queries
):
    for number in range(count):
        make_episode(show, f"Aflevering {number}")
    address = show.get_parent().url if entrance else show.url
    client.get(address)
    with django_assert_num_queries(2):  # the stamp, the page
        assert client.get(address).text.count("episode-row") == count
    kept.forget()
    with django_assert_max_num_queries(16):  # the first one after something was published
        client.get(address)


def test_an_episode_page_asks_for_itself_alone(client, show, django_assert_num_queries):
    show.artwork = make_cover()
    show.save_revision().publish()
    episode = make_episode(show, texts=("nl", "fr"))
    client.get(episode.url)
    for search in ({}, {"zoek": "nieuw"}):
        with django_assert_num_queries(2):
            client.get(episode.url, search)


def test_what_changes_shows_at_once(client, show):
    show.artwork = make_cover()
    show.save_revision().publish()
    episode = make_episode(show)
    assert "Een heel ander begin" not in client.get(episode.url).text
    transcript = episode.transcripts.first()
    transcript.text = VTT.replace("En toen één helder moment.", "Een heel ander begin.")
    transcript.save()
    assert "Een heel ander begin" in client.get(episode.url).text
    episode.title = "Een andere naam"
    episode.save_revision().publish()
    assert "Een andere naam" in client.get(episode.url).text
    assert "Een andere naam" in client.get(show.url).text
    episode.unpublish()
    assert "Een andere naam" not in client.get(show.url).text
    gone = client.get(episode.url)
    assert gone.status_code == 410
    assert "Een andere naam" not in gone.text


def test_the_wave_shows_as_soon_as_the_sound_was_listened_to(client, show):
    episode = make_episode(show)
    Sound.objects.filter(pk=episode.sound_id).update(peaks=[], measured_at=None)
    kept.changed()
    assert 'width="4"' not in client.get(episode.url).text
    listen.call(episode.sound_id)
    shown = client.get(episode.url).text.count('width="4"')
    assert shown == len(Sound.objects.get(pk=episode.sound_id).peaks)


def test_sentences_are_kept_for_search_and_made_anew(show):
    episode = make_episode(show)
    assert Cue.objects.filter(transcript__episode=episode).count() == 3
    transcript = episode.transcripts.first()
    transcript.text = VTT.split("00:00:03.400")[0]
    episode.transcripts = [transcript]
    episode.save_revision().publish()
    assert list(Cue.objects.filter(transcript__episode=episode).values_list("start_ms", "end_ms")) == [
        (0, 1500),
        (1600, 3188),
    ]


def test_a_text_that_cannot_be_read_is_never_stored(show):
    episode = make_episode(show)
    with pytest.raises(ValidationError):
        Transcript.objects.create(episode=episode, language="fr", text="geen tijden")


def test_the_small_player_may_stand_on_any_site(client, show):
    episode = make_episode(show)
    response = client.get(f"/embed/{episode.uuid}/")
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers
    assert "frame-ancestors 'self'" in client.get(episode.url).headers["Content-Security-Policy"]


def test_two_shows_never_share_a_feed(show):
    other = ShowPage(
        title="Ander", slug="afbouwen", description="x", author="y", locale=make_entrance("fr").locale
    )
    with translation.override("nl"), pytest.raises(ValidationError) as refused:
        other.clean()
    assert "adres" in refused.value.message_dict["slug"][0]


@pytest.mark.parametrize("size", [(1399, 1399), (3001, 3001), (1400, 1500)])
def test_a_cover_that_directories_refuse_is_told_in_words(show, size):
    show.artwork = make_picture(picture_bytes("PNG", size))
    with translation.override("nl"), pytest.raises(ValidationError) as refused:
        show.clean()
    assert str(size[0]) in refused.value.message_dict["artwork"][0]


def test_the_newest_episode_is_offered_to_members(show):
    make_episode(show)
    newest = make_episode(show, "Nieuwste")
    assert newest_episode("nl").pk == newest.pk
    assert newest_episode("fr") is None
    steps = list(listen_next(make_user("poh@demo.test", Role.POH)))
    assert [step.url for step in steps] == [newest.url]


def test_a_preview_shows_what_is_not_published_yet(client, show):
    episode = make_episode(show, live=False)
    draft = EpisodePage.objects.get(pk=episode.pk).get_latest_revision_as_object()
    draft.transcripts = [Transcript(language="nl", text=VTT.replace("slecht", "heerlijk"))]
    draft.chapters = [Chapter(start_ms=0, title="Nieuw begin")]
    request = draft.make_preview_request()
    html = request.rendered_content if hasattr(request, "rendered_content") else request.content.decode()
    assert "heerlijk geslapen" in html
    assert episode.sound.url in html
