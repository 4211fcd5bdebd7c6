"""A medical reviewer's safety correction stands above every pinned copy at once, and touches nothing else."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.groups import set_up, sync_user
from core.demo import DemoReport
from core.models import AuditEntry
from courses.catalogue import demo_corrections
from courses.catalogue.actions import (
    NothingToCorrectError,
    cut_edition,
    issue_correction,
    settle_correction,
    withdraw_correction,
)
from courses.catalogue.corrections import targets_from
from courses.catalogue.demo_bank import stable_id
from courses.catalogue.models import LessonPage, SafetyCorrection
from courses.catalogue.pinning import item_key
from courses.exercises.models import Question
from courses.learning.models import Answer, Attempt, Enrolment
from courses.learning.queries import lesson_url
from notifications.models import Notice
from notifications.queries import page_of
from pages.models import Source
from patientdata.kinds import PatientDataFound
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_enrolment, make_small_course
from tests.courses.test_answers import answer

pytestmark = pytest.mark.django_db
TEXT = "Bij verwardheid bel je eerst 112."
TEXTE = "En cas de confusion, appelez d’abord le 112."


@pytest.fixture
def reviewer():
    return UserFactory.create(medical_reviewer=True, display_name="Mia Medisch")


@pytest.fixture
def learner(client_for, enrolment):
    return client_for(enrolment.user)


@pytest.fixture
def address(outline, lesson):
    return lesson_url(outline, lesson)


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """What follows a transaction happens within `with told():`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def issue(*keys, by, text=TEXT):
    return issue_correction(keys=keys, text_nl=text, text_fr=TEXTE, by=by)


def test_it_stands_at_the_top_of_the_lesson_with_day_and_reviewer(learner, lesson, address, reviewer):
    issue(lesson.key, by=reviewer)
    page = learner.get(address).text
    assert page.index(TEXT) < page.index("De boodschap.")
    assert "Mia Medisch" in page
    assert "Veiligheidscorrectie van" in page


def test_it_shows_at_once_although_the_lesson_itself_is_kept_in_memory(learner, lesson, address, reviewer):
    assert TEXT not in learner.get(address).text
    correction = issue(lesson.key, by=reviewer)
    assert TEXT in learner.get(address).text
    withdraw_correction(correction, by=reviewer)
    assert TEXT not in learner.get(address).text


@pytest.mark.parametrize("which", ["question", "quiz"])
def test_at_a_question_it_stands_beside_the_question(which, learner, outline, lesson, address, reviewer):
    exercise = outline.exercises_of(lesson)[0 if which == "question" else 1]
    asked = outline.questions_of(exercise)[-1]
    issue(asked.key, by=reviewer)
    page = learner.get(address).text
    before, after = page.split(TEXT)
    assert "De boodschap." in before
    assert f'id="vraag-{asked.id}"' in after
    assert page.count(TEXT) == 1


@pytest.mark.parametrize("what", ["course", "module", "source"])
def test_bound_to_something_wider_or_beside_it_stands_above_the_lesson(
    what, learner, outline, lesson, address, reviewer
):
    item = next(found for found in outline.items if found.kind == what)
    issue(item.key, by=reviewer)
    page = learner.get(address).text
    assert page.index(TEXT) < page.index("De boodschap.")


def test_every_edition_shows_it_in_the_language_of_its_reader(client_for, enrolment, reviewer):
    course = enrolment.course
    lesson = LessonPage.objects.get(slug="een")
    lesson.lead = "Anders."
    lesson.save_revision().publish()
    cut_edition(course, by=None)
    later = make_enrolment(UserFactory.create(poh=True), course)
    french = make_small_course("cours", language="fr")
    translated = LessonPage.objects.get(slug="een", locale__language_code="fr")
    LessonPage.objects.filter(pk=translated.pk).update(translation_key=lesson.translation_key)
    reader = make_enrolment(UserFactory.create(poh=True, language="fr"), french)
    issue(item_key(lesson), by=reviewer)
    assert enrolment.edition_id != later.edition_id
    assert TEXT in client_for(enrolment.user).get("/training/cursus/module/een/").text
    assert TEXT in client_for(later.user).get("/training/cursus/module/een/").text
    assert TEXTE in client_for(reader.user).get("/fr/training/cours/module/een/").text


