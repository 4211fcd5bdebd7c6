"""The learner's screens: what is shown, what they cost, and that they work without JavaScript."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.catalogue.models import LessonPage
from courses.learning.models import Answer, LessonProgress, Reflection
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_enrolment, make_lesson, make_small_course
from tests.courses.test_answers import option

HTMX = {"HX-Request": "true"}


@pytest.fixture
def learner(client_for, enrolment):
    return client_for(enrolment.user)


@pytest.fixture
def address(outline, lesson):
    return f"/training/{outline.slug}/{outline.modules[0].slug}/{lesson.slug}/"


def stored():
    return [answer for answer in Answer.objects.all() if not answer.given.empty]


def answer_url(enrolment, exercise, question):
    return reverse("learning:answer", args=[enrolment.pk, exercise.id, question.id])


def test_a_lesson_shows_its_message_parts_and_version(learner, address):
    page = learner.get(address)
    assert page.status_code == 200
    for words in (
        "Les een",
        "De boodschap.",
        "Een tekst.",
        "Vraag 0?",
        "Toets",
        "Wat dacht je?",
        "Richtlijn",
    ):
        assert words in page.text


def test_a_lesson_shows_the_pinned_text_after_an_editor_published_another(learner, address):
    page = LessonPage.objects.get(slug="een")
    page.title, page.slug = "Heel anders", "heel-anders"
    page.save_revision().publish()
    assert "Les een" in learner.get(address).text
    assert "Heel anders" not in learner.get(address).text


@pytest.mark.parametrize(
    ("who", "status", "target"),
    [
        ("visitor", 302, "/account/login/"),
        ("stranger", 302, "/training/cursus/"),
        ("learner", 200, ""),
    ],
)
def test_who_reads_a_lesson(who, status, target, client_for, enrolment, address):
    people = {"visitor": None, "stranger": UserFactory.create(poh=True), "learner": enrolment.user}
    answer = client_for(people[who]).get(address)
    assert answer.status_code == status
    assert target in answer.get("Location", "")


def test_a_modules_own_address_shows_no_unpinned_text(learner, client, address):
    assert learner.get("/training/cursus/module/")["Location"] == address
    assert client.get("/training/cursus/module/")["Location"] == "/training/cursus/#module"


def test_the_overview_is_public_and_names_the_lessons(client, enrolment):
    page = client.get("/training/cursus/")
    assert page.status_code == 200
    assert "Les een" in page.text
    assert "Een tekst." not in page.text


def test_starting_from_the_overview_leads_into_the_first_lesson(client_for, enrolment, address):
    starter = client_for(UserFactory.create(poh=True))
    answer = starter.post(reverse("learning:enrol", args=[enrolment.course_id]), follow=True)
    assert answer.request["PATH_INFO"] == address


def test_going_on_redirects_to_the_exact_place(learner, enrolment, question, address):
    data = {"option": option(question, "A"), "number": "1"}
    learner.post(answer_url(enrolment, question, question), data)
    answer = learner.get(reverse("learning:resume", args=[enrolment.pk]))
    assert answer["Location"] == f"{address}#vraag-{question.id}"


def test_without_javascript_an_answer_leads_back_to_its_question_with_feedback(
    learner, enrolment, question, address
):
    data = {"option": option(question, "A"), "number": "1", "check": "1"}
    answer = learner.post(answer_url(enrolment, question, question), data)
    assert answer["Location"] == f"{address}#vraag-{question.id}"
    page = learner.get(address)
    for words in ("Over A.", "Over B.", "Over C."):
        assert words in page.text


def test_with_htmx_checking_answers_with_the_question_and_the_result(learner, enrolment, quiz, outline):
    first = outline.questions_of(quiz)[0]
    data = {"option": option(first, "B"), "number": "1", "check": "1"}
    answer = learner.post(answer_url(enrolment, quiz, first), data, headers=HTMX)
    assert f'id="vraag-{first.id}"' in answer.text
    assert f'id="uitslag-{quiz.id}"' in answer.text
    assert "autofocus" in answer.text


def test_checking_without_a_choice_is_refused_in_words(learner, enrolment, question):
    data = {"number": "1", "check": "1"}
    answer = learner.post(answer_url(enrolment, question, question), data, headers=HTMX)
    assert answer.status_code == 422
    assert "field__error" in answer.text
    assert not stored()


@pytest.mark.parametrize(
    "sent", [{"option": "een-onzin-waarde"}, {"option": "\x00"}, {"number": "x"}, {"number": "-1"}]
)
def test_forged_answers_store_nothing(sent, learner, enrolment, question):
    data = {"option": option(question, "A"), "number": "1", "check": "1", **sent}
    answer = learner.post(answer_url(enrolment, question, question), data, headers=HTMX)
    assert answer.status_code == 422
    assert not stored()


def test_a_double_submit_is_stored_once(learner, enrolment, question):
    data = {"option": option(question, "A"), "number": "1", "check": "1"}
    for _press in range(2):
        learner.post(answer_url(enrolment, question, question), data)
    assert len(stored()) == 1


def test_somebody_elses_enrolment_does_not_exist(client_for, enrolment, question):
    other = client_for(UserFactory.create(poh=True))
    answer = other.post(answer_url(enrolment, question, question), {"number": "1"})
    assert answer.status_code == 404


def test_a_question_that_is_not_in_the_exercise_does_not_exist(learner, enrolment, quiz, question):
    assert learner.post(answer_url(enrolment, quiz, question), {"number": "1"}).status_code == 404


@pytest.mark.parametrize(("headers", "status"), [({}, 302), (HTMX, 200)])
def test_a_reflection_is_saved_for_its_writer(headers, status, learner, enrolment, outline, lesson, address):
    block = next(part.block_id for part in learner.get(address).context["parts"] if part.kind == "reflection")
    url = reverse("learning:reflect", args=[enrolment.pk, lesson.id, block])
    assert learner.post(url, {"text": "Ik luister te kort."}, headers=headers).status_code == status
    assert "Ik luister te kort." in learner.get(address).text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_reflection_with_a_phone_number_comes_back_with_what_was_typed(
    headers, learner, enrolment, lesson, address
):
    block = next(part.block_id for part in learner.get(address).context["parts"] if part.kind == "reflection")
    url = reverse("learning:reflect", args=[enrolment.pk, lesson.id, block])
    answer = learner.post(url, {"text": "Bel haar op 06-12345678."}, headers=headers)
    assert answer.status_code == 422
    assert "Bel haar op 06-12345678." in answer.text
    assert not Reflection.objects.exists()


def test_a_reflection_of_a_block_that_is_not_there_is_not_stored(learner, enrolment, lesson):
    url = reverse("learning:reflect", args=[enrolment.pk, lesson.id, uuid.uuid4()])
    assert learner.post(url, {"text": "Zomaar."}).status_code == 404
    assert not Reflection.objects.exists()


def test_finishing_a_lesson_says_what_is_still_open(learner, enrolment, lesson):
    page = learner.post(reverse("learning:finish", args=[enrolment.pk, lesson.id]), follow=True)
    assert "Les 1" in page.text
    assert not LessonProgress.objects.exclude(completed_at=None).exists()


def test_a_lesson_costs_at_most_twelve_queries_and_no_more_with_more_lessons(
    client_for, django_assert_max_num_queries, django_assert_num_queries, enrolment, learner, address, db
):
    learner.get(address)
    with django_assert_max_num_queries(12) as few:
        learner.get(address)
    cost = len(few.captured_queries)
    person = UserFactory.create(poh=True)
    other = make_small_course("groot", lessons=9)
    make_enrolment(person, other)
    reader = client_for(person)
    big = "/training/groot/module/een/"
    reader.get(big)
    with django_assert_num_queries(cost):
        reader.get(big)


def test_a_lesson_outside_the_edition_does_not_exist_for_the_learner(learner, enrolment):
    module = LessonPage.objects.get(slug="een").get_parent().specific
    make_lesson(module, "nieuw")
    assert learner.get("/training/cursus/module/nieuw/").status_code == 404


def test_a_closed_enrolment_leads_to_the_overview(learner, enrolment, address):
    enrolment.closed_at = timezone.now()
    enrolment.save()
    assert learner.get(address)["Location"] == "/training/cursus/"
