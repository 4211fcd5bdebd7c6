"""A mended key changes no old result by itself. Checking anew is done on purpose, after a dry run, and told."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.groups import set_up, sync_user
from core.models import AuditEntry
from courses.catalogue.models import CourseEdition
from courses.exercises.models import Question
from courses.learning.actions import NotAllowedError, PlanChangedError, hand_in, regrade, start_again
from courses.learning.models import Answer, Attempt, Regrade, RegradedAnswer
from courses.learning.queries import outline_of, quiz_results
from courses.learning.queries.regrading import plan_regrade
from notifications.models import Notice
from patientdata.kinds import PatientDataFound
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_course_with, make_enrolment, make_question, make_quiz, mend
from tests.courses.test_answers import answer, option
from tests.courses.test_moving import move, next_edition, rename

pytestmark = pytest.mark.django_db
WHY = "B was ook goed volgens de nieuwe richtlijn."


class Sitting:
    """A quiz of two with a pass mark of 100 %, and learners who took it."""

    def __init__(self):
        self.question = make_question("Sleutel")
        self.quiz = make_quiz(self.question, make_question("Ander"), pass_percent=100)
        self.course = make_course_with(self.quiz)
        self.reviewer = UserFactory.create(medical_reviewer=True)

    def learner(self, first, second="B"):
        enrolment = make_enrolment(UserFactory.create(poh=True), self.course)
        self.take(enrolment, first, second)
        return enrolment

    def take(self, enrolment, first, second="B", number=1):
        exercise, questions = self.place(enrolment)
        for item, text in zip(questions, (first, second), strict=True):
            answer(enrolment, exercise, item, text, number=number)

    def place(self, enrolment):
        outline = outline_of(enrolment)
        exercise = outline.exercises_of(outline.lessons[0])[0]
        return exercise, outline.questions_of(exercise)

    def mend(self, letter):
        item = self.place(self.course.enrolments.first())[1][0]
        return mend(self.question, right=[option(item, letter)])

    def regrade(self, **more):
        seen = plan_regrade(self.question).digest
        return regrade(self.question, **{"reason": WHY, "seen": seen, "by": self.reviewer, **more})


@pytest.fixture
def sitting(db):
    return Sitting()


def outcome(enrolment):
    return Answer.objects.filter(attempt__enrolment=enrolment).order_by("place").first().outcome


def test_publishing_another_key_changes_nothing_of_what_was_answered(sitting):
    right, wrong = sitting.learner("B"), sitting.learner("A")
    sitting.mend("A")
    assert (outcome(right), outcome(wrong)) == ("right", "wrong")
    assert list(Attempt.objects.order_by("pk").values_list("passed", flat=True)) == [True, False]


def test_the_dry_run_names_whom_it_affects_and_changes_nothing(sitting):
    right, wrong = sitting.learner("B"), sitting.learner("A")
    sitting.learner("C")
    plan = plan_regrade(sitting.mend("A"))
    assert [(row.who, row.before, row.after) for row in plan.rows] == [
        (str(right.user), "right", "wrong"),
        (str(wrong.user), "wrong", "right"),
    ]
    assert plan.same == 1
    assert [(change.right, change.passed) for change in plan.attempts] == [(1, True), (2, True)]
    assert (outcome(right), outcome(wrong)) == ("right", "wrong")
    assert not RegradedAnswer.objects.exists()


def test_checking_anew_changes_outcomes_and_results_and_takes_away_nothing_that_was_passed(sitting):
    right, wrong = sitting.learner("B"), sitting.learner("A")
    sitting.mend("A")
    sitting.regrade()
    assert (outcome(right), outcome(wrong)) == ("wrong", "right")
    attempts = Attempt.objects.order_by("pk").values_list("right", "passed")
    assert list(attempts) == [(1, True), (2, True)]
    assert quiz_results(wrong)[0].passed
    assert AuditEntry.objects.get(action="learning.regraded").after["changed"] == 2


def test_whoever_gets_another_outcome_is_told_and_nobody_else(
    sitting, django_capture_on_commit_callbacks, client_for
):
    _right, wrong, other = sitting.learner("B"), sitting.learner("A"), sitting.learner("C")
    sitting.mend("A")
    with django_capture_on_commit_callbacks(execute=True):
        made = sitting.regrade()
    told = set(Notice.objects.filter(kind="learning.regraded").values_list("recipient", flat=True))
    assert wrong.user_id in told
    assert other.user_id not in told
    assert len(told) == 2
    page = client_for(wrong.user).get(reverse("learning:regraded", args=[made.pk]))
    for words in (WHY, "Sleutel?", "iets anders past beter", "goed"):
        assert words in page.text
    assert client_for(other.user).get(reverse("learning:regraded", args=[made.pk])).status_code == 404


def test_the_question_itself_says_that_it_was_checked_anew(sitting, client_for):
    wrong = sitting.learner("A")
    address = "/training/cursus/module/een/"
    assert "Opnieuw nagekeken" not in client_for(wrong.user).get(address).text
    sitting.mend("A")
    sitting.regrade()
    page = client_for(wrong.user).get(address).text
    assert "Opnieuw nagekeken op" in page
    assert WHY in page
    assert "Goed gezien, dit koos jij." in page


def test_answers_to_come_in_the_old_edition_are_judged_by_the_mended_key(sitting):
    enrolment = sitting.learner("A")
    exercise, _questions = sitting.place(enrolment)
    sitting.mend("A")
    start_again(enrolment, exercise, by=enrolment.user)
    sitting.take(enrolment, "A", number=2)
    assert Attempt.objects.get(number=2).passed is False
    sitting.regrade()
    attempt = start_again(enrolment, exercise, by=enrolment.user)
    sitting.take(enrolment, "A", number=3)
    attempt.refresh_from_db()
    assert attempt.passed
    fourth = start_again(enrolment, exercise, by=enrolment.user)
    for item in sitting.place(enrolment)[1]:
        answer(enrolment, exercise, item, "B", number=4, check=False)
    assert hand_in(fourth, by=enrolment.user).right == 1


def test_an_answer_that_the_new_version_does_not_know_keeps_its_outcome(sitting):
    enrolment = sitting.learner("C")
    question = sitting.question
    question.options = [found for found in question.options.get_prep_value() if found["value"]["text"] != "C"]
    question.save_revision().publish()
    question.refresh_from_db()
    plan = plan_regrade(question)
    assert (len(plan.rows), plan.unknown) == (0, 1)
    sitting.regrade()
    assert outcome(enrolment) == "wrong"


def test_only_what_somebody_saw_is_done(sitting):
    sitting.learner("A")
    sitting.mend("A")
    seen = plan_regrade(sitting.question).digest
    sitting.learner("A", "B")
    with pytest.raises(PlanChangedError):
        sitting.regrade(seen=seen)
    assert not Regrade.objects.exists()


def test_doing_it_again_changes_nothing_more(sitting):
    sitting.learner("A")
    sitting.mend("A")
    sitting.regrade()
    assert sitting.regrade().answers.count() == 0


def test_a_reason_that_may_identify_a_patient_is_refused(sitting):
    sitting.learner("A")
    sitting.mend("A")
    with pytest.raises(PatientDataFound):
        sitting.regrade(reason="Vraag mevrouw via 06-12345678.")
    assert outcome(sitting.course.enrolments.first()) == "wrong"


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("editor", True),
        ("medical_reviewer", True),
        ("trainer", False),
        ("project_leader", False),
        ("poh", False),
    ],
)
def test_who_may_check_anew(role, may, sitting):
    sitting.learner("A")
    sitting.mend("A")
    person = UserFactory.create(**{role: True})
    if may:
        assert sitting.regrade(by=person).answers.count() == 1
    else:
        with pytest.raises(NotAllowedError):
            sitting.regrade(by=person)


def test_the_editors_screen_shows_the_dry_run_and_then_does_it(sitting, client_for):
    set_up()
    wrong = sitting.learner("A")
    sitting.mend("A")
    sync_user(sitting.reviewer)
    desk = client_for(sitting.reviewer)
    address = reverse("learning_regrade", args=[sitting.question.pk])
    page = desk.get(address)
    assert str(wrong.user) in page.text
    refused = desk.post(address, {"reason": WHY, "seen": "iets"})
    assert refused.status_code == 422
    assert WHY in refused.text
    digest = plan_regrade(sitting.question).digest
    assert digest in refused.text
    assert desk.post(address, {"reason": WHY, "seen": digest}).status_code == 302
    assert outcome(wrong) == "right"
    bank = desk.get(reverse(Question.snippet_viewset.get_url_name("list")))
    assert address in bank.text


def test_who_moved_on_to_an_edition_without_that_question_reads_it_in_the_version_they_left(
    sitting, client_for
):
    learner = sitting.learner("B")
    sitting.mend("A")
    before = plan_regrade(sitting.question).rows
    rename("Sleutel", prompt="Iets heel anders?")
    moved = move(learner, next_edition(learner), UserFactory.create(project_leader=True))
    assert [row.lesson for row in plan_regrade(sitting.question).rows] == [row.lesson for row in before]
    made = sitting.regrade()
    page = client_for(learner.user).get(reverse("learning:regraded", args=[made.pk]))
    assert page.status_code == 200
    (answered,) = made.answers.all()
    lesson = CourseEdition.objects.get(items=answered.answer.item_id).items.get(kind="lesson")
    assert reverse("learning:earlier_lesson", args=[moved.pk, lesson.pk]) in page.text
