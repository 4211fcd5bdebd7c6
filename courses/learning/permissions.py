"""Who may do what with training."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import ScopeKind
from accounts.permissions import Permission, Somebody, can, scope_ids
from courses.catalogue.models import CoursePage
from courses.learning.models import Certificate, Cohort, Enrolment, JournalEntry, Meeting


def may_follow(user: Somebody) -> bool:
    """Say whether this person may follow training at all."""
    return can(user, Permission.FOLLOW_TRAINING)


def may_enrol(user: Somebody, course: CoursePage) -> bool:
    """Say whether this person may start this course by themselves."""
    return may_follow(user) and bool(course.live) and bool(course.self_enrolment)


def may_learn(user: Somebody, enrolment: Enrolment) -> bool:
    """Say whether this person may read and answer in this enrolment: their own, while it is open."""
    return may_follow(user) and enrolment.user_id == user.pk and enrolment.closed_at is None


def may_see_learners(user: Somebody) -> bool:
    """Say whether this person may see who is where in a course."""
    return can(user, Permission.SEE_LEARNERS)


def may_regrade(user: Somebody) -> bool:
    """Say whether this person may have answers to a mended question judged anew: editors and medical reviewers."""
    return can(user, Permission.EDIT_CONTENT) or can(user, Permission.REVIEW_MEDICAL)


def may_coach(user: Somebody, enrolment: Enrolment) -> bool:
    """Say whether this person coaches this learner: a trainer of their cohort or of all, never the learner themselves."""
    return enrolment.user_id != user.pk and can(user, Permission.COACH_LEARNERS, enrolment)


def may_coach_anybody(user: Somebody) -> bool:
    """Say whether this person coaches learners at all."""
    return can(user, Permission.COACH_LEARNERS)


def may_read_entry(user: Somebody, entry: JournalEntry) -> bool:
    """Say whether this is the person's own journal entry; no role ever opens it to anybody else."""
    return user.is_authenticated and entry.writer_id == user.pk


def may_manage_certificate(user: Somebody, certificate: Certificate | None = None) -> bool:
    """Say whether this person may withdraw or renew this certificate; without one, any at all."""
    return can(user, Permission.MANAGE_CERTIFICATES, certificate)


def may_see_totals(user: Somebody) -> bool:
    """Say whether this person may see totals of the training of all practices."""
    return can(user, Permission.SEE_TRAINING_TOTALS)


def may_export_learning(user: Somebody) -> bool:
    """Say whether this person may take out what was learned, under pseudonyms."""
    return can(user, Permission.EXPORT_LEARNING)


def may_see_colleagues(user: Somebody) -> bool:
    """Say whether this person may see how far the practice nurses of their own practice are."""
    return can(user, Permission.SEE_COLLEAGUES_PROGRESS)


def may_move_learners(user: Somebody) -> bool:
    """Say whether this person may move learners from one edition of a course to another."""
    return can(user, Permission.MOVE_LEARNERS)


@dataclass(frozen=True)
class ProjectRights:
    """Which desks on training a person may enter."""

    totals: bool
    certificates: bool
    exports: bool
    editions: bool


def may_in_project(user: Somebody) -> ProjectRights:
    """Return which desks on training this person may enter."""
    return ProjectRights(
        totals=may_see_totals(user),
        certificates=may_manage_certificate(user),
        exports=may_export_learning(user),
        editions=may_move_learners(user),
    )


def may_run_cohorts(user: Somebody) -> bool:
    """Say whether this person looks after any cohort."""
    return can(user, Permission.RUN_COHORTS)


def may_run(user: Somebody, thing: Cohort | Meeting) -> bool:
    """Say whether this person looks after this cohort, its people and its meetings."""
    return can(user, Permission.RUN_COHORTS, thing)


def may_make_cohorts(user: Somebody) -> bool:
    """Say whether this person may make a cohort: who looks after all of them, or those of a round."""
    if scope_ids(user, Permission.RUN_COHORTS, ScopeKind.COHORT) is None:
        return True
    return bool(scope_ids(user, Permission.RUN_COHORTS, ScopeKind.ROUND))
