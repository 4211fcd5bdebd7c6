"""The feed of a show: RSS 2.0 with what podcast apps and the podcast namespace ask for.

Some apps compare the namespace's address letter by letter, some keep the first transcript and some the last: so the first
and the last are in the show's own language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape

from media.library.models import Picture
from media.podcast.models import EpisodePage, EpisodePerson, ShowPage

VERSION = "1"
ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
SPACES = {"atom": ATOM, "content": CONTENT, "itunes": ITUNES, "podcast": PODCAST}
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
GROUPS = {
    EpisodePerson.Part.HOST: ("cast", "host"),
    EpisodePerson.Part.GUEST: ("cast", "guest"),
    EpisodePerson.Part.NARRATOR: ("cast", "narrator"),
    EpisodePerson.Part.EDITOR: ("audio post-production", "editor"),
}
TEXT_TYPES = {"vtt": "text/vtt", "srt": "application/x-subrip"}

for prefix, space in SPACES.items():
    ET.register_namespace(prefix, space)


def write_feed(show: ShowPage, episodes: Sequence[EpisodePage], changed: datetime | None) -> bytes:
    """Return the feed of a show with these episodes, newest first."""
    rss = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(rss, "channel")
    show_cover = cover_url(show.artwork)
    page = f"{settings.SITE_URL}{show.url}"
    describe_show(channel, show, page, show_cover, changed)
    for episode in episodes:
        describe_episode(ET.SubElement(channel, "item"), episode, page, show_cover)
    written: bytes = ET.tostring(rss, encoding="utf-8", xml_declaration=True)
    return written


def add(parent: ET.Element, tag: str, text: object = None, **attributes: object) -> ET.Element:
    """Add an element; `podcast:guid` is a tag of a namespace, and letters that XML forbids are left out."""
    prefix, colon, name = tag.partition(":")
    full = f"{{{SPACES[prefix]}}}{name}" if colon else tag
    element = ET.SubElement(
        parent, full, {key.rstrip("_"): clean(value) for key, value in attributes.items()}
    )
    if text is not None:
        element.text = clean(text)
    return element


def clean(value: object) -> str:
    """Return text without letters that XML forbids."""
    return NOT_XML.sub("", str(value))


def yes(value: bool) -> str:
    """Return a truth as feeds write it."""
    return "true" if value else "false"


def describe_show(
    channel: ET.Element, show: ShowPage, page: str, cover: str, changed: datetime | None
) -> None:
    """Write what stands above the episodes."""
    add(channel, "title", show.title)
    add(channel, "link", page)
    add(channel, "description", show.description)
    add(channel, "language", show.locale.language_code)
    add(channel, "atom:link", href=show.feed_url, rel="self", type="application/rss+xml")
    if show.copyright:
        add(channel, "copyright", show.copyright)
    if changed:
        add(channel, "lastBuildDate", format_datetime(changed))
    if cover:
        describe_cover(channel, show.title, page, cover)
    describe_for_itunes(channel, show)
    describe_for_namespace(channel, show)


def describe_cover(channel: ET.Element, title: str, page: str, cover: str) -> None:
    """Write the cover, for old readers and for podcast apps."""
    image = add(channel, "image")
    add(image, "url", cover)
    add(image, "title", title)
    add(image, "link", page)
    add(channel, "itunes:image", href=cover)


def describe_for_itunes(channel: ET.Element, show: ShowPage) -> None:
    """Write what directories ask for."""
    category, _bar, below = show.category.partition("|")
    add(add(channel, "itunes:category", text_=category), "itunes:category", text_=below)
    add(channel, "itunes:author", show.author)
    add(channel, "itunes:type", show.kind)
    add(channel, "itunes:explicit", yes(show.explicit))
    if show.owner_email:
        owner = add(channel, "itunes:owner")
        add(owner, "itunes:name", show.owner_name or show.author)
        add(owner, "itunes:email", show.owner_email)


def describe_for_namespace(channel: ET.Element, show: ShowPage) -> None:
    """Write what the podcast namespace adds."""
    add(channel, "podcast:guid", show.guid)
    add(channel, "podcast:medium", "podcast")
    owner = {"owner": show.owner_email} if show.owner_email else {}
    add(channel, "podcast:locked", "yes" if show.owner_email else "no", **owner)
    if show.license:
        add(channel, "podcast:license", show.license)
    if show.funding_url:
        add(channel, "podcast:funding", show.funding_text or show.funding_url, url=show.funding_url)


def describe_episode(item: ET.Element, episode: EpisodePage, show_page: str, show_cover: str) -> None:
    """Write one episode."""
    add(item, "title", episode.title)
    add(item, "link", f"{show_page}{episode.slug}/")
    add(item, "guid", episode.uuid, isPermaLink="false")
    aired = episode.aired_at or episode.first_published_at
    if aired:
        add(item, "pubDate", format_datetime(aired))
    add(item, "description", "\n\n".join(said_about(episode)))
    add(item, "content:encoded", notes_html(episode))
    add(item, "enclosure", url=episode.enclosure_url, length=episode.sound.size, type=episode.sound.mime)
    add(item, "itunes:title", episode.title)
    add(item, "itunes:duration", round(episode.sound.duration))
    add(item, "itunes:episodeType", episode.kind)
    add(item, "itunes:explicit", yes(episode.explicit))
    cover = cover_url(episode.artwork) or show_cover
    if cover:
        add(item, "itunes:image", href=cover)
    number_episode(item, episode)
    add_namespace_parts(item, episode)


def number_episode(item: ET.Element, episode: EpisodePage) -> None:
    """Write season and number, for both kinds of apps."""
    if episode.season:
        add(item, "itunes:season", episode.season)
        add(item, "podcast:season", episode.season)
    if episode.number:
        add(item, "itunes:episode", episode.number)
        add(item, "podcast:episode", episode.number)


def add_namespace_parts(item: ET.Element, episode: EpisodePage) -> None:
    """Write transcripts, chapters and people."""
    for language, ending in text_order(episode):
        address = reverse("podcast:transcript", args=[episode.uuid, language, ending])
        add(
            item,
            "podcast:transcript",
            url=f"{settings.SITE_URL}{address}",
            type=TEXT_TYPES[ending],
            language=language,
        )
    if episode.chapters.all():
        address = reverse("podcast:chapters", args=[episode.uuid])
        add(item, "podcast:chapters", url=f"{settings.SITE_URL}{address}", type="application/json+chapters")
    for person in episode.people.all():
        group, role = GROUPS[EpisodePerson.Part(person.part)]
        add(item, "podcast:person", person.name, group=group, role=role)


def text_order(episode: EpisodePage) -> Iterable[tuple[str, str]]:
    """Yield language and ending of each transcript: the own language first, and in the other format last."""
    own = episode.locale.language_code
    languages = {text.language for text in episode.transcripts.all()}
    if own in languages:
        yield own, "vtt"
    for language in sorted(languages - {own}):
        yield language, "vtt"
    if own in languages:
        yield own, "srt"


def said_about(episode: EpisodePage) -> list[str]:
    """Return summary, whose story and voice it is, and what is said beforehand."""
    return [part for part in (episode.summary, sentence(episode.provenance), episode.content_warning) if part]


def sentence(words: str) -> str:
    """Return words with a full stop, nothing for nothing."""
    return f"{words}." if words else ""


def notes_html(episode: EpisodePage) -> str:
    """Return the show notes for apps, with whole addresses."""
    above = "".join(f"<p>{escape(part)}</p>" for part in said_about(episode))
    return (above + str(episode.notes)).replace('href="/', f'href="{settings.SITE_URL}/')


def cover_url(cover: Picture | None) -> str:
    """Return the full address of a cover as directories want it; nothing without one."""
    if cover is None:
        return ""
    address: str = cover.get_rendition("fill-1400x1400|format-jpeg|jpegquality-85").url
    return address if address.startswith("http") else f"{settings.SITE_URL}{address}"
