"""What is published, and what a page shows of it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Exists, ExpressionWrapper, F, Max, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import get_language_info
from wagtail.models import Page, PageViewRestriction

from core.kept import Shelf
from media.library.models import Picture, Sound
from media.podcast.models import (
    Cue,
    EpisodePage,
    PodcastIndexPage,
    RelatedPage,
    ShowPage,
    Transcript,
)


def closed() -> Exists:
    """Return, as part of a query, whether the page or one above it has a restriction on who may see it."""
    below = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return Exists(PageViewRestriction.objects.annotate(below=below).filter(below__startswith=F("page__path")))


def published_shows(language: str | None = None) -> QuerySet[ShowPage]:
    """Return the shows that everybody may hear, of one language or of all."""
    found: QuerySet[ShowPage] = ShowPage.objects.live().select_related("artwork", "locale")
    found = found.filter(~closed())
    return found.filter(locale__language_code=language) if language else found


def published_episodes() -> QuerySet[EpisodePage]:
    """Return the episodes that everybody may hear, the newest first; `aired` is the date shown."""
    found: QuerySet[EpisodePage] = EpisodePage.objects.live().select_related("sound", "artwork", "locale")
    dated: QuerySet[EpisodePage] = found.filter(~closed()).annotate(
        aired=Coalesce("aired_at", "first_published_at")
    )
    return dated.order_by("-aired", "-pk")


def episodes_of(show: ShowPage) -> QuerySet[EpisodePage]:
    """Return the published episodes of a show, the newest first."""
    return published_episodes().child_of(show)  # type: ignore[attr-defined, no-any-return] # Wagtail's page queryset


@dataclass(frozen=True)
class Newest:
    """The newest episode as it is offered elsewhere; `seconds` is its length."""

    pk: int
    title: str
    summary: str
    url: str
    seconds: float


_newest: Shelf[str, list[Newest]] = Shelf(most=10)


def newest_episode(language: str) -> Newest | None:
    """Return the newest published episode in this language; None when there is none."""
    return next(iter(_newest.get(language, lambda: _find_newest(language))), None)


def _find_newest(language: str) -> list[Newest]:
    found = published_episodes().filter(locale__language_code=language)[:1]
    return [
        Newest(episode.pk, episode.title, episode.summary, episode.url, episode.sound.duration)
        for episode in found
        if episode.url
    ]


def claim_on(sound: Sound) -> bool | None:
    """Say whether everybody may have this sound: yes with a published episode, no before, None when no episode uses it."""
    lives = list(EpisodePage.objects.filter(sound=sound).values_list("live", flat=True))
    return any(lives) if lives else None


@dataclass(frozen=True)
class ShowStamp:
    """What a feed's validators rest on: how many episodes, and when anything in it last changed."""

    count: int
    changed: datetime | None

    def tag(self, show: ShowPage, version: str) -> str:
        """Return a strong validator for the feed of this show."""
        seed = f"{version}:{show.pk}:{show.last_published_at}:{self.count}:{self.changed}"
        return f'"{hashlib.sha256(seed.encode()).hexdigest()[:32]}"'


def stamp_of(show: ShowPage) -> ShowStamp:
    """Return, in one query, what changes when the feed does."""
    found = (
        episodes_of(show)
        .order_by()
        .aggregate(count=Count("pk"), published=Max("last_published_at"), sounded=Max("sound__changed_at"))
    )
    moments = [x for x in (show.last_published_at, found["published"], found["sounded"]) if x]
    return ShowStamp(found["count"], max(moments, default=None))


def for_feed(show: ShowPage) -> list[EpisodePage]:
    """Return the episodes with everything that their feed items need, in a fixed number of queries."""
    texts = Transcript.objects.only("id", "episode_id", "language")
    wanted = ("people", "chapters", Prefetch("transcripts", queryset=texts), "artwork__renditions")
    return list(episodes_of(show).prefetch_related(*wanted))


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
    """The text of an episode in one language; `lines` begin with the speaker where the voice changes."""

    language: str
    name: str
    reviewed_on: Any
    lines: list[CueLine]

    @property
    def found(self) -> list[CueLine]:
        """Return the sentences in which the searched words stand."""
        return [line for line in self.lines if line.found]


def texts_of(episode: EpisodePage, wanted: str = "", *, preview: bool = False) -> list[Text]:
    """Return the texts of an episode, its own language first; `wanted` is marked in them."""
    found = cues_to_preview(episode) if preview else stored_cues(episode)
    own = episode.locale.language_code
    return [
        Text(
            language=transcript.language,
            name=get_language_info(transcript.language)["name_local"].capitalize(),
            reviewed_on=transcript.reviewed_on,
            lines=shown_lines(cues, wanted),
        )
        for transcript, cues in sorted(found, key=lambda pair: (pair[0].language != own, pair[0].language))
    ]


