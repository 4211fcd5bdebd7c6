"""Two hundred edits to a live course change nothing for whoever follows it."""

from __future__ import annotations

import random
import re
import uuid

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse

from courses.catalogue import queries as catalogue
from courses.catalogue.models import CoursePage, LessonPage, ModulePage
from courses.exercises.models import Question, Quiz
from courses.learning.actions import finish_lesson, open_lesson
from courses.learning.models import Answer, Attempt, Enrolment, LessonProgress
from courses.learning.queries import lesson_url, outline_of
from pages.models import Source
from tests.courses.factories import block, make_lesson, make_module, make_question
from tests.courses.test_answers import answer

pytestmark = pytest.mark.django_db
EDITS, SEED = 200, 20261124


def publish(thing, **changes):
    for name, value in changes.items():
        setattr(thing, name, value)
    thing.save_revision().publish()


def title(chance):
    publish(
        chance.choice([*LessonPage.objects.all(), *ModulePage.objects.all()]),
        title=f"Titel {chance.random()}",
    )


def slug(chance):
    publish(
        chance.choice([*LessonPage.objects.all(), *ModulePage.objects.all()]), slug=f"adres-{uuid.uuid4()}"
    )


def blocks(chance):
    lesson = chance.choice(LessonPage.objects.all())
    rows = list(lesson.body.raw_data)
    chance.shuffle(rows)
    publish(lesson, body=[*rows[: chance.randint(0, len(rows))], block("text", f"<p>{chance.random()}</p>")])


def question(chance):
    found = chance.choice(Question.objects.all())
    new = [(row["value"]["text"], not row["value"]["right"]) for row in found.options.raw_data]
    options = [block("option", {"text": text, "right": right, "feedback": "Anders."}) for text, right in new]
    publish(found, prompt=f"Anders {chance.random()}?", options=options, kind="multiple")


def quiz(chance):
    chosen = block("question", make_question(f"Nieuw {chance.random()}").pk)
    publish(chance.choice(Quiz.objects.all()), title="Andere toets", questions=[chosen])


def reorder(chance):
    chance.choice(LessonPage.objects.all()).move(chance.choice(ModulePage.objects.all()), pos="first-child")


def unpublish(chance):
    chance.choice(LessonPage.objects.all()).unpublish()


def new_lesson(chance):
    make_lesson(chance.choice(ModulePage.objects.all()), f"nieuw-{uuid.uuid4()}")


def source(chance):
    publish_source = chance.choice(Source.objects.all())
    publish_source.title = f"Andere bron {chance.random()}"
    publish_source.save()


def delete(chance):
    models = [LessonPage, ModulePage, Question, Quiz, Source]
    thing = chance.choice(chance.choice(models).objects.all())
    try:
        with transaction.atomic():
            thing.delete()
    except ProtectedError:
        return


def course(chance):
    publish(CoursePage.objects.get(), lead=f"Anders {chance.random()}")


EDITORS = [title, slug, blocks, question, quiz, reorder, unpublish, new_lesson, source, delete, course]


def screens(client, enrolment):
    """Return everything that the learner sees, read from the database anew; tokens against forgery differ each time."""
    for kept in (
        catalogue._outline,
        catalogue._pinned_lesson,
        catalogue._question_spec,
        catalogue._quiz_rules,
    ):
        kept.cache_clear()
    enrolment = Enrolment.objects.get(pk=enrolment.pk)
    outline = outline_of(enrolment)
    addresses = [lesson_url(outline, lesson) for lesson in outline.lessons]
    resumed = client.get(reverse("learning:resume", args=[enrolment.pk]))["Location"]
    pages = {}
    for address in addresses:
        page = client.get(address)
        assert page.status_code == 200
        main = page.text[page.text.index("<main") : page.text.index("</main>")]
        pages[address] = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", main)
    Enrolment.objects.filter(pk=enrolment.pk).update(position=enrolment.position_id)
    return resumed, pages


def stored():
    return [list(model.objects.order_by("pk").values()) for model in (LessonProgress, Attempt, Answer)]


def test_two_hundred_edits_change_nothing_for_who_follows_the_course(
    client_for, enrolment, outline, lesson, question, quiz
):
    make_module(CoursePage.objects.get(), "tweede")
    answer(enrolment, question, question, "B")
    answer(enrolment, quiz, outline.questions_of(quiz)[0], "A")
    finish_lesson(enrolment, lesson, by=enrolment.user)
    for row in outline.lessons:
        open_lesson(enrolment, row, opened=False, at_lesson=False, by=enrolment.user)
    client = client_for(enrolment.user)
    screens(client, enrolment)
    before, rows = screens(client, enrolment), stored()
    chance = random.Random(SEED)
    for _edit in range(EDITS):
        chance.choice(EDITORS)(chance)
    assert CoursePage.objects.get().editions.count() > 1
    assert screens(client, enrolment) == before
    assert stored() == rows