def test_who_follows_it_is_told_and_who_does_not_is_not(enrolment, lesson, reviewer, told):
    other = make_enrolment(UserFactory.create(poh=True), make_small_course("ander"))
    with told():
        correction = issue(lesson.key, by=reviewer)
    assert list(Notice.objects.values_list("recipient", "object_id")) == [(enrolment.user_id, correction.pk)]
    (line,) = page_of(enrolment.user).lines
    assert "Een training" in line.sentence
    assert TEXT not in line.sentence
    assert not page_of(other.user).lines


def test_its_notice_leads_to_a_page_with_the_lessons_and_is_read_then(
    learner, enrolment, lesson, address, reviewer, told
):
    with told():
        issue(lesson.key, by=reviewer)
    notice = Notice.objects.get()
    page = learner.get(notice.path)
    assert TEXT in page.text
    assert f'href="{address}"' in page.text
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_answers_attempts_and_scores_stay_as_they_are(enrolment, lesson, question, reviewer):
    answer(enrolment, question, question, "B")
    before = [list(model.objects.values()) for model in (Answer, Attempt, Enrolment)]
    withdraw_correction(issue(question.key, lesson.key, by=reviewer), by=reviewer)
    assert [list(model.objects.values()) for model in (Answer, Attempt, Enrolment)] == before


def test_issuing_and_withdrawing_are_logged_without_the_words(lesson, reviewer):
    correction = issue(lesson.key, by=reviewer)
    withdraw_correction(correction, by=reviewer)
    withdraw_correction(correction, by=reviewer)
    entries = AuditEntry.objects.filter(action__startswith="catalogue.correction").order_by("pk")
    names = [entry.action for entry in entries]
    assert names == ["catalogue.correction_issued", "catalogue.correction_withdrawn"]
    assert TEXT not in str(entries[0].after)


def test_who_was_told_hears_that_it_was_withdrawn(learner, lesson, reviewer, told):
    with told():
        correction = issue(lesson.key, by=reviewer)
        withdraw_correction(correction, by=reviewer)
    assert Notice.objects.count() == 2
    assert "ingetrokken" in learner.get(reverse("learning:correction", args=[correction.pk])).text


@pytest.mark.parametrize("role", ["poh", "trainer", "editor", "project_leader", "administrator"])
def test_only_a_medical_reviewer_issues_or_withdraws_one(role, lesson, reviewer):
    other = UserFactory.create(**{role: True})
    with pytest.raises(PermissionDenied):
        issue(lesson.key, by=other)
    correction = issue(lesson.key, by=reviewer)
    with pytest.raises(PermissionDenied):
        withdraw_correction(correction, by=other)
    with pytest.raises(PermissionDenied):
        settle_correction(correction, Enrolment.objects.get().edition, by=other)


def test_what_no_edition_holds_cannot_be_corrected(reviewer, enrolment):
    with pytest.raises(NothingToCorrectError):
        issue("exercises.question:nergens", by=reviewer)


def test_words_that_may_tell_who_a_patient_is_are_refused(lesson, reviewer):
    with pytest.raises(PatientDataFound):
        issue(lesson.key, by=reviewer, text="Bel mevrouw op 06-12345678.")
    assert not SafetyCorrection.objects.exists()


def test_from_the_edition_in_which_the_text_is_right_it_shows_no_longer(
    client_for, enrolment, lesson, reviewer
):
    correction = issue(lesson.key, by=reviewer)
    with pytest.raises(NothingToCorrectError):
        settle_correction(correction, enrolment.edition, by=reviewer)
    page = LessonPage.objects.get(slug="een")
    page.lead = "Bel bij verwardheid 112."
    page.save_revision().publish()
    settle_correction(correction, cut_edition(enrolment.course, by=None).edition, by=reviewer)
    later = make_enrolment(UserFactory.create(poh=True), enrolment.course)
    assert TEXT in client_for(enrolment.user).get("/training/cursus/module/een/").text
    assert TEXT not in client_for(later.user).get("/training/cursus/module/een/").text


