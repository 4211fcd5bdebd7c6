"""Making cohorts and bringing people into them: one by one by mail, or a whole round at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction

from accounts import afterwards
from accounts.actions.invitations import invite
from accounts.models import Invitation, Role, ScopeKind, User
from core import audit
from courses.catalogue.models import CoursePage
from courses.learning import rounds, telling
from courses.learning.actions.enrolling import place
from courses.learning.errors import NotAllowedError, NothingToFollowError, OtherCohortError
from courses.learning.models import Cohort, Enrolment
from courses.learning.permissions import may_follow, may_make_cohorts, may_run
from patientdata.gate import require_clean

BEGIN = "cohort"


@dataclass(frozen=True)
class CohortFacts:
    """What a cohort is; `round_id` names the round of practices it belongs to, if any."""

    course: CoursePage
    name: str
    starts_on: dt.date
    ends_on: dt.date
    round_id: int | None = None


@transaction.atomic
def make_cohort(facts: CohortFacts, *, by: User | None, confirmed: bool = False) -> Cohort:
    """Make a cohort. `by` is None for the demo. Raises NotAllowedError, PatientDataFound for the name."""
    if by is not None and not (may_make_cohorts(by) and _may_name_round(by, facts.round_id)):
        raise NotAllowedError
    require_clean("learning.Cohort.name", facts.name, confirmed=confirmed)
    cohort = Cohort.objects.create(**_fields(facts))
    if by is not None and not may_run(by, cohort):
        raise NotAllowedError
    audit.record("learning.cohort_made", by=by, obj=cohort, after=_audited(cohort))
    return cohort


@transaction.atomic
def change_cohort(cohort: Cohort, facts: CohortFacts, *, by: User, confirmed: bool = False) -> Cohort:
    """Change a cohort; its course stays once somebody follows it. Raises NotAllowedError, PatientDataFound."""
    current = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    moves = facts.round_id != current.round_id and not _may_name_round(by, facts.round_id)
    if not may_run(by, current) or moves or (facts.course != current.course and current.enrolments.exists()):
        raise NotAllowedError
    require_clean("learning.Cohort.name", facts.name, confirmed=confirmed)
    before = _audited(current)
    for name, value in _fields(facts).items():
        setattr(current, name, value)
    current.save()
    audit.record("learning.cohort_changed", by=by, obj=current, before=before, after=_audited(current))
    return current


def _fields(facts: CohortFacts) -> dict[str, object]:
    """Return the facts by name, the course as it is."""
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__}


def _may_name_round(user: User, round_id: int | None) -> bool:
    return round_id is None or any(round_id == number for number, _name in rounds.choices_for(user))


def _audited(cohort: Cohort) -> dict[str, object]:
    return {
        "course": cohort.course_id,
        "starts_on": cohort.starts_on.isoformat(),
        "ends_on": cohort.ends_on.isoformat(),
        "round": cohort.round_id,
    }


def invite_learner(
    cohort: Cohort, *, email: str, name: str, role: Role, language: str, by: User
) -> Invitation:
    """Invite an address to follow the course with this cohort; the link makes the account and leads into the course.

    Says nothing about whether the address has an account. Raises NotAllowedError.
    """
    if not may_run(by, cohort):
        raise NotAllowedError
    return invite(
        email,
        role,
        scope=(ScopeKind.COHORT, cohort.pk),
        language=language,
        by=by,
        name=name,
        after=afterwards.value(BEGIN, cohort.pk),
    )


def begin_in_cohort(user: User, cohort_id: int) -> Enrolment | None:
    """Let somebody who accepted an invitation begin in its cohort; None when that cannot be any more."""
    cohort = Cohort.objects.select_related("course").filter(pk=cohort_id).first()
    if cohort is None:
        return None
    try:
        return place(cohort, user, by=user)
    except (OtherCohortError, NothingToFollowError):
        return None


@dataclass
class RoundPlaced:
    """What enrolling a round did: how many got a place, were in the cohort already, or follow it with another one."""

    placed: int = 0
    already: int = 0
    elsewhere: int = 0


@transaction.atomic
def enrol_round(cohort: Cohort, *, by: User) -> RoundPlaced:
    """Give everybody who takes part in the cohort's round a place in it, and tell them.

    A second time places only who came since. Raises NotAllowedError for a round that is not `by`'s to lead.
    """
    if not may_run(by, cohort) or cohort.round_id is None or not _may_name_round(by, cohort.round_id):
        raise NotAllowedError
    there = set(Enrolment.objects.filter(cohort=cohort, closed_at=None).values_list("user_id", flat=True))
    result, placed = RoundPlaced(), []
    for user in rounds.people(cohort.round_id):
        if user.pk in there:
            result.already += 1
        elif may_follow(user) and _placed(cohort, user, by=by):
            placed.append(user)
        else:
            result.elsewhere += 1
    result.placed = len(placed)
    telling.tell_placed(cohort, placed, by=by)
    audit.record("learning.round_enrolled", by=by, obj=cohort, after=asdict(result))
    return result


def _placed(cohort: Cohort, user: User, *, by: User) -> bool:
    try:
        place(cohort, user, by=by)
    except OtherCohortError:
        return False
    return True
