"""When a lesson opens: the rules that editors set, what learners read while it is closed, and that it stays closed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from courses.catalogue.actions import cut_edition
from courses.catalogue.models import LessonPage, ModulePage
from courses.catalogue.queries import Item, Outline, Rule, pinned_lesson
from courses.learning import actions, queries
from courses.learning.models import Answer, Cohort, Enrolment, LessonProgress, Meeting, MeetingKind, Seat
from courses.learning.opening import LockKind, Standing, lock_on, locks
from tests.accounts.factories import UserFactory
from tests.courses.factories import (
    block,
    make_course,
    make_enrolment,
    make_lesson,
    make_module,
    make_question,
    make_small_course,
)

TODAY = dt.date(2026, 5, 1)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)


def outline_with(**rules: Rule) -> Outline:
    """An outline of two modules (m1: a, b; m2: c, d) whose items carry these rules."""
    places = {"course": None, "m1": 1, "a": 2, "b": 2, "m2": 1, "c": 5, "d": 5}
    kinds = {"course": "course", "m1": "module", "m2": "module"}
    items = tuple(
        Item(number, parent, kinds.get(key, "lesson"), key, "", key, key.upper(), 10, number, rules.get(key))
        for number, (key, parent) in enumerate(places.items(), start=1)
    )
    return Outline(1, None, 1, "nl", "cursus", "Cursus", items)  # type: ignore[arg-type] # nothing reads the uuid


def standing(*, done=(), started=TODAY, trained=False) -> Standing:
    return Standing(frozenset(done), TODAY, started, trained)


A, B, C, D = 3, 4, 6, 7


@pytest.mark.parametrize(
    ("rule", "facts", "kind"),
    [
        (Rule(after="a"), {}, LockKind.LESSON),
        (Rule(after="a"), {"done": (A,)}, None),
        (Rule(after="m1"), {"done": (A,)}, LockKind.MODULE),
        (Rule(after="m1"), {"done": (A, B)}, None),
        (Rule(on=TOMORROW), {}, LockKind.DATE),
        (Rule(on=TODAY), {}, None),
        (Rule(days=7), {"started": TODAY}, LockKind.DATE),
        (Rule(days=7), {"started": TODAY - dt.timedelta(days=7)}, None),
        (Rule(day=True), {}, LockKind.DAY),
        (Rule(day=True), {"trained": True}, None),
        (Rule(after="a", day=True), {"trained": True}, LockKind.LESSON),
        (Rule(after="a", day=True), {"done": (A,)}, LockKind.DAY),
        (Rule(on=TOMORROW), {"done": (C,)}, None),
        (Rule(after="d"), {}, None),
        (Rule(after="c"), {}, None),
        (Rule(after="m2"), {}, None),
        (Rule(after="gone"), {}, None),
    ],
)
def test_a_lesson_is_locked_until_all_its_conditions_hold(rule, facts, kind):
    outline = outline_with(c=rule)
    lock = lock_on(outline, outline.by_id[C], standing(**facts))
    assert (lock.kind if lock else None) == kind


def test_a_modules_condition_locks_all_its_lessons():
    assert set(locks(outline_with(m2=Rule(after="m1")), standing(done=(A,)))) == {C, D}


def test_the_latest_of_two_dates_counts():
    later = TODAY + dt.timedelta(days=30)
    lock = lock_on(outline := outline_with(c=Rule(on=TOMORROW, days=30)), outline.by_id[C], standing())
    assert lock is not None
    assert lock.on == later


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule(after="a"), "“A”"),
        (Rule(after="m1"), "“M1”"),
        (Rule(on=TOMORROW), "2 mei 2026"),
        (Rule(days=3), "4 mei 2026"),
        (Rule(day=True), "trainingsdag"),
    ],
)
def test_each_lock_says_in_a_sentence_what_opens_it(rule, words):
    outline = outline_with(c=rule)
    lock = lock_on(outline, outline.by_id[C], standing())
    assert lock is not None
    assert words in lock.sentence


def make_ruled_course():
    """A module with two lessons; the second, which asks a question and a reflection, opens after the first."""
    module = make_module(make_course())
    make_lesson(module, "eerst", title="Eerst dit")
    body = [
        block("text", "<p>Geheime tekst.</p>"),
        block("question", make_question().pk),
        block("reflection", {"prompt": "Wat dacht je?", "hint": ""}),
    ]
    make_lesson(module, "later", title="Dan dat", body=body)
    rule(opens_after=LessonPage.objects.get(slug="eerst"))
    return module.get_parent().specific


def rule(slug="later", model=LessonPage, **fields):
    page = model.objects.get(slug=slug)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(clean=True).publish()


@pytest.fixture
def ruled(db):
    return make_enrolment(UserFactory.create(poh=True), make_ruled_course())


@pytest.fixture
def reader(client_for, ruled):
    return client_for(ruled.user)


LATER = "/training/cursus/module/later/"


def test_a_locked_lesson_shows_the_sentence_and_nothing_of_its_text(reader, ruled):
    page = reader.get(LATER)
    assert page.status_code == 200
    assert "“Eerst dit”" in page.text
    assert "Geheime tekst." not in page.text
    assert "/training/cursus/module/eerst/" in page.text
    assert not LessonProgress.objects.exists()


def test_the_lesson_opens_once_the_other_is_done(reader, ruled):
    first = queries.outline_of(ruled).lessons[0]
    reader.post(reverse("learning:finish", args=[ruled.pk, first.id]))
    assert "Geheime tekst." in reader.get(LATER).text


def test_the_overview_and_the_outline_show_what_is_locked_and_why(reader):
    assert "“Eerst dit”" in reader.get("/training/cursus/").text
    assert "Nog niet open" in reader.get("/training/cursus/module/eerst/").text


@pytest.mark.parametrize("act", ["finish", "answer", "again", "reflect"])
def test_what_is_locked_takes_no_answers_either(act, reader, ruled):
    outline = queries.outline_of(ruled)
    later = outline.lessons[1]
    exercise = outline.exercises_of(later)[0]
    places = {
        "finish": [ruled.pk, later.id],
        "answer": [ruled.pk, exercise.id, exercise.id],
        "again": [ruled.pk, exercise.id],
        "reflect": [ruled.pk, later.id, _reflection(outline, later)],
    }
    data = {"number": "1", "option": "x", "text": "Ik dacht vooruit."}
    answer = reader.post(reverse(f"learning:{act}", args=places[act]), data)
    assert answer["Location"] == LATER
    assert not Answer.objects.exists()
    assert not ruled.attempts.exists()
    assert not ruled.reflections.exists()
    assert not LessonProgress.objects.exists()


def _reflection(outline, lesson):
    parts = pinned_lesson(outline, lesson).parts
    return next(part.block_id for part in parts if part.kind == "reflection")


def test_who_began_keeps_the_rules_of_their_edition(reader, ruled):
    rule(opens_after=None)
    cut_edition(ruled.course, by=None)
    assert "Geheime tekst." not in reader.get(LATER).text
    newcomer = make_enrolment(UserFactory.create(poh=True), ruled.course)
    assert queries.locks_of(newcomer, queries.outline_of(newcomer)) == {}


def in_cohort(enrolment, first_day):
    cohort = Cohort.objects.create(
        course=enrolment.course,
        name="Voorjaar",
        starts_on=first_day,
        ends_on=first_day + dt.timedelta(days=180),
    )
    Enrolment.objects.filter(pk=enrolment.pk).update(cohort=cohort)
    return cohort


@pytest.mark.django_db
@pytest.mark.parametrize(("ago", "closed"), [(0, True), (13, True), (14, False)])
def test_days_count_from_the_first_day_of_the_cohort(ago, closed):
    course = make_ruled_course()
    rule(opens_after=None, opens_days=14)
    enrolment = make_enrolment(UserFactory.create(poh=True), course)
    in_cohort(enrolment, timezone.localdate() - dt.timedelta(days=ago))
    found = queries.enrolments_of(enrolment.user).get()
    assert bool(queries.locks_of(found, queries.outline_of(found))) == closed


@pytest.mark.django_db
def test_a_module_opens_for_who_was_at_the_training_day():
    course = make_small_course()
    rule("module", ModulePage, opens_after_day=True)
    enrolment = make_enrolment(UserFactory.create(poh=True), course)
    outline = queries.outline_of(enrolment)
    assert len(queries.locks_of(enrolment, outline)) == 3
    now = timezone.now()
    day = Meeting.objects.create(
        cohort=in_cohort(enrolment, timezone.localdate()),
        kind=MeetingKind.TRAINING_DAY,
        title="Dag",
        starts_at=now,
        ends_at=now + dt.timedelta(hours=7),
    )
    Seat.objects.create(meeting=day, enrolment=enrolment, attended_at=now, attended_by="list")
    found = queries.enrolments_of(enrolment.user).get()
    assert queries.locks_of(found, outline) == {}


@pytest.mark.django_db
def test_a_course_of_which_nothing_is_open_says_when_it_goes_on(rf):
    course = make_small_course()
    rule("module", ModulePage, opens_on=timezone.localdate() + dt.timedelta(days=3))
    enrolment = make_enrolment(UserFactory.create(poh=True), course)
    (step,) = queries.next_steps(enrolment.user)
    assert step.icon == "lock"
    assert step.url == "/training/cursus/"


def test_next_steps_lead_to_what_is_open(ruled):
    later = queries.outline_of(ruled).lessons[1]
    Enrolment.objects.filter(pk=ruled.pk).update(position=later.id)
    (step,) = queries.next_steps(ruled.user)
    assert "Eerst dit" in step.title
    assert "“Eerst dit”" in step.text


def test_a_ruled_lesson_costs_no_more_than_twelve_queries(reader, django_assert_max_num_queries):
    reader.get("/training/cursus/module/eerst/")
    with django_assert_max_num_queries(12):
        reader.get("/training/cursus/module/eerst/")
    with django_assert_max_num_queries(12):
        reader.get(LATER)


@pytest.mark.parametrize(("waits_for", "fits"), [("eerst", True), ("later", False), ("module", False)])
def test_an_editor_can_only_choose_what_stands_earlier_in_the_course(waits_for, fits, ruled):
    model = ModulePage if waits_for == "module" else LessonPage
    lesson = LessonPage.objects.get(slug="later")
    lesson.opens_after = model.objects.get(slug=waits_for)
    if fits:
        lesson.full_clean()
    else:
        with pytest.raises(ValidationError) as refused:
            lesson.full_clean()
        assert "opens_after" in refused.value.message_dict


def test_another_course_cannot_be_waited_for(ruled):
    make_small_course("aaa")
    lesson = LessonPage.objects.get(slug="later")
    lesson.opens_after = LessonPage.objects.get(slug="een")
    with pytest.raises(ValidationError):
        lesson.full_clean()


def test_an_action_in_a_locked_lesson_raises_with_the_lock(ruled):
    later = queries.outline_of(ruled).lessons[1]
    with pytest.raises(actions.LockedError) as refused:
        actions.finish_lesson(ruled, later, by=ruled.user)
    assert refused.value.lock.kind == LockKind.LESSON
