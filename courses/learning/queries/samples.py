"""Practice samples: a learner's own, and those of the people whom a trainer coaches. Nobody else's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.permissions import Somebody
from core.prepared import Slot
from courses.learning.models import CoachingMoment, Enrolment, PracticeSample, SampleMark, SampleMessage
from courses.learning.queries.coached import coached_by
from courses.learning.queries.plan import moment_name

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

MOST_SHOWN = 100


class Standing(TypedDict):
    """What a list says of a sample for one reader.

    `heard_at` is when the other side last wrote (for the trainer the handing in counts), `seen_at` when the reader last
    looked, `answered` whether the last word is the trainer's, `last_at` when anybody last wrote.
    """

    heard_at: dt.datetime | None
    seen_at: dt.datetime | None
    answered: bool
    last_at: dt.datetime


type ListedSample = "WithAnnotations[PracticeSample, Standing]"


def samples_of(learner: User) -> QuerySet[PracticeSample]:
    """Return the samples that somebody handed in themselves."""
    return PracticeSample.objects.filter(enrolment__user=learner)


def samples_to_coach(trainer: Somebody) -> QuerySet[PracticeSample]:
    """Return the samples of the people whom this trainer coaches."""
    return PracticeSample.objects.filter(enrolment__in=coached_by(trainer).values("pk"))


def messages_visible_to(user: User) -> QuerySet[SampleMessage]:
    """Return the messages about samples that this person handed in or coaches."""
    readable = Q(sample__in=samples_of(user).values("pk")) | Q(sample__in=samples_to_coach(user).values("pk"))
    return SampleMessage.objects.filter(readable)


def with_standing(
    samples: QuerySet[PracticeSample], reader: User | Slot, *, as_trainer: bool
) -> QuerySet[ListedSample]:
    """Add what a list says of each sample for this reader, in the same query."""
    latest = SampleMessage.objects.filter(sample=OuterRef("pk")).order_by("-created_at", "-pk")
    others: Any = Subquery(latest.filter(by_trainer=not as_trainer).values("created_at")[:1])
    marks = SampleMark.objects.filter(sample=OuterRef("pk"), reader=reader)
    marked = samples.annotate(
        heard_at=Coalesce(others, F("created_at")) if as_trainer else others,
        seen_at=Subquery(marks.values("seen_at")[:1]),
        answered=Coalesce(Subquery(latest.values("by_trainer")[:1]), Value(False)),
        last_at=Coalesce(Subquery(latest.values("created_at")[:1]), F("created_at")),
    )
    return marked.select_related("enrolment__user", "enrolment__edition", "moment").order_by(
        "-last_at", "-pk"
    )


UNREAD = Q(heard_at__isnull=False) & (Q(seen_at=None) | Q(heard_at__gt=F("seen_at")))
WAITING = Q(answered=False)


@dataclass(frozen=True)
class SampleRow:
    """One line of a list of samples."""

    sample: ListedSample
    is_new: bool
    waiting: bool
    moment: str


def sample_rows(found: QuerySet[ListedSample]) -> list[SampleRow]:
    """Return the newest lines of a list; one query."""
    return [
        SampleRow(
            sample=sample,
            is_new=bool(sample.heard_at and (sample.seen_at is None or sample.heard_at > sample.seen_at)),
            waiting=not sample.answered,
            moment=moment_name(sample.moment.number) if sample.moment else "",
        )
        for sample in found[:MOST_SHOWN]
    ]


def open_moments(enrolments: Iterable[Enrolment]) -> QuerySet[CoachingMoment]:
    """Return the coaching moments that are still to be held, for which a sample may be handed in."""
    return CoachingMoment.objects.filter(enrolment__in=enrolments, held_at=None).order_by("due_on", "number")
