"""The rules of a quiz hold on the server: what is drawn, how often, how long, what passes."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from courses.catalogue.actions import cut_edition
from courses.catalogue.queries import quiz_rules
from courses.learning.actions import (
    AttemptOverError,
    NoAttemptsLeftError,
    TimeUpError,
    begin,
    finish_lesson,
    hand_in,
    hand_in_overdue,
    start_again,
)
from courses.learning.models import Attempt, LessonProgress
from courses.learning.queries import outline_of, quiz_results
from tests.accounts.factories import UserFactory
from tests.courses.factories import (
    make_course_with,
    make_enrolment,
    make_question,
    make_question_of,
    make_quiz,
)
from tests.courses.test_answers import answer

pytestmark = pytest.mark.django_db


class Sitting:
    """One learner before a quiz with rules."""

    def __init__(self, *, questions=3, kinds=(), **rules):
        made = [make_question(f"Vraag {number}") for number in range(questions)]
        made += [make_question_of(kind) for kind in kinds]
        self.quiz = make_quiz(*made, **rules)
        self.course = make_course_with(self.quiz)
        self.enrolment = make_enrolment(UserFactory.create(poh=True), self.course)
        self.outline = outline_of(self.enrolment)
        self.lesson = self.outline.lessons[0]
        self.item = self.outline.exercises_of(self.lesson)[0]

    def begin(self):
        return begin(self.enrolment, self.item, by=self.enrolment.user)

    def drawn(self, attempt):
        return [self.outline.by_id[place.item_id] for place in attempt.answers.order_by("place")]

    def take(self, right):
        """Take an attempt from begin to end with so many right."""
        attempt = self.begin()
        for place, question in enumerate(self.drawn(attempt)):
            text = "B" if place < right else "A"
            answer(self.enrolment, self.item, question, text, number=attempt.number)
        attempt.refresh_from_db()
        return attempt

    @property
    def address(self):
        return f"/training/{self.outline.slug}/module/een/"


@pytest.mark.parametrize(("right", "passed"), [(0, False), (1, False), (2, True), (3, True)])
def test_the_pass_mark_decides_when_the_last_question_is_checked(right, passed):
    attempt = Sitting(pass_percent=66).take(right)
    assert (attempt.right, attempt.scored, attempt.passed) == (right, 3, passed)


def test_where_nobody_can_pass_or_fail_nothing_is_said_of_it():
    assert Sitting().take(0).passed is None


def test_open_questions_count_for_completeness_and_not_for_the_mark():
    here = Sitting(questions=1, kinds=["open"], pass_percent=100)
    attempt = here.begin()
    single, _open = here.drawn(attempt)
    answer(here.enrolment, here.item, single, "B")
    attempt.refresh_from_db()
    assert attempt.handed_in_at is None
    attempt = hand_in(attempt, by=here.enrolment.user)
    assert (attempt.right, attempt.scored, attempt.total, attempt.passed) == (1, 1, 2, True)


def test_each_attempt_draws_from_the_pool_and_keeps_what_it_drew():
    here = Sitting(questions=8, draw=3)
    drawn = []
    for _number in range(12):
        attempt = here.begin()
        assert here.drawn(attempt) == here.drawn(here.begin())
        drawn.append(tuple(question.id for question in here.drawn(attempt)))
        hand_in(attempt, by=here.enrolment.user)
    assert {len(questions) for questions in drawn} == {3}
    assert len(set(drawn)) > 1


def test_a_question_that_was_not_drawn_is_not_answered():
    here = Sitting(questions=6, draw=2)
    drawn = here.drawn(here.begin())
    other = next(item for item in here.outline.questions_of(here.item) if item not in drawn)
    with pytest.raises(AttemptOverError):
        answer(here.enrolment, here.item, other, "B")


def test_nothing_is_asked_before_somebody_begins(client_for):
    here = Sitting(minutes=20, draw=2)
    client = client_for(here.enrolment.user)
    page = client.get(here.address).text
    assert "Vraag 0?" not in page
    assert "Begin" in page
    assert not Attempt.objects.exists()
    answer = client.post(reverse("learning:again", args=[here.enrolment.pk, here.item.id]))
    assert answer.status_code == 302
    assert client.get(here.address).text.count("Kijk mijn antwoord na") == 2


def test_no_more_attempts_than_allowed(client_for):
    here = Sitting(attempts=2)
    here.take(0)
    here.take(1)
    with pytest.raises(NoAttemptsLeftError):
        start_again(here.enrolment, here.item, by=here.enrolment.user)
    client = client_for(here.enrolment.user)
    again = reverse("learning:again", args=[here.enrolment.pk, here.item.id])
    assert "alle pogingen" in client.post(again, follow=True).text
    assert Attempt.objects.count() == 2


def test_an_answer_within_the_time_counts_and_a_later_one_does_not():
    here = Sitting(questions=2, minutes=10)
    with time_machine.travel(dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC), tick=False) as clock:
        attempt = here.begin()
        first, second = here.drawn(attempt)
        clock.shift(dt.timedelta(minutes=9))
        answer(here.enrolment, here.item, first, "B", check=False)
        clock.shift(dt.timedelta(minutes=2))
        with pytest.raises(TimeUpError):
            answer(here.enrolment, here.item, second, "B")
    attempt.refresh_from_db()
    assert (attempt.right, attempt.timed_out, attempt.handed_in_at is not None) == (1, True, True)
    assert list(attempt.answers.order_by("place").values_list("outcome", flat=True)) == ["right", "wrong"]


@pytest.mark.parametrize("hours", [-5, -1, 0])
def test_a_clock_set_back_or_a_time_sent_along_wins_no_time(hours, client_for):
    here = Sitting(questions=2, minutes=10)
    client = client_for(here.enrolment.user)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1), tick=False) as clock:
        question = here.drawn(here.begin())[0]
        clock.shift(dt.timedelta(minutes=11))
        told = (timezone.now() + dt.timedelta(hours=hours)).isoformat()
        url = reverse("learning:answer", args=[here.enrolment.pk, here.item.id, question.id])
        data = {"number": "1", "check": "1", "option": "x", "now": told, "deadline": told, "started_at": told}
        page = client.post(url, data, headers={"Date": told}, follow=True)
    assert "De tijd is om" in page.text
    assert Attempt.objects.get().timed_out


def test_an_attempt_left_alone_is_handed_in_by_the_clock_with_what_was_saved():
    here = Sitting(questions=2, minutes=10)
    first = here.drawn(here.begin())[0]
    answer(here.enrolment, here.item, first, "B", check=False)
    assert hand_in_overdue(timezone.now()) == 0
    later = timezone.now() + dt.timedelta(minutes=11)
    assert (hand_in_overdue(later), hand_in_overdue(later)) == (1, 0)
    attempt = Attempt.objects.get()
    assert (attempt.right, attempt.timed_out) == (1, True)
    assert AuditEntry.objects.filter(action="learning.attempt_handed_in").count() == 1


def test_opening_the_lesson_after_the_time_shows_that_it_was_handed_in(client_for):
    here = Sitting(questions=2, minutes=10)
    client = client_for(here.enrolment.user)
    here.begin()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        client = client_for(here.enrolment.user)
        assert "De tijd is om" in client.get(here.address).text


def test_handing_in_as_it_is_counts_what_is_open_as_not_right(client_for):
    here = Sitting(pass_percent=80)
    first = here.outline.questions_of(here.item)[0]
    answer(here.enrolment, here.item, first, "B", check=False)
    url = reverse("learning:hand_in", args=[here.enrolment.pk, here.item.id])
    client = client_for(here.enrolment.user)
    client.post(url, {"number": "7"})
    assert Attempt.objects.get().handed_in_at is None
    client.post(url, {"number": "1"})
    attempt = Attempt.objects.get()
    assert (attempt.right, attempt.passed, attempt.timed_out) == (1, False, False)
    assert "Deze liet je open." in client.get(here.address).text


def test_rules_are_those_of_the_edition_whatever_an_editor_changes_later():
    here = Sitting(pass_percent=66, attempts=2)
    here.quiz.pass_percent, here.quiz.attempts, here.quiz.minutes = 100, 1, 1
    here.quiz.save_revision().publish()
    cut_edition(here.course, by=None)
    assert quiz_rules(here.item).pass_percent == 66
    attempt = here.take(2)
    assert (attempt.passed, attempt.deadline) == (True, None)
    here.take(0)
    other = make_enrolment(UserFactory.create(poh=True), here.course)
    newer = outline_of(other)
    assert quiz_rules(newer.exercises_of(newer.lessons[0])[0]).minutes == 1


def test_a_lesson_is_done_once_its_quiz_is_handed_in_whatever_was_left_open():
    here = Sitting(questions=4, draw=2, minutes=5)
    assert finish_lesson(here.enrolment, here.lesson, by=here.enrolment.user) == 2
    attempt = here.begin()
    answer(here.enrolment, here.item, here.drawn(attempt)[0], "B")
    assert finish_lesson(here.enrolment, here.lesson, by=here.enrolment.user) == 1
    hand_in(attempt, by=here.enrolment.user)
    assert finish_lesson(here.enrolment, here.lesson, by=here.enrolment.user) == 0
    assert LessonProgress.objects.exclude(completed_at=None).count() == 1


def test_the_best_result_of_a_quiz_counts_and_an_open_attempt_does_not(django_assert_num_queries):
    here = Sitting(pass_percent=60)
    outline_of(here.enrolment)
    before = quiz_results(here.enrolment)
    assert [(found.percent, found.passed, found.required, found.attempts) for found in before] == [
        (0, False, True, 0)
    ]
    here.take(2)
    here.take(1)
    here.begin()
    with django_assert_num_queries(1):
        (result,) = quiz_results(here.enrolment)
    assert (result.percent, result.passed, result.required, result.attempts) == (66, True, True, 2)
    assert result.key == f"exercises.quiz:{here.quiz.translation_key}"


def test_a_quiz_without_a_mark_is_passed_once_it_is_handed_in():
    here = Sitting()
    assert not quiz_results(here.enrolment)[0].passed
    here.take(0)
    assert [(found.passed, found.required) for found in quiz_results(here.enrolment)] == [(True, False)]


def test_drawing_more_than_there_is_is_refused_in_words():
    quiz = make_quiz(make_question())
    quiz.draw = 2
    with pytest.raises(ValidationError) as refused:
        quiz.full_clean()
    assert "draw" in refused.value.message_dict


def test_somebody_elses_attempt_is_neither_begun_nor_handed_in(client_for):
    here = Sitting()
    stranger = client_for(UserFactory.create(poh=True))
    for name in ("learning:again", "learning:hand_in"):
        assert stranger.post(reverse(name, args=[here.enrolment.pk, here.item.id])).status_code == 404
