"""What somebody could do now in the half year after the training day, for the member's home."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Somebody
from core.next_steps import NextStep, Wing
from courses.learning.permissions import may_coach_anybody, may_follow
from courses.learning.queries.coaching import is_late, moments_to_coach, next_to_plan
from courses.learning.queries.plan import moment_name
from courses.learning.queries.recall import recall_stand
from courses.learning.queries.samples import UNREAD, WAITING, samples_of, samples_to_coach, with_standing

SECONDS_A_QUESTION = 40


def steps_after_the_day(user: Somebody) -> list[NextStep]:
    """Return: read feedback, repeat what is due today; for a trainer, give feedback that somebody waits for."""
    if not isinstance(user, User):
        return []
    learner = [*_read_feedback(user), *_plan_coaching(user), *_repeat(user)] if may_follow(user) else []
    return [*learner, *_coach_late(user), *_give_feedback(user)] if may_coach_anybody(user) else learner


def _plan_coaching(user: User) -> list[NextStep]:
    moment = next_to_plan(user)
    if moment is None:
        return []
    late = moment.due_on < timezone.localdate()
    return [
        NextStep(
            key=f"training.coaching.{moment.pk}",
            wing=Wing.TRAINING,
            icon="calendar",
            title=_("Plan your coaching"),
            text=_("%(moment)s. With three or four coaching moments, what you learned stays.")
            % {"moment": moment_name(moment.number)},
            url=reverse("learning:own_coaching", args=[moment.pk]),
            minutes=2,
            due=None if late else moment.due_on,
            weight=56,
            action=_("Plan it"),
        )
    ]


def _coach_late(user: User) -> list[NextStep]:
    late = moments_to_coach(user).filter(is_late(timezone.now())).count()
    if not late:
        return []
    title = ngettext("Plan coaching that is late", "Plan %(count)s coaching moments that are late", late)
    return [
        NextStep(
            key=f"training.coaching_late.{timezone.localdate():%G-%V}",
            wing=Wing.TRAINING,
            icon="clock",
            title=title % {"count": late},
            text=_("Your desk says for whom, and for how long."),
            url=reverse("learning:coaching"),
            minutes=10,
            weight=62,
            action=_("To the list"),
        )
    ]


def _read_feedback(user: User) -> list[NextStep]:
    unread = with_standing(samples_of(user), user, as_trainer=False).filter(UNREAD)
    found = unread.values_list("pk", "title").first()
    if found is None:
        return []
    pk, title = found
    return [
        NextStep(
            key=f"training.feedback.{pk}",
            wing=Wing.TRAINING,
            icon="talk",
            title=_("Read the feedback of your trainer"),
            text=_("On your practice sample “%(title)s”.") % {"title": title},
            url=reverse("learning:sample", args=[pk]),
            minutes=5,
            weight=58,
            action=_("To the feedback"),
        )
    ]


def _give_feedback(user: User) -> list[NextStep]:
    waiting = with_standing(samples_to_coach(user), user, as_trainer=True).filter(WAITING).count()
    if not waiting:
        return []
    title = ngettext(
        "Give feedback on a practice sample", "Give feedback on %(count)s practice samples", waiting
    )
    return [
        NextStep(
            key=f"training.give_feedback.{timezone.localdate():%G-%V}",
            wing=Wing.TRAINING,
            icon="talk",
            title=title % {"count": waiting},
            text=_("Practising helps with feedback; somebody waits for yours."),
            url=reverse("learning:coach_samples"),
            minutes=10 * min(waiting, 3),
            weight=60,
            action=_("To the samples"),
        )
    ]


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
