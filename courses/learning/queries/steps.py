"""What somebody could do now in the half year after the training day, for the member's home."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Somebody
from core.next_steps import NextStep, Wing
from courses.learning.permissions import may_follow
from courses.learning.queries.recall import recall_stand

SECONDS_A_QUESTION = 40


def steps_after_the_day(user: Somebody) -> list[NextStep]:
    """Return: repeat what is due today."""
    if not may_follow(user):
        return []
    return _repeat(user)


def _repeat(user: Somebody) -> list[NextStep]:
    now = recall_stand(user).now
    if not now:
        return []
    title = ngettext("Repeat %(count)s question", "Repeat %(count)s questions", now) % {"count": now}
    return [
        NextStep(
            key=f"training.recall.{timezone.localdate():%G-%V}",
            wing=Wing.TRAINING,
            icon="back",
            title=title,
            text=_("From the lessons you finished. What comes back with time between, stays."),
            url=reverse("learning:recall"),
            minutes=max(1, -(-now * SECONDS_A_QUESTION // 60)),
            weight=52,
            action=_("Repeat now"),
        )
    ]
