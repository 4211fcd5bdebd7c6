"""Questions that come back: when, how many, for whom, and that lessons' results stay as they were."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.exercises.models import Question
from courses.exercises.scoring import AnswerRefusedError, Given, Outcome
from courses.learning import actions, queries
from courses.learning.models import Answer, Attempt, Enrolment, RecallCard, RecallReview
from courses.learning.recall import LONGEST_DAYS, Memory, after_answer, allowance, next_chance
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_enrolment, was_at_training_day

MONDAY = dt.date(2027, 3, 1)
outcomes = st.sampled_from([Outcome.RIGHT, Outcome.PARTLY, Outcome.WRONG])
moments = st.builds(
    lambda day, hour: at(day, hour), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), st.integers(0, 23)
)


def at(day, hour=10):
    return dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)


# The arithmetic, without a database.


@given(st.lists(st.tuples(outcomes, st.integers(0, 90)), min_size=1, max_size=12), moments)
def test_a_question_never_comes_back_within_the_day_nor_later_than_the_longest_interval(answers, start):
    memory, now = Memory(due_at=start), start
    for outcome, late in answers:
        now = max(memory.due_at, now) + dt.timedelta(days=late)
        memory = after_answer(memory, outcome, at=now)
        assert dt.timedelta(days=1) <= memory.due_at - now <= dt.timedelta(days=LONGEST_DAYS)
        assert memory.reviewed_at == now
        assert memory.stability > 0
        assert 1 <= memory.difficulty <= 10


@given(st.lists(outcomes, max_size=8), moments)
def test_a_better_answer_never_brings_a_question_back_sooner(history, start):
    memory = Memory(due_at=start)
    for outcome in history:
        memory = after_answer(memory, outcome, at=memory.due_at)
    wrong, partly, right = (
        after_answer(memory, outcome, at=memory.due_at).due_at
        for outcome in (Outcome.WRONG, Outcome.PARTLY, Outcome.RIGHT)
    )
    assert wrong <= partly <= right


@given(outcomes, moments)
def test_the_same_answer_at_the_same_moment_gives_the_same_date(outcome, start):
    memory = Memory(due_at=start)
    assert after_answer(memory, outcome, at=start) == after_answer(memory, outcome, at=start)


@given(st.lists(st.integers(0, 27), max_size=200))
def test_no_week_sees_more_than_two_days_of_five_questions(wishes):
    answered = {}
    for wish in sorted(wishes):
        day = MONDAY + dt.timedelta(days=wish)
        if allowance(answered, day):
            answered[day] = answered.get(day, 0) + 1
    for week in range(4):
        days = [
            count
            for day, count in answered.items()
            if MONDAY + dt.timedelta(weeks=week) <= day < MONDAY + dt.timedelta(weeks=week + 1)
        ]
        assert len(days) <= 2
        assert all(count <= 5 for count in days)


def test_after_two_days_of_a_week_the_next_chance_is_on_monday():
    answered = {MONDAY: 5, MONDAY + dt.timedelta(days=2): 1}
    assert next_chance(answered, MONDAY + dt.timedelta(days=3)) == MONDAY + dt.timedelta(days=7)
    assert next_chance(answered, MONDAY + dt.timedelta(days=2)) == MONDAY + dt.timedelta(days=2)


# Somebody's own cards.


@pytest.fixture
def finished(enrolment, outline, lesson, question, quiz):
    """A learner who finished the first lesson with its quiz and was at the training day; the question is marked."""
    Question.objects.filter(title="Vraag 0").update(worth_repeating=True)
    for exercise in (question, quiz):
        for asked in outline.questions_of(exercise):
            key = sorted(queries.recall_question(_card(enrolment, asked)).asked.spec.right_keys)
            place = actions.answer_in(enrolment, exercise, asked, number=1, by=enrolment.user)
            actions.check_answer(place, Given(tuple(key)), by=enrolment.user)
    actions.finish_lesson(enrolment, lesson, by=enrolment.user)
    was_at_training_day(enrolment, MONDAY)
    return enrolment


def _card(enrolment, item):
    return RecallCard(enrolment=enrolment, item_id=item.id, key=item.key)


@pytest.fixture
def cards(finished):
    actions.make_plan(finished, by=None)
    RecallCard.objects.update(due_at=at(MONDAY, 9))
    return list(queries.due_cards(finished.user, today=MONDAY))


def right_answer(card):
    return sorted(queries.recall_question(card).asked.spec.right_keys)


def wrong_answer(card):
    return sorted(queries.recall_question(card).asked.spec.keys - set(right_answer(card)))[:1]


def test_the_plan_brings_marked_questions_and_those_of_finished_quizzes(cards):
    titles = [queries.recall_question(card).item.title for card in cards]
    assert titles == ["Vraag 0", "Vraag 1", "Vraag 2"]


def test_an_unmarked_question_outside_a_quiz_does_not_come_back(finished):
    Question.objects.update(worth_repeating=False)
    actions.make_plan(finished, by=None)
    assert RecallCard.objects.count() == 2


def test_a_lesson_that_is_not_done_brings_nothing(enrolment):
    Question.objects.update(worth_repeating=True)
    was_at_training_day(enrolment, MONDAY)
    actions.make_plan(enrolment, by=None)
    assert not RecallCard.objects.exists()


def test_filling_again_makes_no_second_card(cards, finished):
    assert actions.fill_cards(finished) == 0
    assert RecallCard.objects.count() == 3


@pytest.mark.parametrize(("answer", "days"), [(right_answer, 2), (wrong_answer, 1)])
def test_when_a_question_comes_back_follows_from_the_answer(answer, days, cards, finished):
    review = actions.repeat_question(cards[0], chosen=answer(cards[0]), by=finished.user, at=at(MONDAY))
    card = RecallCard.objects.get(pk=cards[0].pk)
    assert card.due_at == at(MONDAY + dt.timedelta(days=days))
    assert review.outcome == ("right" if answer is right_answer else "wrong")


def test_repeating_changes_no_attempt_score_or_position(cards, finished):
    finished.refresh_from_db()
    rows = lambda: (  # noqa: E731 -- read twice, side by side
        list(Attempt.objects.order_by("pk").values()),
        list(Answer.objects.order_by("pk").values()),
        Enrolment.objects.filter(pk=finished.pk).values().get(),
    )
    before = rows()
    for card in cards:
        actions.repeat_question(card, chosen=wrong_answer(card), by=finished.user, at=at(MONDAY))
    assert rows() == before


def test_an_answer_sent_twice_counts_once(cards, finished):
    actions.repeat_question(cards[0], chosen=right_answer(cards[0]), by=finished.user, at=at(MONDAY))
    with pytest.raises(actions.NotDueError):
        actions.repeat_question(cards[0], chosen=wrong_answer(cards[0]), by=finished.user, at=at(MONDAY))
    assert RecallReview.objects.count() == 1


def test_the_sixth_question_of_a_day_waits(cards, finished):
    for _number in range(5):
        RecallCard.objects.filter(pk=cards[0].pk).update(due_at=at(MONDAY, 8))
        actions.repeat_question(cards[0], chosen=right_answer(cards[0]), by=finished.user, at=at(MONDAY))
    with pytest.raises(actions.EnoughForNowError):
        actions.repeat_question(cards[1], chosen=right_answer(cards[1]), by=finished.user, at=at(MONDAY))


def test_somebody_elses_card_cannot_be_answered(cards):
    with pytest.raises(actions.NotAllowedError):
        actions.repeat_question(cards[0], chosen=right_answer(cards[0]), by=UserFactory.create(poh=True))


@pytest.mark.parametrize("chosen", [[], ["onzin"]])
def test_a_choice_that_does_not_fit_is_refused(chosen, cards, finished):
    with pytest.raises(AnswerRefusedError):
        actions.repeat_question(cards[0], chosen=chosen, by=finished.user, at=at(MONDAY))
    assert RecallCard.objects.get(pk=cards[0].pk).reviewed_at is None


def test_what_was_answered_before_goes_before_new_questions(cards, finished):
    actions.repeat_question(cards[2], chosen=wrong_answer(cards[2]), by=finished.user, at=at(MONDAY))
    tomorrow = MONDAY + dt.timedelta(days=1)
    assert next(iter(queries.due_cards(finished.user, today=tomorrow))) == cards[2]


# The reminder.


@pytest.mark.parametrize(("day", "hour", "told"), [(7, 9, 1), (7, 3, 0), (8, 9, 0), (10, 9, 1), (183, 9, 0)])
def test_reminders_go_out_on_mondays_and_thursdays_while_the_plan_runs(day, hour, told, cards):
    moment = at(MONDAY + dt.timedelta(days=day), hour)
    assert actions.remind_of_recall(at=moment) == told
    assert actions.remind_of_recall(at=moment) == 0


def test_nobody_is_reminded_when_nothing_is_due(cards, finished):
    RecallCard.objects.update(due_at=at(MONDAY + dt.timedelta(days=60)))
    assert actions.remind_of_recall(at=at(MONDAY + dt.timedelta(days=7))) == 0


def test_in_half_a_year_nobody_is_reminded_more_than_twice_a_week(cards, finished):
    told = {}
    for day in range(1, 200):
        moment = at(MONDAY + dt.timedelta(days=day))
        week = moment.isocalendar()[:2]
        RecallCard.objects.update(due_at=at(MONDAY))
        told[week] = told.get(week, 0) + actions.remind_of_recall(at=moment)
    assert max(told.values()) == 2
    assert sum(told.values()) == 52


# The screen.


@pytest.fixture
def browser(cards, finished, client_for, time_machine):
    time_machine.move_to(at(MONDAY), tick=False)
    return client_for(finished.user)


def test_the_screen_asks_one_question_at_a_time_and_leads_on(browser, cards):
    page = browser.get("/training/herhalen/")
    assert "Vraag 1 van 3" in page.text
    answer = browser.post(f"/training/herhalen/{cards[0].pk}/", {"option": right_answer(cards[0])})
    shown = browser.get(answer["Location"])
    assert "Goed gezien, dit koos jij." in shown.text
    assert "Vraag 1 van 3" in shown.text
    assert "Vraag 2 van 3" in browser.get("/training/herhalen/").text


def test_an_empty_answer_gets_a_sentence_and_stores_nothing(browser, cards):
    answer = browser.post(f"/training/herhalen/{cards[0].pk}/")
    assert answer.status_code == 422
    assert "Kies eerst een antwoord" in answer.text
    assert not RecallReview.objects.exists()


def test_sending_twice_shows_the_answer_that_counted(browser, cards):
    first = browser.post(f"/training/herhalen/{cards[0].pk}/", {"option": right_answer(cards[0])})
    again = browser.post(f"/training/herhalen/{cards[0].pk}/", {"option": wrong_answer(cards[0])})
    assert again["Location"] == first["Location"]


def test_without_a_plan_the_screen_says_when_it_begins(client_for, enrolment):
    assert "Nog niet" in client_for(enrolment.user).get("/training/herhalen/").text


def test_the_screen_costs_the_same_with_one_and_three_cards(
    browser, cards, django_assert_num_queries, django_assert_max_num_queries
):
    browser.get("/training/herhalen/")
    with django_assert_max_num_queries(30) as three:
        browser.get("/training/herhalen/")
    RecallCard.objects.filter(pk__in=[card.pk for card in cards[1:]]).update(
        due_at=at(MONDAY + dt.timedelta(days=9))
    )
    with django_assert_num_queries(len(three.captured_queries)):
        browser.get("/training/herhalen/")


def test_the_home_offers_what_is_due(browser, finished):
    steps = {step.key.rsplit(".", 1)[0]: step for step in queries.steps_after_the_day(finished.user)}
    assert steps["training.recall"].title == "Herhaal 3 vragen"
    assert steps["training.recall"].minutes == 2


def test_a_stranger_finds_nothing(cards, client_for):
    stranger = make_enrolment(UserFactory.create(poh=True), Enrolment.objects.first().course).user
    card = cards[0]
    assert client_for(stranger).post(f"/training/herhalen/{card.pk}/").status_code == 404
