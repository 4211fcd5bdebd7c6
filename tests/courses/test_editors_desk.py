"""What editors can and cannot do with courses."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.groups import set_up, sync_user
from courses.catalogue.blocks import LessonBlocks
from courses.catalogue.models import RESERVED_SLUGS, CoursePage, LessonPage, ModulePage
from courses.exercises.models import Question
from tests.accounts.factories import UserFactory
from tests.courses.factories import block, make_edition, make_question, make_small_course, option

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    found = make_small_course()
    make_edition(found)
    return found


def at_the_desk(client_for, **role):
    set_up()
    person = UserFactory.create(**role)
    sync_user(person)
    return client_for(person)


@pytest.fixture
def reviewer(client_for, course):
    return at_the_desk(client_for, medical_reviewer=True)


def words_of(answer):
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


@pytest.mark.parametrize("model", [LessonPage, ModulePage, CoursePage])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_that_an_edition_holds_is_not_deleted_and_the_reason_is_told(model, method, reviewer, course):
    page = model.objects.first()
    answer = getattr(reviewer, method)(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert answer.status_code == 302
    assert "Een training 1" in words_of(answer)
    assert model.objects.filter(pk=page.pk).exists()


def test_pages_are_not_deleted_in_bulk_when_an_edition_holds_one(reviewer, course):
    page = LessonPage.objects.first()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    answer = reviewer.post(f"{address}?id={page.pk}&next=/beheer/")
    assert "Een training 1" in words_of(answer)
    assert LessonPage.objects.filter(pk=page.pk).exists()


def test_a_question_that_an_edition_holds_is_not_deleted(reviewer, course):
    question = Question.objects.first()
    viewset = Question.snippet_viewset
    answer = reviewer.post(reverse(viewset.get_url_name("delete"), args=[question.pk]))
    assert "Een training 1" in words_of(answer)
    assert Question.objects.filter(pk=question.pk).exists()


def test_questions_are_not_deleted_in_bulk_when_an_edition_holds_one(reviewer, course):
    question = Question.objects.first()
    address = reverse("wagtail_bulk_action", args=["exercises", "question", "delete"])
    answer = reviewer.post(f"{address}?id={question.pk}&next=/beheer/")
    assert "Een training 1" in words_of(answer)
    assert Question.objects.filter(pk=question.pk).exists()


def test_a_question_that_nobody_follows_may_go(reviewer):
    question = make_question("Los")
    reviewer.post(reverse(Question.snippet_viewset.get_url_name("delete"), args=[question.pk]))
    assert not Question.objects.filter(pk=question.pk).exists()


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_a_course_may_not_take_the_address_of_a_screen(slug, course):
    course.slug = slug
    with pytest.raises(ValidationError) as refused:
        course.full_clean()
    assert "slug" in refused.value.message_dict


@pytest.mark.parametrize(
    ("kind", "right", "fits"),
    [
        ("single", "B", True),
        ("single", "AB", False),
        ("single", "", False),
        ("multiple", "AB", True),
        ("multiple", "", False),
    ],
)
def test_a_question_needs_a_key_that_fits_its_kind(kind, right, fits):
    question = make_question(kind=kind)
    question.options = [option(name, right=name in right) for name in "ABC"]
    if fits:
        question.full_clean()
    else:
        with pytest.raises(ValidationError):
            question.full_clean()


@pytest.mark.parametrize(
    ("role", "status", "count"), [("medical_reviewer", 302, 2), ("editor", 403, 1), ("administrator", 403, 1)]
)
def test_who_issues_an_edition(role, status, count, client_for, course):
    lesson = LessonPage.objects.get(slug="les-2")
    lesson.lead = "Nieuw."
    lesson.save_revision().publish()
    desk = at_the_desk(client_for, **{role: True})
    address = reverse("catalogue_editions", args=[course.pk])
    assert desk.get(address).status_code == 200
    assert desk.post(address).status_code == status
    assert course.editions.count() == count


def test_a_lesson_is_previewed_with_its_exercises_filled_in(reviewer):
    lesson = LessonPage.objects.get(slug="een")
    page = lesson.make_preview_request()
    assert page.status_code == 200
    text = page.rendered_content if hasattr(page, "rendered_content") else page.content.decode()
    for words in ("Een tekst.", "Over B.", "Wat dacht je?"):
        assert words in text


def test_publishing_a_lesson_says_that_others_keep_what_they_have(reviewer):
    lesson = LessonPage.objects.get(slug="les-1")
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    form = {"title": "Anders", "slug": "les-1", "lead": "Kort.", "minutes": "10", "body-count": "0"}
    answer = reviewer.post(
        edit, {**form, "action-publish": "1", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    )
    assert answer.status_code == 302
    assert "Een training" in words_of(answer)


def test_the_same_question_twice_in_a_lesson_is_refused_in_words():
    question = make_question()
    stream = LessonBlocks()
    value = stream.to_python([block("question", question.pk), block("question", question.pk)])
    with pytest.raises(ValidationError) as refused:
        stream.clean(value)
    assert len(refused.value.non_block_errors.data) == 1
