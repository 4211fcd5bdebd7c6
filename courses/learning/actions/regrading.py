"""Checking a question anew: never by itself, never silently."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from core import audit
from courses.exercises.models import Question
from courses.learning import happenings
from courses.learning.actions.mended import tell_anew
from courses.learning.errors import NotAllowedError
from courses.learning.models import Answer, Attempt, Regrade, RegradedAnswer
from courses.learning.permissions import may_regrade
from courses.learning.queries.regrading import RegradePlan, plan_regrade
from notifications.actions import notify
from patientdata import gate

REGRADED = "learning.regraded"
REASON = "learning.Regrade.reason"


class PlanChangedError(Exception):
    """Between the dry run and now somebody answered, or the question was published again: look once more."""


class NothingPublishedError(Exception):
    """The question has no published version to judge by."""


@transaction.atomic
def regrade(question: Question, *, reason: str, seen: str, by: User, confirmed: bool = False) -> Regrade:
    """Judge all answers to a question by its published version; tell everybody whose outcome changes.

    `seen` is the digest of the dry run. Raises PlanChangedError when that no longer fits, NothingPublishedError,
    NotAllowedError, PatientDataFound for the reason. Nobody loses what they passed.
    """
    if not may_regrade(by):
        raise NotAllowedError
    gate.require_clean(REASON, reason, confirmed=confirmed)
    if question.live_revision_id is None:
        raise NothingPublishedError
    _lock(plan_regrade(question))
    plan = plan_regrade(question)
    if plan.digest != seen:
        raise PlanChangedError
    made = Regrade.objects.create(
        question=question,
        key=plan.key,
        language=question.locale.language_code,
        revision_id=plan.revision_id,
        reason=reason,
        by=by,
    )
    _carry_out(plan, made)
    audit.record("learning.regraded", by=by, obj=made, after=_facts(plan))
    notify(
        sorted(plan.people),
        kind=REGRADED,
        object=made,
        path=reverse("learning:regraded", args=[made.pk]),
        by=by,
    )
    return made


def _lock(plan: RegradePlan) -> None:
    """Let nobody check or hand in one of these attempts meanwhile."""
    attempts = [change.attempt.pk for change in plan.attempts]
    list(Attempt.objects.select_for_update().filter(pk__in=attempts).order_by("pk").values_list("pk"))


def _carry_out(plan: RegradePlan, made: Regrade) -> None:
    RegradedAnswer.objects.bulk_create(
        RegradedAnswer(regrade=made, answer=row.answer, before=row.before, after=row.after)
        for row in plan.rows
    )
    answers = [row.answer for row in plan.rows]
    for row in plan.rows:
        row.answer.outcome = row.after
    Answer.objects.bulk_update(answers, ["outcome"], batch_size=500)
    for change in plan.attempts:
        change.attempt.right, change.attempt.passed = change.right, change.passed
    Attempt.objects.bulk_update(
        [change.attempt for change in plan.attempts], ["right", "passed"], batch_size=500
    )
    tell_anew("answered", [answer.pk for answer in answers])
    tell_anew("handed_in", [change.attempt.pk for change in plan.attempts])
    for enrolment in {change.attempt.enrolment_id for change in plan.attempts}:
        happenings.tell(enrolment)


def _facts(plan: RegradePlan) -> dict[str, object]:
    return {
        "question": plan.question.pk,
        "revision": plan.revision_id,
        "changed": len(plan.rows),
        "people": len(plan.people),
    }
