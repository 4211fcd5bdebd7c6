"""Certificates come by themselves, once, only to who earned them, and can be withdrawn and renewed."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions.privacy import erase
from accounts.models import Role, ScopeKind
from core.models import AuditEntry
from courses.exercises.models import Quiz
from courses.learning.actions import answer_sample
from courses.learning.actions.certificates import (
    NoChangeError,
    issue_if_earned,
    reissue,
    revoke,
)
from courses.learning.errors import NotAllowedError
from courses.learning.models import (
    Attempt,
    Certificate,
    CoachingMoment,
    Enrolment,
    LessonProgress,
    PracticeSample,
    RevocationReason,
    SampleMessage,
    Seat,
)
from courses.learning.queries import outline_of
from courses.learning.queries.certificates import certificate_views
from courses.learning.tasks.certificates import issue_certificates
from notifications.models import Notice
from patientdata.kinds import PatientDataFound
from tests.accounts.factories import UserFactory
from tests.courses.certified import (
    attend,
    do_all_lessons,
    give_samples,
    hold_coachings,
    make_certified_course,
    make_cohort,
    make_earner,
    make_training_day,
    set_rules,
)
from tests.courses.factories import make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return UserFactory.create(project_leader=True)


@pytest.fixture
def certificate():
    enrolment = make_earner(UserFactory.create(poh=True, display_name="Noor Haverkamp"))
    return issue_if_earned(enrolment) or Certificate.objects.get(enrolment=enrolment)


def revoked(certificate, by, **changed):
    given = {"because": RevocationReason.MISTAKE, "note": "", "confirmed": False, **changed}
    return revoke(certificate, by=by, **given)


def test_a_certificate_carries_what_was_true(certificate):
    assert (certificate.holder_name, certificate.course_title) == ("Noor Haverkamp", "Een training")
    assert certificate.criteria[:3] == [
        "Alle 3 lessen gedaan",
        "Trainingsdag bijgewoond",
        "Minstens 3 coachingsmomenten gehouden",
    ]
    assert (str(certificate.hours), len(certificate.code)) == ("26.0", 16)
    assert AuditEntry.objects.filter(action="learning.certificate_issued").count() == 1


def test_it_comes_by_itself_with_the_last_lesson(django_capture_on_commit_callbacks):
    user = UserFactory.create(poh=True)
    with django_capture_on_commit_callbacks(execute=True):
        enrolment = make_earner(user)
    assert Certificate.objects.get().enrolment == enrolment
    assert Notice.objects.get(recipient=user).kind == "learning.certificate"


def test_the_round_finds_what_no_act_announced():
    """Attendance was written down last, by hand; nobody opened a page."""
    make_earner(UserFactory.create(poh=True))
    Certificate.objects.all().delete()
    issue_certificates.call()
    issue_certificates.call()
    assert Certificate.objects.count() == 1


def test_it_is_issued_once_however_often_it_is_asked(certificate):
    assert issue_if_earned(certificate.enrolment) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            enrolment=certificate.enrolment,
            edition=certificate.edition,
            key=certificate.key,
            code="X" * 16,
            status_index=certificate.status_index + 1,
        )


def test_rules_of_a_running_edition_do_not_change():
    course = make_certified_course(certificate_coachings=0, certificate_training_day=False)
    early = make_enrolment(UserFactory.create(poh=True), course)
    set_rules(course, certificate_coachings=4)
    late = make_enrolment(UserFactory.create(poh=True), course)
    for enrolment in (early, late):
        do_all_lessons(enrolment)
        issue_if_earned(enrolment)
    assert list(Certificate.objects.values_list("enrolment", flat=True)) == [early.pk]


def test_a_cancelled_training_day_counts_for_nothing():
    course = make_certified_course(certificate_coachings=0)
    enrolment = make_enrolment(UserFactory.create(poh=True), course)
    day = make_training_day(make_cohort(course), cancelled_at=timezone.now())
    attend(enrolment, day)
    do_all_lessons(enrolment)
    assert issue_if_earned(enrolment) is None


def test_the_best_attempt_counts():
    course = make_certified_course(
        certificate_coachings=0, certificate_training_day=False, certificate_pass_mark=100
    )
    enrolment = make_enrolment(UserFactory.create(poh=True), course)
    do_all_lessons(enrolment, letter="A")
    assert issue_if_earned(enrolment) is None
    quiz = Attempt.objects.filter(total=2).get()
    Attempt.objects.create(
        enrolment=enrolment, item=quiz.item, number=2, right=2, scored=2, total=2, handed_in_at=timezone.now()
    )
    assert issue_if_earned(enrolment) is not None


@pytest.mark.parametrize(
    ("who", "scope", "allowed"),
    [
        ("project_leader", None, True),
        ("administrator", None, True),
        ("project_leader", "its round", True),
        ("project_leader", "another round", False),
        ("trainer", None, False),
        ("poh", None, False),
    ],
)
def test_who_may_withdraw(who, scope, allowed):
    enrolment = make_earner(UserFactory.create(poh=True), round_id=7)
    certificate = issue_if_earned(enrolment) or Certificate.objects.get()
    scopes = {
        None: (ScopeKind.SITE, 0),
        "its round": (ScopeKind.ROUND, 7),
        "another round": (ScopeKind.ROUND, 8),
    }
    user = UserFactory.create(roles=[Role(who)], scope=scopes[scope])
    if allowed:
        assert revoked(certificate, user).status == "withdrawn"
    else:
        with pytest.raises(NotAllowedError):
            revoked(certificate, user)


def test_a_withdrawn_certificate_does_not_come_back_by_itself(certificate, leader):
    revoked(certificate, leader)
    issue_certificates.call()
    assert Certificate.objects.count() == 1


def test_a_note_that_may_tell_who_a_patient_is_is_refused(certificate, leader):
    with pytest.raises(PatientDataFound):
        revoked(certificate, leader, note="Bel mevrouw Jansen op 06-12345678.")
    certificate.refresh_from_db()
    assert certificate.status == "valid"


def test_a_new_name_gives_a_new_copy_and_keeps_the_old_one(certificate, leader):
    with pytest.raises(NoChangeError):
        reissue(certificate, by=leader)
    holder = certificate.enrolment.user
    holder.display_name = "Noor de Wit"
    holder.save()
    copy = reissue(certificate, by=leader)
    certificate.refresh_from_db()
    assert (copy.holder_name, copy.replaces, copy.earned_at) == (
        "Noor de Wit",
        certificate,
        certificate.earned_at,
    )
    assert (certificate.holder_name, certificate.status) == ("Noor Haverkamp", "replaced")
    assert copy.code != certificate.code
    with pytest.raises(NoChangeError):
        reissue(certificate, by=leader)


def test_a_mistaken_withdrawal_is_mended_by_a_new_copy(certificate, leader):
    revoked(certificate, leader)
    assert reissue(certificate, by=leader).status == "valid"


def test_erasure_takes_the_name_and_the_proof_and_leaves_the_code(certificate):
    holder = certificate.enrolment.user
    erase(holder, by=holder)
    certificate.refresh_from_db()
    assert (certificate.holder_name, certificate.jwt, certificate.criteria) == ("", "", [])
    assert (certificate.status, certificate.enrolment) == ("erased", None)


def test_the_holder_sees_what_is_still_needed(django_assert_num_queries):
    course = make_certified_course()
    user = UserFactory.create(poh=True)
    make_enrolment(user, course)
    (view,) = certificate_views(user)
    assert (view.met, len(view.criteria), view.certificate) == (0, 4, None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(count, django_assert_num_queries):
    user = UserFactory.create(poh=True)
    for number in range(count):
        make_enrolment(user, make_certified_course(f"cursus-{number}"))
    certificate_views(user)
    with django_assert_num_queries(6):
        assert len(certificate_views(user)) == count


class History:
    """A random history of a learner that lacks at least one of the six things that the rules ask."""

    def __init__(self, chance: random.Random) -> None:
        asked = ("lessons", "day", "coaching", "samples", "quiz", "open")
        self.done = {name: chance.random() < 0.8 for name in asked}
        if all(self.done.values()):
            self.done[chance.choice(list(self.done))] = False
        self.lessons = 3 if self.done["lessons"] else chance.randint(0, 2)
        self.held = chance.randint(3, 6) if self.done["coaching"] else chance.randint(0, 2)
        self.samples = chance.randint(2, 3) if self.done["samples"] else chance.randint(0, 1)
        self.unread = chance.randint(0, 3)
        self.right = chance.randint(1, 2) if self.done["quiz"] else 0
        self.handed_in = self.done["quiz"] or chance.random() < 0.5
        self.cancelled = chance.random() < 0.5


def test_a_thousand_ineligible_histories_give_no_certificate():
    """Whatever way it is asked for: at the act, in the round, or straight at the action."""
    course, chance = make_certified_course(certificate_samples=2), random.Random(20261124)
    first = make_enrolment(UserFactory.create(poh=True), course)
    cohort, outline = make_cohort(course), outline_of(first)
    day, off = make_training_day(cohort), make_training_day(cohort, cancelled_at=timezone.now())
    quiz = next(item for item in outline.items if item.kind == "quiz")
    histories = [History(chance) for _number in range(1000)]
    learners = write_down(histories, first, outline, quiz, day, off)
    issue_certificates.call()
    for enrolment in learners[::10]:
        assert issue_if_earned(enrolment) is None
    assert Certificate.objects.count() == 0
    complete(learners[:25], day, quiz)
    issue_certificates.call()
    assert Certificate.objects.count() == 25  # so the thousand above were asked in earnest


def write_down(histories, first, outline, quiz, day, off):
    now = timezone.now()
    people = type(first.user).objects.bulk_create(
        type(first.user)(email=f"{number}@voorbeeld.test", display_name=f"Mens {number}")
        for number in range(len(histories))
    )
    learners = Enrolment.objects.bulk_create(
        Enrolment(
            user=person,
            course=first.course,
            edition=first.edition,
            lessons_total=3,
            lessons_done=history.lessons,
            finished_at=now if history.lessons == 3 else None,
            closed_at=None if history.done["open"] else now,
        )
        for person, history in zip(people, histories, strict=True)
    )
    pairs = list(zip(learners, histories, strict=True))
    LessonProgress.objects.bulk_create(
        LessonProgress(enrolment=one, item_id=lesson.id, completed_at=now)
        for one, history in pairs
        for lesson in outline.lessons[: history.lessons]
    )
    Seat.objects.bulk_create(
        Seat(enrolment=one, meeting=day if history.done["day"] else off, attended_at=now)
        for one, history in pairs
        if history.done["day"] or history.cancelled
    )
    CoachingMoment.objects.bulk_create(
        CoachingMoment(enrolment=one, number=number, due_on=now.date(), held_at=now)
        for one, history in pairs
        for number in range(1, history.held + 1)
    )
    write_samples(pairs)
    Attempt.objects.bulk_create(
        Attempt(
            enrolment=one, item_id=quiz.id, number=1, right=history.right, scored=2, total=2, handed_in_at=now
        )
        for one, history in pairs
        if history.handed_in
    )
    return learners


def write_samples(pairs):
    """Samples that a trainer said something about, and samples that nobody but their writer did."""
    samples = PracticeSample.objects.bulk_create(
        PracticeSample(enrolment=one, kind="simulation", title=str(number), text="Nagespeeld.")
        for one, history in pairs
        for number in range(history.samples + history.unread)
    )
    answered = {one.pk: history.samples for one, history in pairs}
    SampleMessage.objects.bulk_create(
        SampleMessage(sample=sample, by_trainer=int(sample.title) < answered[sample.enrolment_id], text="Ja.")
        for sample in samples
    )


def complete(learners, day, quiz):
    now = timezone.now() + dt.timedelta(seconds=1)
    for enrolment in learners:
        Enrolment.objects.filter(pk=enrolment.pk).update(lessons_done=3, finished_at=now, closed_at=None)
        Seat.objects.get_or_create(enrolment=enrolment, meeting=day, defaults={"attended_at": now})
        hold_coachings(enrolment, 3, first=7)
        give_samples(enrolment, 2)
        Attempt.objects.create(
            enrolment=enrolment, item_id=quiz.id, number=2, right=2, scored=2, total=2, handed_in_at=now
        )


def test_a_trainers_word_on_the_last_sample_earns_it_and_a_learners_own_does_not(
    django_capture_on_commit_callbacks,
):
    course = make_certified_course(certificate_samples=2, certificate_coachings=0)
    trainer = UserFactory.create(trainer=True)
    with django_capture_on_commit_callbacks(execute=True):
        enrolment = make_earner(UserFactory.create(poh=True), course)
        give_samples(enrolment, 1)
        give_samples(enrolment, 1, looked_at=False)
    assert issue_if_earned(enrolment) is None
    (view,) = certificate_views(enrolment.user)
    assert [c.needed for c in view.criteria if not c.met] == ["Nog 1 keer oefenwerk te gaan."]
    with django_capture_on_commit_callbacks(execute=True):
        answer_sample(
            PracticeSample.objects.order_by("pk").last(),
            text="Sterk teruggegeven.",
            confirmed=True,
            by=trainer,
        )
    assert Certificate.objects.get().enrolment == enrolment


def test_a_quiz_that_must_be_all_right_counts_by_its_own_rule():
    """Red flags: the rules ask for no quizzes, the quiz itself for everything right."""
    course = make_certified_course(
        certificate_coachings=0, certificate_training_day=False, certificate_quizzes=False
    )
    quiz = Quiz.objects.get()
    quiz.required_all = True
    quiz.save_revision().publish()
    set_rules(course)
    enrolment = make_enrolment(UserFactory.create(poh=True), course)
    do_all_lessons(enrolment, letter="A")
    assert issue_if_earned(enrolment) is None
    (view,) = certificate_views(enrolment.user)
    assert [c.goal for c in view.criteria if not c.met] == ["“Toets”: alles goed"]
    item = next(item for item in outline_of(enrolment).items if item.kind == "quiz")
    Attempt.objects.create(
        enrolment=enrolment,
        item_id=item.id,
        number=2,
        right=2,
        scored=2,
        total=2,
        handed_in_at=timezone.now(),
    )
    assert issue_if_earned(enrolment) is not None
