"""An edition holds a course as it was, whatever editors do next."""

from __future__ import annotations

import pytest
from django.db.models import ProtectedError

from core.models import AuditEntry
from courses.catalogue.actions import CourseNotReadyError, cut_edition
from courses.catalogue.models import EditionItem, LessonPage, ModulePage
from courses.catalogue.queries import outline, pinned_lesson, question_spec
from courses.exercises.models import Question, Quiz
from pages.models import Source
from tests.courses.factories import (
    block,
    make_course,
    make_edition,
    make_lesson,
    make_module,
    make_question,
    make_small_course,
)

pytestmark = pytest.mark.django_db


def republish(thing, **changes):
    for name, value in changes.items():
        setattr(thing, name, value)
    thing.save_revision().publish()


def read(edition):
    found = outline(edition.pk, edition.uuid)
    return found, found.lessons[0]


def test_an_edition_holds_pages_and_every_snippet_their_blocks_choose():
    edition = make_edition(make_small_course())
    kinds = list(edition.items.order_by("position").values_list("kind", flat=True))
    expected = [
        "course",
        "module",
        "lesson",
        "source",
        "question",
        "quiz",
        "question",
        "question",
        "lesson",
        "lesson",
    ]
    assert kinds == expected


def test_snippets_deep_inside_blocks_are_pinned_too():
    module = make_module(make_course())
    source = Source.objects.create(title="Diep", publisher="Uitgever")
    row = {"label": "a", "value": "4 weken", "percent": None, "source": source.pk, "note": ""}
    figures = {"title": "Naast elkaar", "intro": "", "rows": [row, row]}
    make_lesson(module, body=[block("figures", figures)])
    edition = make_edition(module.get_parent().specific)
    assert edition.items.filter(kind="source").count() == 2


def test_publishing_a_course_cuts_an_edition_and_publishing_it_unchanged_cuts_none():
    course = make_small_course()
    course.save_revision().publish()
    course.refresh_from_db()
    course.save_revision().publish()
    assert course.editions.count() == 1


def test_a_changed_lesson_makes_a_new_edition_that_others_do_not_follow():
    course = make_small_course()
    first = make_edition(course)
    republish(LessonPage.objects.get(slug="een"), lead="Een andere boodschap.")
    cut = cut_edition(course, by=None)
    assert (cut.new, cut.edition.number) == (True, 2)
    assert pinned_lesson(*read(first)).lead == "De boodschap."
    assert pinned_lesson(*read(cut.edition)).lead == "Een andere boodschap."


def test_editing_a_question_leaves_its_pinned_key_and_words_alone():
    course = make_small_course()
    edition = make_edition(course)
    question = Question.objects.get(title="Vraag 0")
    keys = [child.id for child in question.options]
    question.options = [
        ("option", {"text": "X", "right": True, "feedback": "f"}),
        ("option", {"text": "Y", "right": False, "feedback": "f"}),
    ]
    republish(question, prompt="Heel anders?")
    found, lesson = read(edition)
    pinned = question_spec(found.exercises_of(lesson)[0])
    assert pinned.prompt == "Vraag 0?"
    assert [option.key for option in pinned.options] == keys
    assert [option.text for option in pinned.options if option.right] == ["B"]


def test_a_source_keeps_its_pinned_words_and_shows_todays_checking():
    course = make_small_course()
    edition = make_edition(course)
    source = Source.objects.get()
    source.title, source.reviewed_on = "Nieuwe titel", "2026-11-20"
    source.save()
    html = pinned_lesson(*read(edition)).parts[0].html
    assert "Richtlijn" in html
    assert "Nieuwe titel" not in html
    assert "2026" in html


def test_what_nobody_published_is_left_out_and_named():
    module = make_module(make_course())
    draft = Question.objects.create(title="Concept", prompt="?", options=[], locale=module.locale, live=False)
    make_lesson(module, body=[block("question", draft.pk), block("question", make_question().pk)])
    make_lesson(module, "weg", live=False)
    cut = cut_edition(module.get_parent().specific, by=None)
    assert cut.left_out == ["Concept"]
    assert cut.edition.items.filter(kind="question").count() == 1
    assert cut.edition.items.filter(kind="lesson").count() == 1


def test_a_course_without_a_published_lesson_has_no_edition():
    course = make_course()
    make_module(course)
    with pytest.raises(CourseNotReadyError):
        cut_edition(course, by=None)


def test_cutting_is_audited():
    edition = make_edition(make_small_course())
    entry = AuditEntry.objects.get(action="catalogue.edition_cut")
    assert entry.object_id == str(edition.pk)


@pytest.mark.parametrize("model", [LessonPage, ModulePage, Question, Quiz, Source])
def test_the_database_itself_refuses_to_lose_what_is_pinned(model):
    make_edition(make_small_course())
    with pytest.raises(ProtectedError):
        model.objects.first().delete()


def test_a_snippet_that_is_pinned_twice_stands_at_both_places():
    module = make_module(make_course())
    question = make_question()
    for slug in ("een", "twee"):
        make_lesson(module, slug, body=[block("question", question.pk)])
    edition = make_edition(module.get_parent().specific)
    items = EditionItem.objects.filter(edition=edition, kind="question")
    assert items.count() == 2
    assert len({item.parent_id for item in items}) == 2
