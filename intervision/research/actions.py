"""What happens when a researcher opens a study: pseudonyms for newcomers, the reading mark, and an audit row."""

from __future__ import annotations

import datetime as dt
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Role, RoleAssignment, User
from accounts.permissions import Permission, can
from core import audit
from intervision.research.models import DeskMark, Participant, ParticipantKind, Study
from intervision.research.outside import HandedOver, handed_over
from intervision.research.queries import mark_of, newest_source, participants_among, unnamed_subjects
from patientdata.gate import require_clean

VISIT = dt.timedelta(minutes=30)
SMALLEST_RANGE = 90


@transaction.atomic
def create_study(*, name: str, question: str = "", consent_key: str = "", by: User | None) -> Study:
    """Make a study; `by` is None for what is loaded by command."""
    _require_manager(by)
    require_clean("research.Study.name", name)
    require_clean("research.Study.question", question)
    study = Study.objects.create(name=name, question=question, consent_key=consent_key)
    audit.record("research.study_created", by=by, obj=study)
    return study


@transaction.atomic
def describe_study(study: Study, *, name: str, question: str, by: User) -> Study:
    """Give a study another name or question; who agreed to what stands in the ledger and does not change."""
    _require_manager(by)
    require_clean("research.Study.name", name)
    require_clean("research.Study.question", question)
    if (study.name, study.question) != (name, question):
        study.name, study.question = name, question
        study.save(update_fields=["name", "question", "updated_at"])
        audit.record("research.study_described", by=by, obj=study)
    return study


def _require_manager(by: User | None) -> None:
    if by is not None and not can(by, Permission.MANAGE_STUDIES):
        raise PermissionDenied


@transaction.atomic
def open_study(study: Study, *, by: User) -> DeskMark:
    """Let a researcher in: returns their mark, moved to the newest source; what is within half an hour is one visit."""
    if not can(by, Permission.READ_CONSENTED, study):
        raise PermissionDenied
    name_newcomers(study)
    now, known = timezone.now(), mark_of(by, study)
    newest = known.newest if known else newest_source(study)
    mark = known or DeskMark(researcher=by, study=study)
    if known and now - known.seen_at > VISIT:
        mark.before_upto, mark.before_at = known.seen_upto, known.seen_at
    mark.seen_upto, mark.seen_at = max(newest, mark.seen_upto), now
    mark.save()
    audit.record("research.sources_opened", by=by, obj=study, after={"newest": newest})
    return mark


@transaction.atomic
def open_handed_over(study: Study, *, by: User) -> list[HandedOver]:
    """Let a researcher read what people handed to a study themselves, such as copies from their journals; audited."""
    if not can(by, Permission.READ_CONSENTED, study):
        raise PermissionDenied
    texts = handed_over(study)
    subjects = {text.subject_id for text in texts}
    _name(study, sorted(subjects - set(participants_among(study, subjects))))
    audit.record("research.handed_over_opened", by=by, obj=study, after={"count": len(texts)})
    return texts


def name_newcomers(study: Study) -> None:
    """Give everybody who agreed and has none yet a pseudonym: a number drawn at random from those that are free."""
    _name(study, unnamed_subjects(study))


def _name(study: Study, subjects: list[int]) -> None:
    if not subjects:
        return
    taken = set(study.participants.values_list("number", flat=True))
    nurses = set(
        RoleAssignment.objects.filter(user__in=subjects, role=Role.POH).values_list("user_id", flat=True)
    )
    for subject in subjects:
        number = _draw(taken)
        taken.add(number)
        kind = ParticipantKind.POH if subject in nurses else ParticipantKind.OTHER
        Participant.objects.create(study=study, subject_id=subject, kind=kind, number=number)


def _draw(taken: set[int]) -> int:
    """Return a free number; the range grows with the study, so that a number tells nothing about who came when."""
    free = [number for number in range(1, max(SMALLEST_RANGE, 4 * len(taken)) + 1) if number not in taken]
    return secrets.choice(free)
