"""What training holds about a person: where they are, what they answered, what they wrote for themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core import personal_data
from courses.learning.actions import forget_recording, take_back
from courses.learning.actions.certificates import forget_holder
from courses.learning.actions.points import forget_presence
from courses.learning.actions.seats import give_up_seats
from courses.learning.models import (
    Answer,
    CoachingMoment,
    EditionMove,
    Enrolment,
    FollowUpPlan,
    ImportRow,
    JournalEntry,
    JournalShare,
    LessonProgress,
    PeopleImport,
    PracticeSample,
    RecallReview,
    Reflection,
    Regrade,
    SampleMark,
    SampleMessage,
    Seat,
)
from courses.learning.proof.personal_data import export_certificates, export_presence
from courses.learning.records import telling


def register() -> None:
    """Tell the privacy centre what to hand out and what to erase."""
    personal_data.register(
        personal_data.PersonalData(
            model="learning.EditionMove",
            field="moved_by",
            export=_export_moves,
            erase=_forget_mover,
            retention="As long as the learner's enrolment; who moved them goes with the account.",
        ),
        personal_data.PersonalData(
            model="learning.Enrolment",
            field="user",
            export=_export,
            erase=_erase,
            retention="As long as the account: progress proves schooling. Goes with the account.",
        ),
        personal_data.PersonalData(
            model="learning.PeopleImport",
            field="by",
            export=_export_lists,
            erase=_erase_lists,
            retention="Ninety days, its rows a week; who read it in goes with the account.",
        ),
        personal_data.PersonalData(
            model="learning.JournalEntry",
            field="writer",
            export=_export_journal,
            erase=_erase_journal,
            retention="As long as the account, or until the writer deletes it; copies go when they are taken back.",
        ),
        personal_data.PersonalData(
            model="learning.SampleMessage",
            field="author",
            export=_export_messages,
            erase=_erase_messages,
            retention="As long as the sample; a recording a year at most, and no longer than its trainer's account.",
        ),
        personal_data.PersonalData(
            model="learning.SampleMark",
            field="reader",
            export=_export_marks,
            erase=_erase_marks,
            retention="As long as the sample.",
        ),
        personal_data.PersonalData(
            model="learning.Regrade",
            field="by",
            export=_export_regrades,
            erase=_erase_regrades,
            retention="As long as the answers it changed; the name goes with the account.",
        ),
        personal_data.PersonalData(
            model="learning.CoachingMoment",
            field="trainer",
            export=_export_coached,
            erase=_erase_trainer,
            retention="As long as the learner's enrolment; the trainer's name goes with the trainer's account.",
        ),
    )


def _export_regrades(user: Any) -> Iterable[dict[str, Any]]:
    for regrade in Regrade.objects.filter(by=user).order_by("pk"):
        yield {"checked_anew": regrade.key, "reason": regrade.reason, "at": regrade.created_at}


def _erase_regrades(user: Any) -> None:
    Regrade.objects.filter(by=user).update(by=None)


def _export(user: Any) -> Iterable[dict[str, Any]]:
    for enrolment in Enrolment.objects.filter(user=user).select_related("edition").order_by("pk"):
        yield {
            "course": str(enrolment.edition),
            "started_at": enrolment.started_at,
            "finished_at": enrolment.finished_at,
            "lessons_done": enrolment.lessons_done,
        }
    for progress in LessonProgress.objects.filter(enrolment__user=user).select_related("item").order_by("pk"):
        yield {
            "lesson": progress.item.title,
            "opened_at": progress.opened_at,
            "done_at": progress.completed_at,
        }
    for move in (
        EditionMove.objects.filter(enrolment__user=user).select_related("before", "after").order_by("pk")
    ):
        yield {"moved_from": str(move.before), "moved_to": str(move.after), "at": move.moved_at}
    for answer in Answer.objects.filter(attempt__enrolment__user=user).select_related("item").order_by("pk"):
        if not answer.given.empty or answer.checked_at:
            yield {
                "question": answer.item.title,
                "chosen": answer.chosen,
                "text": answer.text,
                "outcome": answer.outcome,
            }
    for reflection in Reflection.objects.filter(enrolment__user=user).select_related("item").order_by("pk"):
        yield {
            "lesson": reflection.item.title,
            "reflection": reflection.text,
            "saved_at": reflection.updated_at,
        }
    yield from _export_after_the_lessons(user)


def _export_after_the_lessons(user: Any) -> Iterable[dict[str, Any]]:
    for seat in Seat.objects.filter(enrolment__user=user).select_related("meeting").order_by("pk"):
        yield {
            "meeting": seat.meeting.title,
            "starts_at": seat.meeting.starts_at,
            "state": seat.state,
            "attended_at": seat.attended_at,
        }
    for plan in FollowUpPlan.objects.filter(enrolment__user=user).order_by("pk"):
        yield {"training_day": plan.day, "plan_made_at": plan.created_at}
    repeated = RecallReview.objects.filter(card__enrolment__user=user).select_related("item")
    for review in repeated.order_by("pk"):
        yield {
            "repeated": review.item.title,
            "chosen": review.chosen,
            "outcome": review.outcome,
            "at": review.at,
        }
    for sample in PracticeSample.objects.filter(enrolment__user=user).order_by("pk"):
        yield {
            "sample": sample.title,
            "kind": sample.kind,
            "text": sample.text,
            "question": sample.question,
            "handed_in_at": sample.created_at,
        }
    for message in SampleMessage.objects.filter(sample__enrolment__user=user, by_trainer=True).order_by("pk"):
        yield {"feedback": message.text, "recorded_seconds": message.seconds, "at": message.created_at}
    for moment in CoachingMoment.objects.filter(enrolment__user=user).order_by("pk"):
        yield {"coaching": moment.number, "due_on": moment.due_on, "held_at": moment.held_at}
    yield from export_certificates(user)
    yield from export_presence(user)


def _export_moves(user: Any) -> Iterable[dict[str, Any]]:
    for move in EditionMove.objects.filter(moved_by=user).select_related("after").order_by("pk"):
        yield {"moved_learner_to": str(move.after), "at": move.moved_at}


def _forget_mover(user: Any) -> None:
    EditionMove.objects.filter(moved_by=user).update(moved_by=None)


def _erase(user: Any) -> None:
    """Lock what the person follows, so that no answer or attendance on its way is left over; then let it go."""
    for enrolment in Enrolment.objects.select_for_update().filter(user=user).order_by("pk"):
        give_up_seats(enrolment, by=None)
    telling.forget(user)
    forget_holder(user)
    forget_presence(user)
    ImportRow.objects.filter(address__iexact=user.email).delete()
    Enrolment.objects.filter(user=user).delete()


def _export_coached(user: Any) -> Iterable[dict[str, Any]]:
    for moment in CoachingMoment.objects.filter(trainer=user).order_by("pk"):
        yield {"coached": moment.number, "held_at": moment.held_at}


def _erase_trainer(user: Any) -> None:
    CoachingMoment.objects.filter(trainer=user).update(trainer=None)


def _export_journal(user: Any) -> Iterable[dict[str, Any]]:
    for entry in JournalEntry.objects.filter(writer=user).order_by("pk"):
        yield {"day": entry.day, "text": entry.text, "draft": entry.is_draft, "saved_at": entry.updated_at}
    for share in JournalShare.objects.filter(entry__writer=user).order_by("pk"):
        yield {
            "shared_with": share.audience,
            "name": share.target_name,
            "shared_at": share.created_at,
            "text": share.text,
            "taken_back_at": share.revoked_at,
        }


def _erase_journal(user: Any) -> None:
    for share in JournalShare.objects.filter(entry__writer=user, revoked_at=None).select_related(
        "entry__writer"
    ):
        take_back(share)
    JournalEntry.objects.filter(writer=user).delete()


def _export_messages(user: Any) -> Iterable[dict[str, Any]]:
    for message in SampleMessage.objects.filter(author=user).order_by("pk"):
        yield {
            "about_sample": message.sample_id,
            "text": message.text,
            "recorded_seconds": message.seconds,
            "at": message.created_at,
        }


def _erase_messages(user: Any) -> None:
    """Delete the person's voice; the words of a trainer stay with the learner, without a name."""
    for message in SampleMessage.objects.filter(author=user).exclude(sound=""):
        forget_recording(message)
    SampleMessage.objects.filter(author=user).update(author=None)


def _export_marks(user: Any) -> Iterable[dict[str, Any]]:
    for mark in SampleMark.objects.filter(reader=user).order_by("pk"):
        yield {"sample": mark.sample_id, "seen_at": mark.seen_at}


def _erase_marks(user: Any) -> None:
    SampleMark.objects.filter(reader=user).delete()


def _export_lists(user: Any) -> Iterable[dict[str, Any]]:
    for row in PeopleImport.objects.filter(by=user).order_by("pk"):
        yield {"list_of_people": row.created_at, "rows": row.total, "invited": row.invited}


def _erase_lists(user: Any) -> None:
    PeopleImport.objects.filter(by=user).update(by=None)
