"""An editor looks at a draft as any learner would see it, and nothing is stored by looking."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.groups import set_up, sync_user
from courses.catalogue.models import Case, CourseEdition, CoursePage, LessonPage, ModulePage
from courses.learning.models import Attempt, Enrolment
from tests.accounts.factories import UserFactory
from tests.courses.certified import make_certified_course
from tests.courses.factories import (
    block,
    locale,
    make_course,
    make_lesson,
    make_module,
    make_question,
    make_question_of,
    make_quiz,
    make_small_course,
    make_source,
)

pytestmark = pytest.mark.django_db
STATES = ("new", "half", "done", "locked")


def seen(page, mode: str | None) -> str:
    """Return the preview in a mode, as Wagtail asks for it."""
    answer = page.make_preview_request(preview_mode=mode)
    assert answer.status_code == 200
    return str(answer.rendered_content)


@pytest.fixture
def desk(client_for):
    set_up()
    editor = UserFactory.create(editor=True)
    sync_user(editor)
    return client_for(editor)


@pytest.fixture
def lesson() -> LessonPage:
    make_small_course()
    return LessonPage.objects.get(slug="een")


def test_a_lesson_is_offered_in_every_state_of_a_learner(lesson):
    assert [name for name, _label in lesson.preview_modes] == list(STATES)
    assert [name for name, _label in ModulePage.objects.get().preview_modes] == list(STATES)
    assert [name for name, _label in CoursePage.objects.get().preview_modes] == ["visitor", *STATES]


def test_who_has_not_started_sees_questions_without_any_answer(lesson):
    page = seen(lesson, "new")
    for words in (
        "Een tekst.",
        "Vraag 0?",
        "Vraag 2?",
        "Wat dacht je?",
        "Richtlijn",
        "die nog niet begonnen is",
    ):
        assert words in page
    for words in ("Over B.", "checked", "quiz__why"):
        assert words not in page


def test_who_is_half_way_has_checked_the_first_and_saved_the_next(lesson):
    page = seen(lesson, "half")
    assert page.count("quiz__why") == 1
    assert "Antwoord bewaard" in page


def test_who_has_finished_sees_keys_explanations_and_the_result(lesson):
    for mode in ("done", None, "no such mode"):
        page = seen(lesson, mode)
        assert page.count("quiz__why") == 3
        assert "2 van 2 in één keer goed" in page
        assert "Wat je voor jezelf opschrijft, staat hier." in page
        assert "deze les heb je gedaan" in page


def test_nothing_on_a_preview_can_be_sent_and_nothing_is_stored_by_looking(lesson):
    for state in STATES:
        page = seen(lesson, state)
        assert "<script" not in page.split("<main", 1)[1]
        assert "htmx" not in page.split("</head>")[0]
        assert page.count("<form") == 0 or page.index("<fieldset disabled") < page.index(
            "<form", page.index("<main")
        )
    assert not CourseEdition.objects.exists()
    assert not Enrolment.objects.exists()
    assert not Attempt.objects.exists()


def test_a_locked_lesson_says_what_it_waits_for_and_shows_none_of_its_text(lesson):
    module = lesson.get_parent().specific
    later = make_lesson(module, "later", body=[block("text", "<p>Geheim.</p>")], opens_after=lesson)
    page = seen(later, "locked")
    assert "“Les een”" in page
    assert "Geheim." not in page
    later.opens_after, later.opens_on = None, timezone.localdate() + dt.timedelta(days=400)
    assert str(later.opens_on.year) in seen(later, "locked")
    assert "Geheim." in seen(later, "new")


def test_a_lesson_that_nothing_locks_says_so(lesson):
    assert "Niets houdt dit dicht" in seen(lesson, "locked")


def test_the_draft_is_shown_and_not_what_is_published(lesson):
    lesson.title, lesson.lead = "Nog in de maak", "Een nieuwe boodschap."
    lesson.body = [*lesson.body.raw_data, block("question", make_question("Nieuwe vraag").pk)]
    for state in ("new", "half", "done"):
        page = seen(lesson, state)
        for words in ("Nog in de maak", "Een nieuwe boodschap.", "Nieuwe vraag?"):
            assert words in page


def test_a_page_that_was_never_saved_is_previewed_at_its_place(lesson):
    module = lesson.get_parent().specific
    new = LessonPage(title="Gloednieuw", slug="", lead="Kort.", minutes=5, locale=locale())
    new.path, new.depth = module.get_last_child()._inc_path(), module.depth + 1
    new.set_url_path(module)
    assert "Gloednieuw" in seen(new, "new")
    fresh = ModulePage(title="Verse module", slug="vers", lead="Waarom?", locale=locale())
    fresh.path, fresh.depth = module._inc_path(), module.depth
    fresh.set_url_path(module.get_parent())
    assert "Er staat nog geen les in deze module." in seen(fresh, "new")


@pytest.mark.parametrize(
    "kind", ["single", "multiple", "order", "match", "text", "number", "hotspot", "open"]
)
def test_every_kind_of_question_is_previewed_in_every_state(kind):
    module = make_module(make_course())
    found = make_lesson(module, body=[block("question", make_question_of(kind, "Hoe zit dit").pk)])
    for state in ("new", "half", "done"):
        page = seen(found, state)
        assert "Hoe zit dit?" in page
        assert ("quiz__why" in page) is (state == "done")


def test_a_quiz_with_rules_waits_for_who_has_not_started(lesson):
    quiz = make_quiz(make_question("Een"), make_question("Twee"), title="Met regels", attempts=2, draw=1)
    found = make_lesson(lesson.get_parent().specific, "regels", body=[block("quiz", quiz.pk)])
    page = seen(found, "new")
    assert "Beginnen" in page or "Begin" in page
    assert "Een?" not in page
    assert "Een?" in seen(found, "done")
    assert "Twee?" not in seen(found, "done")


def test_a_module_shows_its_lessons_as_that_learner_stands_in_them(lesson):
    module = lesson.get_parent().specific
    make_lesson(module, "dag", title="Na de dag", opens_after_day=True)
    counts = {state: seen(module, state).count("disc--moss") for state in STATES}
    assert counts == {"new": 0, "half": 2, "done": 4, "locked": 0}
    assert "trainingsdag" in seen(module, "locked")
    assert "trainingsdag" not in seen(module, "new")


def test_a_course_is_seen_by_visitors_learners_and_somebody_who_is_not_invited(desk):
    course = make_certified_course()
    course.title, course.certificate_hours = "In de maak", 30
    course.save_revision()
    address = reverse("wagtailadmin_pages:view_draft", args=[course.pk])
    words = {
        "visitor": "Log in om te beginnen",
        "new": "Hoe ver je bent",
        "half": "Les 1 van 3 gedaan",
        "done": "Je hebt alles gedaan wat er nu staat.",
        "locked": "op uitnodiging",
    }
    for state, expected in words.items():
        page = desk.get(address, {"mode": state}).text
        assert expected in page
        assert "In de maak" in page
        assert "Certificaat van 30 uur" in page
    assert words["visitor"] in desk.get(address).text


def test_an_editor_chooses_the_state_in_wagtails_own_preview(desk, lesson):
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).text
    assert 'value="half"' in page
    for state in STATES:
        answer = desk.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]), {"mode": state})
        assert answer.status_code == 200


def test_a_preview_costs_the_same_with_one_and_with_three_other_lessons(lesson, django_assert_num_queries):
    LessonPage.objects.exclude(pk=lesson.pk).last().delete()
    lesson = LessonPage.objects.get(pk=lesson.pk)
    seen(lesson, "half")
    with CaptureQueriesContext(connection) as few:
        seen(LessonPage.objects.get(pk=lesson.pk), "half")
    module = ModulePage.objects.get()
    for number in range(3):
        make_lesson(module, f"meer-{number}", body=[block("question", make_question(f"Meer {number}").pk)])
    with django_assert_num_queries(len(few)):
        seen(LessonPage.objects.get(pk=lesson.pk), "half")


@pytest.mark.parametrize("make", [make_question, lambda: make_quiz(make_question("Een vraag"))])
def test_a_question_and_a_quiz_are_seen_as_asked_and_answered(make):
    thing = make()
    assert [name for name, _label in thing.preview_modes] == ["", "asked"]
    assert "Over B." in seen(thing, "")
    asked = seen(thing, "asked")
    assert "Een vraag?" in asked
    assert "quiz__why" not in asked
    assert "Over B." not in asked


def test_a_source_and_a_case_are_seen_as_readers_see_them():
    source = make_source("NHG-Standaard", url="https://voorbeeld.test/standaard", second_hand=True)
    page = seen(source, "")
    assert 'href="https://voorbeeld.test/standaard"' in page
    assert "Nog na te kijken door de medisch redacteur" in page
    sources = [block("source", {"source": source.pk, "note": ""})]
    case = Case(title="Rie", person="Rie, 79", situation="<p>x</p>", sources=sources, locale=locale())
    assert "NHG-Standaard" in seen(case, "")
