"""What the pages of the podcast show: the same to everybody, so kept until something public changes (`core.kept`)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from core.kept import PageKey, Shelf, of_page
from media.library.models import Sound
from media.podcast.models import Cue, EpisodePage, PodcastIndexPage, ShowPage, Transcript
from media.podcast.queries import (
    Spoken,
    cover_of,
    cues_to_preview,
    episodes_of,
    published_shows,
    related_pages,
    stored_cues,
)


@dataclass(frozen=True)
class CueLine:
    """A sentence as the page shows it: `parts` are stretches of text, each with whether it was searched for."""

    start_ms: int
    end_ms: int
    speaker: str
    parts: Sequence[tuple[str, bool]]

    @property
    def found(self) -> bool:
        """Say whether what was searched for is in it."""
        return any(hit for _text, hit in self.parts)


@dataclass(frozen=True)
class Text:
    """The text of an episode in one language, drawn; `lines` begin with the speaker where the voice changes."""

    language: str
    name: str
    reviewed_on: Any
    lines: list[CueLine]
    drawn: SafeString

    @property
    def found(self) -> list[CueLine]:
        """Return the sentences in which the searched words stand."""
        return [line for line in self.lines if line.found]


def texts_of(spoken: Spoken, own: str, wanted: str = "") -> list[Text]:
    """Return the texts of an episode, the one in its own language first; `wanted` is marked in them."""
    ordered = sorted(spoken, key=lambda pair: (pair[0].language != own, pair[0].language))
    return [_text(transcript, shown_lines(cues, wanted)) for transcript, cues in ordered]


def _text(transcript: Transcript, lines: list[CueLine]) -> Text:
    language = transcript.language
    name = get_language_info(language)["name_local"].capitalize()
    drawn = render_to_string("podcast/cues.html", {"language": language, "lines": lines})
    return Text(language, name, transcript.reviewed_on, lines, drawn)


def shown_lines(cues: Sequence[Cue], wanted: str) -> list[CueLine]:
    """Return the sentences to show, the speaker only where the voice changes."""
    lines: list[CueLine] = []
    before = ""
    for cue in cues:
        speaker = cue.speaker if cue.speaker != before else ""
        lines.append(CueLine(cue.start_ms, cue.end_ms, speaker, marked(cue.text, wanted)))
        before = cue.speaker
    return lines


def marked(text: str, wanted: str) -> list[tuple[str, bool]]:
    """Return the text cut at what was searched for, whatever its accents and capitals."""
    needle, hay = folded(wanted.strip()), folded(text)
    if not needle:
        return [(text, False)]
    parts: list[tuple[str, bool]] = []
    at = 0
    while (hit := hay.find(needle, at)) >= 0:
        parts += [(text[at:hit], False), (text[hit : hit + len(needle)], True)]
        at = hit + len(needle)
    return [(part, is_hit) for part, is_hit in [*parts, (text[at:], False)] if part]


def folded(text: str) -> str:
    """Return the text in small letters without accents, letter for letter of the same length."""
    return "".join(fold_letter(letter) for letter in text)


def fold_letter(letter: str) -> str:
    """Return one plain small letter for one letter."""
    return (unicodedata.normalize("NFD", letter.lower()) or letter)[0]


_shown: Shelf[PageKey, dict[str, Any]] = Shelf(most=100)


def index_context(page: PodcastIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the shows below this entrance with their newest episodes, and the shows in other languages."""
    return of_page(_shown, page, request, lambda: _index_shown(page, request))


def _index_shown(page: PodcastIndexPage, request: HttpRequest) -> dict[str, Any]:
    shows = list(published_shows().child_of(page))  # type: ignore[attr-defined] # Wagtail's page queryset
    elsewhere = published_shows().exclude(locale_id=page.locale_id)
    return {
        "shows": [
            {
                "show": show,
                "url": show.get_url(request),
                "episodes": with_addresses(episodes_of(show)[:3], show.get_url(request)),
            }
            for show in shows
        ],
        "elsewhere": [{"show": show, "url": show.get_url(request)} for show in elsewhere],
    }


def show_context(show: ShowPage, request: HttpRequest) -> dict[str, Any]:
    """Return the cover and the episodes of a show."""
    return of_page(_shown, show, request, lambda: _show_shown(show, request))


def _show_shown(show: ShowPage, request: HttpRequest) -> dict[str, Any]:
    episodes = with_addresses(episodes_of(show), show.get_url(request))
    return {"cover": show.artwork, "episodes": episodes}


def with_addresses(episodes: Iterable[EpisodePage], show_url: str | None) -> list[dict[str, Any]]:
    """Return episodes with their addresses, made from that of their show."""
    return [{"episode": episode, "url": f"{show_url}{episode.slug}/"} for episode in episodes]


def episode_context(episode: EpisodePage, request: HttpRequest) -> dict[str, Any]:
    """Return everything that the page of an episode shows, with the places of what is searched for marked."""
    wanted = request.GET.get("zoek", "")[:100].replace("\0", "")
    shown = of_page(_shown, episode, request, lambda: _episode_shown(episode, request))
    texts = texts_of(shown["spoken"], episode.locale.language_code, wanted) if wanted else shown["texts"]
    hits = [line for text in texts for line in text.found]
    return {**shown, "texts": texts, "wanted": wanted, "hits": hits}


def _episode_shown(episode: EpisodePage, request: HttpRequest) -> dict[str, Any]:
    """Return what everybody sees who searches for nothing."""
    preview = bool(getattr(request, "is_preview", False))
    show = episode.show
    spoken = cues_to_preview(episode) if preview else stored_cues(episode)
    related = related_pages(episode, preview=preview)
    return {
        "show": show,
        "show_url": show.get_url(request),
        "aired": episode.aired_at or episode.first_published_at,
        "cover": cover_of(episode, show),
        "people": list(episode.people.all()),
        "related": [{"title": page.title, "url": page.get_url(request)} for page in related],
        "spoken": spoken,
        "texts": texts_of(spoken, episode.locale.language_code),
        "notes": [block.render({}) for block in episode.notes],
        **player_context(episode, preview=preview),
    }


def player_context(episode: EpisodePage, *, preview: bool = False) -> dict[str, Any]:
    """Return what the player needs: where the sound is and how long (in seconds), its chapters and its wave."""
    chapters = sorted(episode.chapters.all(), key=lambda chapter: chapter.start_ms)
    return {
        "audio_url": episode.sound.url if preview else episode.enclosure_path,
        "length": episode.sound.duration,
        "chapters": chapters,
        "wave": wave_of(episode.sound, [chapter.start_ms for chapter in chapters]),
    }


def wave_of(sound: Sound, starts: Sequence[int]) -> SafeString:
    """Draw the wave of a sound and where chapters begin, in a box of 1050 by 84; no bars while nobody listened to it."""
    bars = ((7 * n, *bar(peak)) for n, peak in enumerate(sound.peaks))
    length = sound.duration * 1000 or 1
    marks = ((min(1047, round(1050 * start / length)),) for start in starts)
    return format_html_join(
        "", '<rect x="{}" y="{}" width="4" height="{}" rx="2"/>', bars
    ) + format_html_join("", '<rect class="mark" x="{}" y="76" width="3" height="8"/>', marks)


def bar(peak: int) -> tuple[int, int]:
    """Return top and height of a bar around the middle line of the drawing."""
    height = 6 + round(peak * 0.6)
    return 36 - height // 2, height
