"""Repeating questions: filling somebody's cards, and answering one. Attempts and scores of lessons are never touched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.catalogue import queries as catalogue
from courses.exercises.scoring import Given, accept, score
from courses.learning.errors import NotAllowedError
from courses.learning.models import Enrolment, RecallCard, RecallReview
from courses.learning.permissions import may_learn
from courses.learning.queries.following import outline_of
from courses.learning.queries.keys import judge, keys_in_force
from courses.learning.queries.recall import answered_by_day, end_of, worth_repeating
from courses.learning.recall import Memory, after_answer, allowance


class NotDueError(Exception):
    """The question was answered already, in another tab perhaps; it comes back later."""


class EnoughForNowError(Exception):
    """Five questions were repeated today, or this is a third day of the week: more does not help."""


@transaction.atomic
def fill_cards(enrolment: Enrolment, *, at: dt.datetime | None = None) -> int:
    """Bring somebody's cards in line with the lessons they finished; return how many are new.

    New cards are due at once. After a move to another edition a card shows that edition's version, where there is one.
    """
    items = {item.key: item for item in worth_repeating(enrolment, outline_of(enrolment))}
    known = dict(enrolment.recall_cards.values_list("key", "item_id"))
    moment = at or timezone.now()
    fresh = [
        RecallCard(enrolment=enrolment, key=key, item_id=item.id, due_at=moment)
        for key, item in items.items()
        if key not in known
    ]
    RecallCard.objects.bulk_create(fresh, ignore_conflicts=True)
    for key, item in items.items():
        if known.get(key, item.id) != item.id:
            enrolment.recall_cards.filter(key=key).update(item_id=item.id)
    return len(fresh)


@transaction.atomic
def repeat_question(
    card: RecallCard, *, chosen: Iterable[str], by: User, at: dt.datetime | None = None
) -> RecallReview:
    """Answer a question that came back; how well it is known follows from the answer.

    `at` is now unless given. Raises NotAllowedError for somebody else's card, NotDueError when it is not due (any more),
    EnoughForNowError when today's or this week's share is used, AnswerRefusedError for a choice that does not fit.
    """
    if not may_learn(by, card.enrolment):
        raise NotAllowedError
    Enrolment.objects.select_for_update().only("pk").get(pk=card.enrolment_id)
    card = RecallCard.objects.select_related("item__edition").get(pk=card.pk)
    moment = at or timezone.now()
    today = timezone.localdate(moment)
    if card.due_at >= end_of(today):
        raise NotDueError
    if not allowance(answered_by_day(by, today=today), today):
        raise EnoughForNowError
    return _store(card, chosen, moment)


def _store(card: RecallCard, chosen: Iterable[str], moment: dt.datetime) -> RecallReview:
    edition = card.item.edition
    outline = catalogue.outline(edition.pk, edition.uuid)
    item = outline.by_id[card.item_id]
    spec = catalogue.question_spec(item)
    picked = accept(spec, Given(tuple(chosen)))
    outcome = score(judge(spec, keys_in_force(outline, [item]).get(item.id), picked), picked)
    known = Memory(card.due_at, card.reviewed_at, card.stability, card.difficulty)
    memory = after_answer(known, outcome, at=moment)
    RecallCard.objects.filter(pk=card.pk).update(
        due_at=memory.due_at,
        reviewed_at=memory.reviewed_at,
        stability=memory.stability,
        difficulty=memory.difficulty,
    )
    return RecallReview.objects.create(
        card=card, item=card.item, at=moment, chosen=list(picked.chosen), outcome=outcome
    )
