"""The feed: what directories and apps ask for, by a reader of feeds and by our own."""

import io
from xml.etree import ElementTree as ET

import podcastparser
import pytest
from django.core.cache import cache
from django.utils.http import http_date

from media.podcast.models import EpisodePage, ShowPage
from tests.library.factories import make_sound, mp3_bytes
from tests.podcast.factories import make_cover, make_episode, make_show

pytestmark = pytest.mark.django_db
NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
}


@pytest.fixture
def show():
    return make_show(artwork=make_cover(), owner_email="podcast@trede.test", license="cc-by-nc-nd-4.0")


def channel_of(client, show):
    response = client.get(show.feed_path)
    assert response.status_code == 200
    return ET.fromstring(response.content).find("channel")


def path_of(address):
    return "/" + address.split("/", 3)[3]


def test_a_reader_of_podcast_feeds_understands_it(client, show):
    episode = make_episode(show, season=1, number=3, texts=("nl", "fr"))
    response = client.get(show.feed_path)
    parsed = podcastparser.parse(show.feed_url, io.BytesIO(response.content))
    assert parsed["title"] == show.title
    assert parsed["language"] == "nl"
    found = parsed["episodes"][0]
    assert found["guid"] == str(episode.uuid)
    assert found["total_time"] == round(episode.sound.duration)
    assert found["enclosures"][0]["file_size"] == episode.sound.size
    assert found["enclosures"][0]["mime_type"] == "audio/mpeg"


def test_the_channel_says_what_directories_ask(client, show):
    channel = channel_of(client, show)
    assert channel.find("atom:link", NS).attrib == {
        "href": show.feed_url,
        "rel": "self",
        "type": "application/rss+xml",
    }
    assert channel.findtext("link").endswith("/podcast/afbouwen/")
    assert channel.findtext("itunes:explicit", None, NS) == "false"
    assert channel.find("itunes:category", NS).attrib["text"] == "Health & Fitness"
    assert channel.find("itunes:category/itunes:category", NS).attrib["text"] == "Mental Health"
    assert channel.findtext("podcast:guid", None, NS) == str(show.guid)
    assert channel.find("podcast:locked", NS).attrib["owner"] == "podcast@trede.test"
    assert channel.findtext("podcast:medium", None, NS) == "podcast"


def test_the_cover_is_public_and_of_the_size_that_directories_want(client, show):
    address = channel_of(client, show).find("itunes:image", NS).attrib["href"]
    response = client.get(path_of(address))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"


def test_the_enclosure_is_what_the_server_answers(client, show):
    make_episode(show)
    enclosure = channel_of(client, show).find("item/enclosure").attrib
    head = client.head(path_of(enclosure["url"]))
    assert head.status_code == 200
    assert head.headers["Content-Length"] == enclosure["length"]
    assert head.headers["Content-Type"] == enclosure["type"]
    part = client.get(path_of(enclosure["url"]), headers={"Range": "bytes=0-9"})
    assert part.status_code == 206
    assert b"".join(client.get(path_of(enclosure["url"]))) == mp3_bytes()


def test_transcripts_begin_and_end_with_the_language_of_the_feed(client, show):
    make_episode(show, texts=("nl", "fr"))
    texts = channel_of(client, show).findall("item/podcast:transcript", NS)
    assert [(x.attrib["language"], x.attrib["type"]) for x in texts] == [
        ("nl", "text/vtt"),
        ("fr", "text/vtt"),
        ("nl", "application/x-subrip"),
    ]
    for text in texts:
        response = client.get(path_of(text.attrib["url"]))
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith(text.attrib["type"])
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "<v Mevrouw T.>" in client.get(path_of(texts[0].attrib["url"])).content.decode()


def test_chapters_stand_in_time_order(client, show):
    make_episode(show)
    address = channel_of(client, show).find("item/podcast:chapters", NS).attrib["url"]
    response = client.get(path_of(address))
    assert response.headers["Content-Type"].startswith("application/json+chapters")
    assert [x["startTime"] for x in response.json()["chapters"]] == [0, 1.6]


def test_whose_voice_it_is_stands_in_the_feed(client, show):
    make_episode(show, story="composed", voice="synthetic", content_warning="Het gaat ook over angst.")
    description = channel_of(client, show).findtext("item/description")
    assert "Verhaal samengesteld, stem ingesproken door een computer." in description
    assert "Het gaat ook over angst." in description


def test_the_french_feed_speaks_french(client):
    show = make_show("diminuer", "fr")
    make_episode(show, "La boîte", texts=("fr", "nl"), story="composed", voice="synthetic")
    channel = channel_of(client, show)
    assert channel.findtext("language") == "fr"
    assert "/fr/podcast/diminuer/" in channel.findtext("item/link")
    assert "Récit composé" in channel.findtext("item/description")
    assert channel.find("item/podcast:transcript", NS).attrib["language"] == "fr"


