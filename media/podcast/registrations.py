"""What this room tells the rest of the house, once the models are loaded."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import kept, navigation, next_steps
from core.demo import register_demo
from core.next_steps import NextStep, Wing
from media.library.permissions import register_claim
from media.podcast import demo, queries, showing
from media.podcast.models import Transcript
from media.podcast.models.served import register_context


def register_all() -> None:
    """Register contexts, the claim on sounds, the link in the navigation and the next step."""
    register_context("podcast.PodcastIndexPage", showing.index_context)
    register_context("podcast.ShowPage", showing.show_context)
    register_context("podcast.EpisodePage", showing.episode_context)
    register_demo("podcast", 50, demo.load)
    kept.shows(Transcript)
    register_claim("podcast", queries.claim_on)
    next_steps.register("podcast", listen_next)
    navigation.register(
        navigation.NavItem(
            gettext_lazy("Podcast"), "/podcast/", audience=navigation.Audience.VISITOR, order=20, icon="mic"
        ),
        navigation.NavItem(
            gettext_lazy("Podcast"), "/podcast/", audience=navigation.Audience.MEMBER, order=70, icon="mic"
        ),
    )


def listen_next(user: Any) -> Iterable[NextStep]:
    """Offer the newest episode in the person's language."""
    episode = queries.newest_episode(user.language)
    if episode is None:
        return []
    minutes = max(1, math.ceil(episode.seconds / 60))
    return [
        NextStep(
            key=f"podcast.episode.{episode.pk}",
            wing=Wing.PODCAST,
            icon="play",
            title=_("Listen to “%(title)s”") % {"title": episode.title},
            text=episode.summary,
            url=episode.url,
            minutes=minutes,
            weight=10,
            action=_("Listen"),
        )
    ]
