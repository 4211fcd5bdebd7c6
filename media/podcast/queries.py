"""What is published, and what a page shows of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Count, Exists, ExpressionWrapper, F, Max, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Coalesce
from wagtail.models import Page, PageViewRestriction

from core.kept import Shelf
from media.library.models import Picture, Sound
from media.podcast.models import (
    Cue,
    EpisodePage,
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


type Spoken = list[tuple[Transcript, list[Cue]]]
"""The texts of an episode with their sentences."""


def cues_to_preview(episode: EpisodePage) -> Spoken:
    """Return the sentences as the unpublished texts have them."""
    return [
        (transcript, [Cue.of(transcript, n, line) for n, line in enumerate(transcript.lines())])
        for transcript in episode.transcripts.all()
    ]


def stored_cues(episode: EpisodePage) -> Spoken:
    """Return the published texts with their sentences, in one query."""
    found: dict[int, tuple[Transcript, list[Cue]]] = {}
    rows = Cue.objects.filter(transcript__episode=episode).select_related("transcript")
    for cue in rows.defer("transcript__text").order_by("transcript_id", "position"):
        found.setdefault(cue.transcript_id, (cue.transcript, []))[1].append(cue)
    return list(found.values())


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