def test_guid_and_enclosure_survive_renaming_and_moving(client, show):
    episode = make_episode(show)
    before = channel_of(client, show).find("item")
    episode.title, episode.slug = "Nieuwe titel", "nieuwe-titel"
    episode.save_revision().publish()
    show.slug = "anders"
    show.save_revision().publish()
    after = channel_of(client, ShowPage.objects.get(pk=show.pk)).find("item")
    assert after.findtext("title") == "Nieuwe titel"
    assert after.findtext("guid") == before.findtext("guid")
    assert after.find("enclosure").attrib == before.find("enclosure").attrib
    assert channel_of(client, ShowPage.objects.get(pk=show.pk)).findtext("podcast:guid", None, NS) == str(
        show.guid
    )


def test_a_copy_is_another_episode(show):
    episode = make_episode(show)
    copy = episode.copy(update_attrs={"slug": "kopie", "title": "Kopie"})
    assert copy.specific.uuid != episode.uuid
    copy.get_latest_revision().publish()
    assert EpisodePage.objects.get(pk=copy.pk).uuid != episode.uuid


def test_who_has_it_already_gets_nothing(client, show, django_assert_max_num_queries):
    make_episode(show)
    first = client.get(show.feed_path)
    for headers in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        with django_assert_max_num_queries(4):
            again = client.get(show.feed_path, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
    old = client.get(show.feed_path, headers={"If-Modified-Since": http_date(0)})
    assert old.status_code == 200


def test_a_change_gives_another_tag(client, show):
    episode = make_episode(show)
    tags = {client.get(show.feed_path).headers["ETag"]}
    episode.title = "Anders"
    episode.save_revision().publish()
    tags.add(client.get(show.feed_path).headers["ETag"])
    episode.sound.save()
    tags.add(client.get(show.feed_path).headers["ETag"])
    make_episode(show, "Nog een")
    tags.add(client.get(show.feed_path).headers["ETag"])
    EpisodePage.objects.get(pk=episode.pk).unpublish()
    tags.add(client.get(show.feed_path).headers["ETag"])
    assert len(tags) == 5


@pytest.mark.parametrize("count", [1, 3])
def test_more_episodes_need_no_more_queries(client, show, count, django_assert_max_num_queries):
    for number in range(count):
        make_episode(show, f"Aflevering {number}")
    client.get(show.feed_path)
    cache.clear()
    with django_assert_max_num_queries(10):
        client.get(show.feed_path)


def test_an_unpublished_episode_is_nowhere(client, show):
    episode = make_episode(show, live=False)
    assert channel_of(client, show).find("item") is None
    for address in (
        episode.enclosure_path,
        f"/embed/{episode.uuid}/",
        f"/podcast/chapters/{episode.uuid}.json",
    ):
        assert client.get(address).status_code == 404
    assert client.get(episode.sound.url).status_code == 302


def test_a_withdrawn_episode_says_so_at_its_old_addresses(client, show):
    episode = make_episode(show)
    EpisodePage.objects.get(pk=episode.pk).unpublish()
    for address in (
        episode.enclosure_path,
        f"/embed/{episode.uuid}/",
        f"/podcast/chapters/{episode.uuid}.json",
    ):
        assert client.get(address).status_code == 410


def test_a_published_episode_opens_its_sound(client, show):
    episode = make_episode(show)
    assert client.get(episode.sound.url).status_code == 200
    EpisodePage.objects.get(pk=episode.pk).unpublish()
    assert client.get(episode.sound.url).status_code == 302


def test_odd_letters_leave_the_feed_well_formed(client, show):
    make_episode(show, "Tekst & <meer> \x0b één", summary="\x00 Nul en ]]> einde".replace("\x00", "\x01"))
    item = channel_of(client, show).find("item")
    assert item.findtext("title") == "Tekst & <meer>  één"


def test_a_thousand_parameters_change_nothing(client, show):
    query = "&".join(f"p{n}={n}" for n in range(1000))
    assert client.get(f"{show.feed_path}?{query}").status_code == 200


def test_another_ending_leads_to_the_right_one(client, show):
    episode = make_episode(show, sound=make_sound())
    response = client.get(f"/podcast/audio/{episode.uuid}.wav")
    assert (response.status_code, response.headers["Location"]) == (302, episode.enclosure_path)


@pytest.mark.parametrize(
    "path", ["/podcast/geen/feed.xml", "/podcast/transcript/{}.de.vtt", "/podcast/transcript/{}.nl.exe"]
)
def test_what_does_not_exist_is_not_found(client, show, path):
    assert client.get(path.format(make_episode(show).uuid)).status_code == 404
