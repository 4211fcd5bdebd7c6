"""Makes shows and episodes for tests."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale, Page, Site

from media.library.models import Picture
from media.podcast.models import Chapter, EpisodePage, EpisodePerson, PodcastIndexPage, ShowPage, Transcript
from tests.library.factories import make_picture, make_sound, picture_bytes

VTT = """WEBVTT

00:00:00.000 --> 00:00:01.500
<v Interviewer>Hoe begon het voor u?</v>

00:00:01.600 --> 00:00:03.188
<v Mevrouw T.>Ik heb die week slecht geslapen.</v>

00:00:03.400 --> 00:00:05.000
<v Mevrouw T.>En toen één helder moment.</v>
"""
VTT_FR = """WEBVTT

00:00:00.000 --> 00:00:01.500
<v Intervieweuse>Comment cela a-t-il commencé ?</v>

00:00:01.600 --> 00:00:03.188
<v Madame T.>Le médecin a écrit une lettre.</v>
"""


def home(language: str = "nl") -> Page:
    """Return the home of this language."""
    root: Page = Site.objects.get(is_default_site=True).root_page
    locale = Locale.objects.get(language_code=language)
    return root if root.locale == locale else root.get_translation(locale)


def make_entrance(language: str = "nl") -> PodcastIndexPage:
    """Return the entrance of this language, made when it is not there."""
    found = PodcastIndexPage.objects.filter(locale__language_code=language).first()
    parent = home(language)
    return found or parent.add_child(
        instance=PodcastIndexPage(title="Podcast", slug="podcast", locale=parent.locale)
    )


def make_show(slug: str = "afbouwen", language: str = "nl", **fields: Any) -> ShowPage:
    """Return a published show."""
    entrance = make_entrance(language)
    fields = {"title": slug.capitalize(), "description": "Een reeks.", "author": "Trede", **fields}
    show: ShowPage = entrance.add_child(instance=ShowPage(slug=slug, locale=entrance.locale, **fields))
    show.save_revision().publish()
    return ShowPage.objects.get(pk=show.pk)


def make_cover() -> Picture:
    """Return a square picture that is large enough."""
    return make_picture(picture_bytes("PNG", (1400, 1400)), name="omslag.png")


def make_episode(
    show: ShowPage,
    title: str = "Het doosje",
    *,
    live: bool = True,
    texts: tuple[str, ...] = ("nl",),
    **fields: Any,
) -> EpisodePage:
    """Return an episode with a person, two chapters and a text in each of the languages."""
    fields = {
        "summary": "Een verhaal.",
        "sound": fields.pop("sound", None) or make_sound(title=title),
        **fields,
    }
    episode = EpisodePage(title=title, locale=show.locale, live=False, **fields)
    episode.people = [EpisodePerson(name="Mevrouw T.", part="guest", about="verzonnen")]
    episode.chapters = [Chapter(start_ms=1600, title="De brief"), Chapter(start_ms=0, title="Begin")]
    episode.transcripts = [Transcript(language=x, text={"nl": VTT, "fr": VTT_FR}[x]) for x in texts]
    show.add_child(instance=episode)
    revision = episode.save_revision()
    if live:
        revision.publish()
    return EpisodePage.objects.get(pk=episode.pk)
