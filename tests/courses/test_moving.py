"""Learners move to another edition after a dry run, all at once; nothing is deleted, and what stays behind can be read."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from courses.catalogue.actions import cut_edition
from courses.catalogue.models import CoursePage, LessonPage
from courses.exercises.models import Question
from courses.learning.actions import finish_lesson, open_lesson, save_reflection
from courses.learning.actions.moving import (
    ChangedMeanwhileError,
    NobodyToMoveError,
    NotTheSameCourseError,
    move_learners,
)
from courses.learning.models import Answer, Attempt, EditionMove, Enrolment, LessonProgress, Reflection
from courses.learning.queries import lead_of, lesson_url, outline_of, part_views, position_of
from courses.learning.queries.moving import dry_run
from notifications.models import Notice
from notifications.queries import page_of
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_cohort, make_enrolment, make_lesson, make_module, make_small_course
from tests.courses.test_answers import answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return UserFactory.create(project_leader=True)


@pytest.fixture
def busy(enrolment, outline, lesson, question, quiz):
    """The learner answered everything of the first lesson, wrote a thought, finished it and opened the next."""
    user = enrolment.user
    answer(enrolment, question, question, "B")
    for asked in outline.questions_of(quiz):
        answer(enrolment, quiz, asked, "A")
    block = next(
        part.block_id for part in part_views(enrolment, outline, lesson) if part.kind == "reflection"
    )
    save_reflection(enrolment, lesson, block, text="Ik luister te kort.", confirmed=False, by=user)
    finish_lesson(enrolment, lesson, by=user)
    open_lesson(enrolment, outline.lessons[1], opened=False, at_lesson=False, by=user)
    return Enrolment.objects.get(pk=enrolment.pk)


def republish(thing, **changes):
    for name, value in changes.items():
        setattr(thing, name, value)
    thing.save_revision().publish()


def next_edition(enrolment):
    return cut_edition(CoursePage.objects.get(pk=enrolment.course_id), by=None).edition


def rename(question="Vraag 0", **changes):
    republish(Question.objects.get(title=question), **(changes or {"prompt": "Iets heel anders?"}))


def move(enrolment, after, by, **more):
    before = enrolment.edition
    run = dry_run(before, after, more.get("cohort"))
    move_learners(before, after, seen=run.seen, by=by, **more)
    return Enrolment.objects.get(pk=enrolment.pk)


def everything():
    """How many rows there are of all that learners did."""
    return {
        model: model.objects.count() for model in (LessonProgress, Attempt, Answer, Reflection, Enrolment)
    }


def test_after_a_better_wording_everything_goes_along(busy, leader):
    republish(LessonPage.objects.get(slug="een"), lead="Beter gezegd.")
    rename(explanation="<p>Beter uitgelegd.</p>")
    before = everything()
    old = [(part.kind, part.reflection, part.exercise and part.exercise.tally) for part in _first(busy)]
    moved = move(busy, next_edition(busy), leader)
    assert everything() == before
    assert [
        (part.kind, part.reflection, part.exercise and part.exercise.tally) for part in _first(moved)
    ] == old
    assert (moved.lessons_done, moved.lessons_total) == (1, 3)
    assert position_of(moved, outline_of(moved))[0].slug == "les-1"
    assert "Beter gezegd." in str(_lead(moved))


def _first(enrolment):
    outline = outline_of(enrolment)
    return part_views(enrolment, outline, outline.lessons[0])


def _lead(enrolment):
    outline = outline_of(enrolment)
    return lead_of(outline, outline.lessons[0])


def test_the_dry_run_names_everybody_and_what_becomes_of_it_and_changes_nothing(busy, leader):
    other = make_enrolment(UserFactory.create(poh=True, display_name="Tweede"), busy.course)
    rename("Vraag 1")
    LessonPage.objects.get(slug="les-2").unpublish()
    make_lesson(LessonPage.objects.get(slug="een").get_parent().specific, "nieuw", title="Nieuwe les")
    after = next_edition(busy)
    before = everything()
    run = dry_run(Enrolment.objects.get(pk=busy.pk).edition, after)
    first, second = run.people
    assert (first.name, second.name) == (busy.user.display_name, other.user.display_name)
    assert [lesson.title for lesson in run.difference.added] == ["Nieuwe les"]
    assert [lesson.title for lesson in run.difference.removed] == ["Les 2"]
    assert [lesson.title for lesson in run.difference.changed] == ["Les een"]
    assert first.left_exercises == ("Les een: Toets",)
    assert (first.kept, first.left, first.redone) == (2, 1, ("Les een",))
    assert (second.kept, second.left) == (0, 0)
    assert everything() == before
    assert Enrolment.objects.filter(edition=after).count() == 0


def test_an_answer_to_a_question_that_asks_something_else_stays_with_the_old_edition(busy, question, leader):
    rename()
    moved = move(busy, next_edition(busy), leader)
    stayed = Attempt.objects.get(item=question.id)
    assert (stayed.right, stayed.handed_in_at is None) == (1, False)
    fresh = next(part.exercise for part in _first(moved) if part.kind == "question")
    assert (fresh.tally.answered, fresh.over) == (0, False)
    assert LessonProgress.objects.filter(enrolment=moved, completed_at__isnull=False).count() == 1
    assert moved.lessons_done == 1


@pytest.mark.parametrize("change", ["options", "kind"])
def test_a_changed_key_never_changes_an_old_result(change, busy, leader):
    found = Question.objects.get(title="Vraag 0")
    options = [
        {"type": "option", "id": row["id"], "value": {**row["value"], "right": row["value"]["text"] == "A"}}
        for row in found.options.raw_data
    ]
    changes = {"options": options} if change == "options" else {"kind": "multiple"}
    results = list(Answer.objects.order_by("pk").values_list("outcome", "chosen", "attempt__right"))
    rename(**changes)
    move(busy, next_edition(busy), leader)
    assert list(Answer.objects.order_by("pk").values_list("outcome", "chosen", "attempt__right")) == results


def test_an_open_attempt_that_stays_is_handed_in_as_it_stands(enrolment, quiz, outline, leader):
    answer(enrolment, quiz, outline.questions_of(quiz)[0], "B")
    rename("Vraag 2")
    after = next_edition(enrolment)
    (row,) = dry_run(enrolment.edition, after).people
    assert row.closed == ("Les een: Toets",)
    move(enrolment, after, leader)
    attempt = Attempt.objects.get()
    assert (attempt.item_id, attempt.right, attempt.handed_in_at is None) == (quiz.id, 1, False)


def test_an_open_attempt_that_still_fits_goes_on(enrolment, quiz, outline, leader):
    answer(enrolment, quiz, outline.questions_of(quiz)[0], "B")
    republish(LessonPage.objects.get(slug="een"), lead="Anders.")
    moved = move(enrolment, next_edition(enrolment), leader)
    there = outline_of(moved)
    found = there.exercises_of(there.lessons[0])[1]
    answer(moved, found, there.questions_of(found)[1], "B")
    assert Attempt.objects.get().right == 2


def test_whoever_was_in_a_lesson_that_goes_finds_the_next_one(busy, outline, leader):
    LessonPage.objects.get(slug="les-1").unpublish()
    moved = move(busy, next_edition(busy), leader)
    assert position_of(moved, outline_of(moved))[0].slug == "les-2"
    assert LessonProgress.objects.filter(item=outline.lessons[1].id).exists()
    assert (moved.lessons_done, moved.lessons_total) == (1, 2)


def test_a_lesson_that_moved_to_another_module_keeps_what_was_done(busy, leader):
    course = CoursePage.objects.get(pk=busy.course_id)
    target = make_module(course, "tweede", title="Tweede module")
    LessonPage.objects.get(slug="een").move(target, pos="last-child")
    moved = move(busy, next_edition(busy), leader)
    there = outline_of(moved)
    lesson = there.lesson_at("tweede", "een")
    assert lesson is not None
    assert Attempt.objects.filter(item__in=[item.id for item in there.exercises_of(lesson)]).count() == 2
    assert moved.lessons_done == 1


def test_there_and_back_again_nothing_is_lost_or_doubled(busy, leader):
    rename()
    first = busy.edition
    old = [(part.kind, part.exercise and part.exercise.tally) for part in _first(busy)]
    moved = move(busy, next_edition(busy), leader)
    there = outline_of(moved)
    asked = there.exercises_of(there.lessons[0])[0]
    answer(moved, asked, asked, "A")
    back = move(moved, first, leader)
    assert [(part.kind, part.exercise and part.exercise.tally) for part in _first(back)] == old
    assert Attempt.objects.filter(enrolment=back).count() == 3
    again = move(back, moved.edition, leader)
    assert next(part.exercise for part in _first(again) if part.kind == "question").tally.answered == 1


def test_attempts_that_meet_others_at_their_new_place_come_after_them(busy, leader):
    rename()
    second = next_edition(busy)
    moved = move(busy, second, leader)
    there = outline_of(moved)
    asked = there.exercises_of(there.lessons[0])[0]
    answer(moved, asked, asked, "A")
    rename(prompt="Vraag 0?")
    third = next_edition(busy)
    once = move(moved, third, leader)
    here = outline_of(once)
    asked = here.exercises_of(here.lessons[0])[0]
    answer(once, asked, asked, "A")
    first = move(once, EditionMove.objects.order_by("pk").first().before, leader)
    item = outline_of(first).exercises_of(outline_of(first).lessons[0])[0]
    numbers = first.attempts.filter(item_id=item.id).order_by("number").values_list("number", "right")
    assert list(numbers) == [(1, 1), (2, 0)]


def test_whoever_has_finished_stays_finished(busy, leader):
    Enrolment.objects.filter(pk=busy.pk).update(finished_at=timezone.now())
    make_lesson(LessonPage.objects.get(slug="een").get_parent().specific, "nieuw")
    assert move(busy, next_edition(busy), leader).finished_at is not None


def test_only_a_cohort_moves_when_one_is_chosen(busy, leader):
    cohort = make_cohort(busy.course)
    other = make_enrolment(UserFactory.create(poh=True), busy.course)
    Enrolment.objects.filter(pk=other.pk).update(cohort=cohort)
    rename()
    after = next_edition(busy)
    move(other, after, leader, cohort=cohort)
    busy.refresh_from_db()
    assert busy.edition_id != after.pk


def test_the_move_is_logged_and_everybody_is_told(busy, leader, django_capture_on_commit_callbacks):
    rename()
    after = next_edition(busy)
    with django_capture_on_commit_callbacks(execute=True):
        move(busy, after, leader)
    entry = AuditEntry.objects.get(action="learning.learners_moved")
    assert (entry.object_id, entry.after["people"]) == (str(after.pk), 1)
    found = EditionMove.objects.get()
    assert (found.enrolment_id, found.went_along, found.stayed, found.moved_by) == (busy.pk, 2, 1, leader)
    (line,) = page_of(busy.user).lines
    assert line.notice.path == reverse("learning:earlier", args=[busy.course_id])


def test_what_changed_since_the_dry_run_stops_the_move(busy, quiz, outline, leader):
    rename("Vraag 1")
    after = next_edition(busy)
    seen = dry_run(busy.edition, after).seen
    other = make_enrolment(UserFactory.create(poh=True), busy.course)
    Enrolment.objects.filter(pk=other.pk).update(edition=busy.edition)
    with pytest.raises(ChangedMeanwhileError):
        move_learners(busy.edition, after, seen=seen, by=leader)
    assert Enrolment.objects.filter(edition=after).count() == 0


def test_a_move_that_fails_half_way_moves_nobody(busy, leader, monkeypatch):
    rename()
    after = next_edition(busy)
    before = everything()
    monkeypatch.setattr("courses.learning.actions.moving._say_so", lambda *given, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        move(busy, after, leader)
    assert everything() == before
    assert Enrolment.objects.get(pk=busy.pk).edition_id == busy.edition_id
    assert not Attempt.objects.filter(item__edition=after).exists()


def test_only_between_two_editions_of_one_course(busy, leader):
    other = make_enrolment(UserFactory.create(poh=True), make_small_course("ander"))
    for after in (other.edition, busy.edition):
        with pytest.raises(NotTheSameCourseError):
            move_learners(busy.edition, after, seen="", by=leader)


def test_nobody_to_move_is_said(busy, leader):
    Enrolment.objects.update(closed_at=timezone.now())
    rename()
    with pytest.raises(NobodyToMoveError):
        move_learners(busy.edition, next_edition(busy), seen="", by=leader)


@pytest.mark.parametrize("role", ["poh", "trainer", "researcher", "administrator"])
def test_who_may_not_move_learners(role, busy):
    rename()
    with pytest.raises(PermissionDenied):
        move_learners(busy.edition, next_edition(busy), seen="", by=UserFactory.create(**{role: True}))


@pytest.mark.parametrize("people", [1, 3])
def test_the_dry_run_costs_the_same_queries_for_one_and_for_three(people, busy, django_assert_num_queries):
    for _each in range(people - 1):
        make_enrolment(UserFactory.create(poh=True), busy.course)
    rename()
    after = next_edition(busy)
    dry_run(busy.edition, after)
    with django_assert_num_queries(6):
        dry_run(busy.edition, after)


@pytest.fixture
def desk(client_for, leader):
    return client_for(leader)


def test_the_desk_shows_the_dry_run_and_then_moves(desk, busy):
    rename()
    after = next_edition(busy)
    assert reverse("learning:move", args=[busy.course_id]) in desk.get(reverse("learning:editions")).text
    address = reverse("learning:move", args=[busy.course_id])
    chosen = {"before": busy.edition_id, "after": after.pk, "cohort": ""}
    page = desk.get(address, chosen)
    for words in (busy.user.display_name, "Les een: Vraag 0", "Gewijzigd: Les een"):
        assert words in page.text
    done = desk.post(address, {**chosen, "seen": page.context["run"].seen}, follow=True)
    assert "1 persoon volgt nu editie 2" in done.text
    assert Enrolment.objects.get(pk=busy.pk).edition == after


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"seen": "iets-anders"}, 409, "Er is niemand verhuisd"),
        ({"after": "same"}, 422, "Kies een andere editie"),
        ({"after": "999999"}, 422, 'aria-invalid="true"'),
        ({"before": "\x00"}, 422, 'aria-invalid="true"'),
    ],
)
def test_a_move_that_does_not_fit_is_refused_in_words(sent, status, words, desk, busy):
    rename()
    after = next_edition(busy)
    data = {"before": busy.edition_id, "after": after.pk, "cohort": "", "seen": "", **sent}
    if data["after"] == "same":
        data["after"] = busy.edition_id
    answered = desk.post(reverse("learning:move", args=[busy.course_id]), data)
    assert answered.status_code == status
    assert words in answered.text
    assert Enrolment.objects.get(pk=busy.pk).edition_id == busy.edition_id


def test_what_stayed_behind_can_be_read_and_not_changed(client_for, busy, lesson, question, leader):
    rename()
    LessonPage.objects.get(slug="les-1").unpublish()
    moved = move(busy, next_edition(busy), leader)
    reader = client_for(busy.user)
    page = reader.get(reverse("learning:earlier", args=[moved.course_id]))
    assert "Les een" in page.text
    assert "Les 1" in page.text
    old = reader.get(reverse("learning:earlier_lesson", args=[moved.pk, lesson.id]))
    assert "Vraag 0?" in old.text
    assert "Over B." in old.text
    assert '<fieldset class="still" disabled>' in old.text
    overview = reader.get("/training/cursus/")
    assert reverse("learning:earlier", args=[moved.course_id]) in overview.text
    sent = {"number": "1", "option": "x"}
    gone = reverse("learning:answer", args=[moved.pk, question.id, question.id])
    assert reader.post(gone, sent).status_code == 404


def test_an_earlier_lesson_exists_only_for_who_followed_it(client_for, busy, lesson, leader):
    reader = client_for(busy.user)
    address = reverse("learning:earlier_lesson", args=[busy.pk, lesson.id])
    assert reader.get(address).status_code == 404
    rename()
    moved = move(busy, next_edition(busy), leader)
    assert reader.get(address).status_code == 200
    assert client_for(UserFactory.create(poh=True)).get(address).status_code == 404
    now = outline_of(moved).lessons[0]
    assert reader.get(reverse("learning:earlier_lesson", args=[moved.pk, now.id])).status_code == 404


def test_the_page_says_it_when_somebody_was_never_moved(client_for, busy):
    page = client_for(busy.user).get(reverse("learning:earlier", args=[busy.course_id]))
    assert "vanaf het begin dezelfde versie" in page.text
    assert not Notice.objects.exists()
    assert lesson_url(outline_of(busy), outline_of(busy).lessons[0])