def cues_to_preview(episode: EpisodePage) -> list[tuple[Transcript, list[Cue]]]:
    """Return the sentences as the unpublished texts have them."""
    return [
        (transcript, [Cue.of(transcript, n, line) for n, line in enumerate(transcript.lines())])
        for transcript in episode.transcripts.all()
    ]


def stored_cues(episode: EpisodePage) -> list[tuple[Transcript, list[Cue]]]:
    """Return the published texts with their sentences, in one query."""
    found: dict[int, tuple[Transcript, list[Cue]]] = {}
    rows = Cue.objects.filter(transcript__episode=episode).select_related("transcript")
    for cue in rows.defer("transcript__text").order_by("transcript_id", "position"):
        found.setdefault(cue.transcript_id, (cue.transcript, []))[1].append(cue)
    return list(found.values())


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


def lines_of(episode: EpisodePage, language: str) -> tuple[Transcript, list[Cue]] | None:
    """Return a transcript of an episode and its sentences; None when there is none in this language."""
    transcript = Transcript.objects.filter(episode=episode, language=language).first()
    if transcript is None:
        return None
    return transcript, list(transcript.cues.all())


def cover_of(episode: EpisodePage, show: ShowPage) -> Picture | None:
    """Return the episode's own cover, or that of its show."""
    return episode.artwork or show.artwork


def related_pages(episode: EpisodePage, *, preview: bool = False) -> list[Page]:
    """Return the live pages that go with an episode, in the editor's order."""
    if preview:
        return [row.page for row in episode.related.all() if row.page.live]
    rows = RelatedPage.objects.filter(episode=episode, page__live=True).select_related("page", "page__locale")
    return [row.page for row in rows.order_by("sort_order")]


def index_context(page: PodcastIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the shows below this entrance with their newest episodes, and the shows in other languages."""
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
    """Return the episodes of a show."""
    return {"episodes": with_addresses(episodes_of(show), show.get_url(request))}


def with_addresses(episodes: Iterable[EpisodePage], show_url: str | None) -> list[dict[str, Any]]:
    """Return episodes with their addresses, made from that of their show."""
    return [{"episode": episode, "url": f"{show_url}{episode.slug}/"} for episode in episodes]


def episode_context(episode: EpisodePage, request: HttpRequest) -> dict[str, Any]:
    """Return everything that the page of an episode shows."""
    preview = bool(getattr(request, "is_preview", False))
    wanted = request.GET.get("zoek", "")[:100].replace("\0", "")
    show = episode.show
    texts = texts_of(episode, wanted, preview=preview)
    return {
        "show": show,
        "show_url": show.get_url(request),
        "aired": episode.aired_at or episode.first_published_at,
        "cover": cover_of(episode, show),
        "people": list(episode.people.all()),
        "related": [
            {"title": page.title, "url": page.get_url(request)}
            for page in related_pages(episode, preview=preview)
        ],
        "texts": texts,
        "wanted": wanted,
        "hits": [line for text in texts for line in text.found],
        **player_context(episode, preview=preview),
    }


def player_context(episode: EpisodePage, *, preview: bool = False) -> dict[str, Any]:
    """Return what the player needs: where the sound is, its chapters and its wave."""
    chapters = sorted(episode.chapters.all(), key=lambda chapter: chapter.start_ms)
    return {
        "audio_url": episode.sound.url if preview else episode.enclosure_path,
        "chapters": chapters,
        "wave": Wave.of(episode.sound, [chapter.start_ms for chapter in chapters]),
    }


@dataclass(frozen=True)
class Wave:
    """The drawn wave: bars as (x, y, height) and where chapters begin, in a box of 1050 by 84."""

    bars: list[tuple[int, int, int]]
    marks: list[int]

    @classmethod
    def of(cls, sound: Sound, starts: Sequence[int]) -> Wave:
        """Return the wave of a sound; without bars when nobody has listened to it yet."""
        bars = [(7 * n, *bar(peak)) for n, peak in enumerate(sound.peaks)]
        length = sound.duration * 1000 or 1
        return cls(bars, [min(1047, round(1050 * start / length)) for start in starts])


def bar(peak: int) -> tuple[int, int]:
    """Return top and height of a bar around the middle line of the drawing."""
    height = 6 + round(peak * 0.6)
    return 36 - height // 2, height
