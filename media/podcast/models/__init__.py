"""Shows, their episodes, and what belongs to an episode."""

from media.podcast.models.episode import (
    Chapter,
    EpisodeKind,
    EpisodePage,
    EpisodePerson,
    RelatedPage,
    Story,
    Voice,
)
from media.podcast.models.index import PodcastIndexPage
from media.podcast.models.show import ShowPage
from media.podcast.models.transcript import Cue, Transcript

__all__ = [
    "Chapter",
    "Cue",
    "EpisodeKind",
    "EpisodePage",
    "EpisodePerson",
    "PodcastIndexPage",
    "RelatedPage",
    "ShowPage",
    "Story",
    "Transcript",
    "Voice",
]
