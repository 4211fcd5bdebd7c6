"""What somebody could do now in the half year after the training day, for the member's home.

A home shows this on every visit, so what a learner has is read in one query over their enrolments, and how much may be
repeated this week only when something is due.
"""

from __future__ import annotations

import datetime as dt
from operator import itemgetter
from typing import Any, TypedDict

from django.db.models import Count, DateTimeField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Somebody
from core.next_steps import NextStep, Wing
from core.prepared import Slots, prepared
from courses.learning.models import CoachingMoment, Enrolment, PracticeSample
from courses.learning.permissions import may_coach_anybody, may_follow
from courses.learning.queries.coaching import Clock, is_late, is_to_plan, moments_to_coach
from courses.learning.queries.following import followed
from courses.learning.queries.plan import moment_name
from courses.learning.queries.recall import end_of, room_for
from courses.learning.queries.samples import UNREAD, WAITING, samples_to_coach, with_standing

SECONDS_A_QUESTION = 40


class Unread(TypedDict):
    """A sample with something that its reader has not seen."""

    pk: int
    title: str


class ToPlan(TypedDict):
    """A coaching moment to plan; `due_on` as the database writes it (`2027-03-25`)."""

    pk: int
    number: int
    due_on: str


class Standing(TypedDict):
    """What waits in one enrolment: an unread sample, a coaching moment to plan, questions that are due."""

    sample: Unread | None
    moment: ToPlan | None
    cards: int


def steps_after_the_day(user: Somebody) -> list[NextStep]:
    """Return: read feedback, plan coaching, repeat what is due; for a trainer, late coaching and samples that wait."""
    if not isinstance(user, User):
        return []
    learner = _learner_steps(user) if may_follow(user) else []
    return [*learner, *_coach_late(user), *_give_feedback(user)] if may_coach_anybody(user) else learner


def _learner_steps(user: User) -> list[NextStep]:
    if not followed(user):
        return []
    rows = _standing(user)
    feedback = [_read_feedback(row["sample"]) for row in rows if row["sample"]][:1]
    waiting = sorted((row["moment"] for row in rows if row["moment"]), key=itemgetter("due_on"))
    return [*feedback, *(_plan_coaching(moment) for moment in waiting[:1]), *_repeat(user, rows)]


def _standing(user: User) -> list[Standing]:
    """Return what waits in somebody's open enrolments; one query."""
    when = Clock.at(timezone.now())
    until = end_of(timezone.localdate())
    return _waiting.rows(None, user=user.pk, until=until, **vars(when))


@prepared
def _waiting(slot: Slots, _variant: None) -> QuerySet[Enrolment, Standing]:
    when = Clock.asked(slot)
    own = PracticeSample.objects.filter(enrolment=OuterRef("pk"))
    unread = with_standing(own, slot("user"), as_trainer=False).filter(UNREAD)
    moments = CoachingMoment.objects.filter(is_late(when) | is_to_plan(when), enrolment=OuterRef("pk"))
    first = moments.order_by("due_on", "pk")
    due = Q(recall_cards__due_at__lt=slot("until", DateTimeField()))
    found: QuerySet[Enrolment, Any] = Enrolment.objects.filter(user=slot("user"), closed_at=None)
    return (
        found.annotate(
            sample=Subquery(unread.values(found=JSONObject(pk="pk", title="title"))[:1]),
            moment=Subquery(first.values(found=JSONObject(pk="pk", number="number", due_on="due_on"))[:1]),
            cards=Count("recall_cards", filter=due),
        )
        .order_by("-last_active_at", "-pk")
        .values("sample", "moment", "cards")
    )


def _read_feedback(sample: Unread) -> NextStep:
    return NextStep(
        key=f"training.feedback.{sample['pk']}",
        wing=Wing.TRAINING,
        icon="talk",
        title=_("Read the feedback of your trainer"),
        text=_("On your practice sample “%(title)s”.") % {"title": sample["title"]},
        url=reverse("learning:sample", args=[sample["pk"]]),
        minutes=5,
        weight=58,
        action=_("To the feedback"),
    )


def _plan_coaching(moment: ToPlan) -> NextStep:
    due = dt.date.fromisoformat(moment["due_on"])
    return NextStep(
        key=f"training.coaching.{moment['pk']}",
        wing=Wing.TRAINING,
        icon="calendar",
        title=_("Plan your coaching"),
        text=_("%(moment)s. With three or four coaching moments, what you learned stays.")
        % {"moment": moment_name(moment["number"])},
        url=reverse("learning:own_coaching", args=[moment["pk"]]),
        minutes=2,
        due=due if due >= timezone.localdate() else None,
        weight=56,
        action=_("Plan it"),
    )


def _repeat(user: User, rows: list[Standing]) -> list[NextStep]:
    due = sum(row["cards"] for row in rows)
    now = min(due, room_for(user)) if due else 0
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


def _coach_late(user: User) -> list[NextStep]:
    late = moments_to_coach(user).filter(is_late(Clock.at(timezone.now()))).count()
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
