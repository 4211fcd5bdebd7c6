"""By which version of a question answers are judged: the pinned one, until its key was mended and checked anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from courses.catalogue import queries as catalogue
from courses.catalogue.queries import Item, Outline
from courses.exercises.scoring import Given, QuestionSpec, is_whole
from courses.learning.models import Answer, Regrade, RegradedAnswer


def keys_in_force(outline: Outline, questions: Iterable[Item]) -> dict[int, QuestionSpec]:
    """Return the mended version of each of these pinned questions that was checked anew since, by item; one query."""
    by_key: dict[str, list[Item]] = {}
    for item in questions:
        by_key.setdefault(item.key, []).append(item)
    if not by_key:
        return {}
    mended = Regrade.objects.filter(key__in=by_key, language=outline.language).order_by("pk")
    return {
        item.id: catalogue.question_spec_at(revision, key)
        for key, revision in mended.values_list("key", "revision")
        for item in by_key[key]
        if revision > item.revision_id
    }


def judge(pinned: QuestionSpec, mended: QuestionSpec | None, given: Given) -> QuestionSpec:
    """Return the version by which an answer is judged: the mended one, unless the answer does not exist there."""
    return mended if mended is not None and is_whole(mended, given) else pinned


@dataclass(frozen=True)
class RegradeNote:
    """What stands beside an answer that was checked anew: when, why, and what it counted as first and counts as now."""

    at: dt.datetime
    reason: str
    before: str
    after: str


def regrade_notes(answers: Iterable[Answer]) -> dict[int, RegradeNote]:
    """Return the latest note of each answer whose outcome changed, by answer; one query."""
    found = RegradedAnswer.objects.filter(answer__in=list(answers)).select_related("regrade").order_by("pk")
    return {
        row.answer_id: RegradeNote(
            at=row.regrade.created_at,
            reason=row.regrade.reason,
            before=row.get_before_display(),
            after=row.get_after_display(),
        )
        for row in found
    }