def test_a_lesson_offers_all_it_shows_and_a_module_its_lessons(outline, lesson):
    kinds = [target.depth for target in targets_from(lesson.key)]
    assert kinds == [0, 1, 1, 1, 2, 2]
    assert [target.title for target in targets_from(outline.modules[0].key)] == [
        "Een module",
        "Les een",
        "Les 1",
        "Les 2",
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_lesson_costs_the_same_queries_however_many_corrections_stand_above_it(
    rows, learner, lesson, address, reviewer, django_assert_num_queries
):
    learner.get(address)
    for _each in range(rows):
        issue(lesson.key, by=reviewer)
    learner.get(address)
    with django_assert_num_queries(9):
        learner.get(address)


@pytest.fixture
def desk(client_for, reviewer, enrolment):
    set_up()
    sync_user(reviewer)
    return client_for(reviewer)


@pytest.mark.parametrize("kind", ["lesson", "question", "source"])
def test_the_desk_leads_from_a_thing_to_its_correction(kind, desk, enrolment):
    thing = {
        "lesson": LessonPage.objects.get(slug="een"),
        "question": Question.objects.get(title="Vraag 0"),
        "source": Source.objects.get(),
    }[kind]
    form = reverse("catalogue_correct", args=[item_key(thing)])
    if kind == "lesson":
        listed = reverse("wagtailadmin_pages:edit", args=[thing.pk])
    else:
        listed = reverse(thing.snippet_viewset.get_url_name("list"))
    assert form in desk.get(listed).text
    sent = {"keys": [item_key(thing)], "text_nl": TEXT, "text_fr": TEXTE}
    page = desk.post(form, sent, follow=True)
    assert TEXT in page.text
    assert "1 persoon" in page.text
    assert SafetyCorrection.objects.get().items.get().key == item_key(thing)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text_nl": ""}, "verplicht"),
        ({"keys": []}, "Vink minstens één plek aan."),
        ({"keys": ["onzin"]}, "onzin"),
        ({"text_nl": "Bel haar op 06-12345678."}, "06-12345678"),
    ],
)
def test_a_form_that_does_not_fit_comes_back_with_the_reason_and_what_was_typed(sent, words, desk, lesson):
    data = {"keys": [lesson.key], "text_nl": TEXT, "text_fr": TEXTE, **sent}
    answer = desk.post(reverse("catalogue_correct", args=[lesson.key]), data)
    assert answer.status_code == 422
    assert words in answer.text
    assert TEXTE.replace("’", "’") in answer.text
    assert not SafetyCorrection.objects.exists()


def test_the_list_and_the_withdrawal_on_the_desk(desk, lesson, reviewer):
    correction = issue(lesson.key, by=reviewer)
    assert "Les een" in desk.get(reverse("catalogue_corrections")).text
    page = desk.post(reverse("catalogue_withdraw", args=[correction.pk]), follow=True)
    assert "Ingetrokken op" in page.text
    correction.refresh_from_db()
    assert correction.withdrawn_by == reviewer


def test_the_demo_issues_its_correction_once_and_waits_until_an_edition_holds_what_it_is_about():
    UserFactory.create(email="medisch@demo.test", medical_reviewer=True)
    demo_corrections.load(DemoReport())
    assert not SafetyCorrection.objects.exists()
    place = stable_id("page", "course/motiverend-aan-de-slag/wat-ze-doen-en-ontwenning/rode-vlaggen")
    course = make_small_course()
    LessonPage.objects.filter(slug="een").update(translation_key=place)
    cut_edition(course, by=None)
    demo_corrections.load(report := DemoReport())
    demo_corrections.load(DemoReport())
    assert len(report.made) == 1
    assert SafetyCorrection.objects.get().items.get().key == str(place)
