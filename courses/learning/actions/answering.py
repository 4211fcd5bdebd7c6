"""Answers: saved on change, fixed once checked. What is sent twice is stored once; what is older never covers what is newer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.catalogue import queries as catalogue
from courses.catalogue.queries import Item
from courses.exercises.scoring import Given, accept, score
from courses.learning.actions.attempts import (
    AttemptOverError,
    TimeUpError,
    begin,
    hand_in,
    hand_in_when_complete,
)
from courses.learning.actions.places import locked, move_when_elsewhere
from courses.learning.actions.stamps import (
    PATIENCE,
    BusyError,
    OvertakenError,
    Seen,
    Stamp,
    is_in,
    mark,
    overtaken,
)
from courses.learning.errors import NotAllowedError
from courses.learning.models import Answer, Attempt, Enrolment
from courses.learning.permissions import may_learn
from courses.learning.queries import answer_at
from courses.learning.queries.keys import judge, keys_in_force
from patientdata import gate

TEXT = "learning.Answer.text"


def answer_in(enrolment: Enrolment, exercise: Item, question: Item, *, number: int, by: User) -> Answer:
    """Return the place of an answer in attempt `number`; the first attempt is begun when there is none yet.

    Raises AttemptOverError when the attempt was never begun or did not draw this question.
    """
    if not may_learn(by, enrolment):
        raise NotAllowedError
    place = {"enrolment": enrolment.pk, "exercise": exercise.id, "question": question.id, "number": number}
    answer = answer_at(by, **place)
    if answer is None and number == 1 and not catalogue.quiz_rules(exercise).announced:
        begin(enrolment, exercise, by=by, number=1)
        answer = answer_at(by, **place)
    if answer is None:
        raise AttemptOverError
    return answer


def save_answer(answer: Answer, given: Given, *, by: User, stamp: Stamp | None = None) -> Answer:
    """Store what somebody gave so far. Passages of a text that may identify a patient are left out.

    `answer` comes with its attempt and enrolment. Raises AnswerRefusedError for what does not fit the question,
    AttemptOverError after handing in (TimeUpError when its time is up), OvertakenError when another browser was first.
    """
    enrolment = answer.attempt.enrolment
    if not may_learn(by, enrolment):
        raise NotAllowedError
    outline = catalogue.outline(enrolment.edition_id, enrolment.edition.uuid)
    kept = accept(catalogue.question_spec(outline.by_id[answer.item_id]), given, final=False)
    kept = Given(kept.chosen, gate.mask(kept.text) if kept.text else "")
    _still_in_time(answer.attempt, by=by)
    for _again in range(PATIENCE):
        if _is_in(answer, kept, stamp):
            return answer
        if _write(answer, kept, stamp):
            move_when_elsewhere(enrolment, answer.item_id)
            return answer
        answer.refresh_from_db(from_queryset=Answer.objects.select_related("attempt__enrolment__edition"))
    raise BusyError


def _is_in(answer: Answer, given: Given, stamp: Stamp | None) -> bool:
    """Say whether there is nothing to write: stored already, or older than what the same browser stored."""
    if answer.checked_at is not None or answer.attempt.handed_in_at is not None:
        if given == answer.given:
            return True
        raise AttemptOverError
    return is_in(answer, stamp)


def _write(answer: Answer, given: Given, stamp: Stamp | None) -> bool:
    """Write over exactly the version that was read, in one statement; say whether that was still there."""
    seen = answer.version
    answer.chosen, answer.text = list(given.chosen), given.text
    fields = ["chosen", "text", *mark(answer, stamp)]
    still = Answer.objects.filter(pk=answer.pk, version=seen, checked_at=None)
    return bool(still.update(**{name: getattr(answer, name) for name in fields}, updated_at=timezone.now()))


def _still_in_time(attempt: Attempt, *, by: User) -> None:
    """Hand in an attempt whose time is up; the server's clock alone counts."""
    if attempt.handed_in_at is None and attempt.overdue(timezone.now()):
        hand_in(attempt, by=by, timed_out=True)
        raise TimeUpError
    if attempt.timed_out:
        raise TimeUpError


def check_answer(
    answer: Answer, given: Given, *, by: User, confirmed: bool = False, seen: Seen | None = None
) -> Answer:
    """Fix an answer and say how good it is; the last one of an attempt hands it in.

    One that was checked already stays what it was; one that was changed elsewhere after `seen` raises OvertakenError.
    Raises PatientDataFound when a text may identify a patient, else what `save_answer` raises.
    """
    _still_in_time(answer.attempt, by=by)
    return _check(answer, given, by=by, confirmed=confirmed, seen=seen)


@transaction.atomic
def _check(answer: Answer, given: Given, *, by: User, confirmed: bool, seen: Seen | None) -> Answer:
    enrolment = answer.attempt.enrolment
    outline = locked(enrolment, by=by)
    item = outline.by_id[answer.item_id]
    spec = catalogue.question_spec(item)
    kept = accept(spec, given)
    if kept.text:
        gate.require_clean(TEXT, kept.text, confirmed=confirmed)
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=answer.attempt_id)
    answer.refresh_from_db(fields=["chosen", "text", "checked_at", "outcome", "version", "writer"])
    if answer.checked_at is not None:
        if kept == answer.given:
            return answer
        raise AttemptOverError
    if kept != answer.given and overtaken(answer, seen):
        raise OvertakenError
    answer.chosen, answer.text, answer.version = list(kept.chosen), kept.text, answer.version + 1
    key = judge(spec, keys_in_force(outline, [item]).get(item.id), kept)
    answer.checked_at, answer.outcome = timezone.now(), score(key, kept)
    answer.save(update_fields=["chosen", "text", "version", "checked_at", "outcome", "updated_at"])
    hand_in_when_complete(attempt, outline, by=by)
    move_when_elsewhere(enrolment, answer.item_id)
    return answer
