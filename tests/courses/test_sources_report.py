"""Editors find every page with a source to look at, wherever in it the source stands, and are told on publishing."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.groups import set_up, sync_user
from courses.catalogue.models import Case, LessonPage
from pages.actions import verify_source
from pages.citing import citations_of, pages_to_check
from pages.models import Source
from pages.workflow import ensure_workflow
from tests.accounts.factories import UserFactory
from tests.courses.factories import (
    block,
    locale,
    make_course,
    make_lesson,
    make_module,
    make_question,
    make_quiz,
    make_source,
)
from tests.pages.factories import SourceFactory, claim, medical_page

pytestmark = pytest.mark.django_db
PAST = dt.date(2020, 1, 1)


@pytest.fixture
def module():
    return make_module(make_course())


@pytest.fixture
def desk(client_for):
    set_up()
    person = UserFactory.create(medical_reviewer=True)
    sync_user(person)
    return client_for(person)


def in_order(title: str) -> Source:
    """A source that the medical reviewer confirmed and that is due next year."""
    source = make_source(title)
    later = timezone.localdate() + dt.timedelta(days=300)
    return verify_source(source, by=UserFactory.create(medical_reviewer=True), review_due=later) or source


def overdue(title: str = "Oude richtlijn") -> Source:
    source = in_order(title)
    Source.objects.filter(pk=source.pk).update(review_due=PAST)
    source.refresh_from_db()
    return source


def make_case(source: Source, title: str = "Rie") -> Case:
    sources = [block("source", {"source": source.pk, "note": ""})]
    case = Case(title=title, person="Rie, 79", situation="<p>x</p>", sources=sources, locale=locale())
    case.save()
    case.save_revision().publish()
    return case


def in_the_page(source: Source) -> list[dict]:
    return [block("source", {"source": source.pk, "note": ""})]


def in_figures(source: Source) -> list[dict]:
    row = {"label": "a", "value": "4 weken", "percent": None, "source": source.pk, "note": ""}
    return [block("figures", {"title": "Naast elkaar", "intro": "", "rows": [row, row]})]


def in_a_question(source: Source) -> list[dict]:
    return [block("question", make_question("Hoe lang", source=source).pk)]


def in_a_quiz(source: Source) -> list[dict]:
    return [block("quiz", make_quiz(make_question("Hoe lang", source=source)).pk)]


def in_a_case(source: Source) -> list[dict]:
    return [block("case", make_case(source).pk)]


@pytest.mark.parametrize(
    ("where", "held"),
    [
        (in_the_page, ""),
        (in_figures, ""),
        (in_a_question, "Hoe lang"),
        (in_a_quiz, "Hoe lang"),
        (in_a_case, "Rie"),
    ],
)
def test_a_source_is_found_wherever_a_lesson_holds_it(where, held, module):
    source = overdue()
    lesson = make_lesson(module, "een", body=where(source))
    make_lesson(module, "twee", body=in_the_page(in_order("Nieuw")))
    for found in (citations_of(lesson), pages_to_check()[lesson.pk]):
        assert [one.source for one in found] == [source]
        assert (found[0].overdue, found[0].unconfirmed) == (True, False)
        assert [str(one) for one in found[0].through] == ([held] if held else [])
        assert found[0].direct is not bool(held)
    assert set(pages_to_check()) == {lesson.pk}


def test_a_source_whose_facts_changed_since_it_was_confirmed_is_unconfirmed_again(module):
    source = in_order("Richtlijn")
    lesson = make_lesson(module, body=in_a_question(source))
    assert not pages_to_check()
    source.edition = "2027"
    source.save()
    assert pages_to_check()[lesson.pk][0].unconfirmed


def test_the_report_names_page_source_and_question_and_can_be_narrowed(module, desk):
    make_lesson(module, "een", body=in_a_quiz(overdue()), title="Les met oud")
    make_lesson(module, "twee", body=in_a_case(make_source("Nog niet nagekeken")), title="Les met nieuw")
    make_lesson(module, "drie", body=in_the_page(in_order("Goed")), title="Les in orde")
    make_lesson(module, "vier", body=in_the_page(overdue("Oud")), title="Les in concept", live=False)
    address = reverse("desk_sources_report")
    page = desk.get(address).text
    for words in ("Les met oud", "Oude richtlijn", "Hoe lang", "Les met nieuw", "Nog niet nagekeken", "Rie"):
        assert words in page
    assert "Les in orde" not in page
    assert "Les in concept" not in page
    narrowed = desk.get(address, {"matter": "overdue"}).text
    assert "Les met oud" in narrowed
    assert "Les met nieuw" not in narrowed
    assert address in desk.get(reverse("wagtailadmin_home")).text


def test_a_medical_page_past_its_own_day_stands_in_the_report_too(desk):
    source = SourceFactory.create()
    later = timezone.localdate() + dt.timedelta(days=300)
    verify_source(source, by=UserFactory.create(medical_reviewer=True), review_due=later)
    medical_page(body=[claim("<p>Een bewering.</p>", source)], review_due=PAST, title="Oude pagina")
    page = desk.get(reverse("desk_sources_report"), {"matter": "overdue"}).text
    assert "Oude pagina" in page
    assert "1 januari 2020" in page


def test_the_report_is_taken_out_as_a_table(module, desk):
    make_lesson(module, "een", body=in_a_quiz(overdue()), title="Les met oud")
    answer = desk.get(reverse("desk_sources_report"), {"export": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert "Les met oud" in text
    assert "Oude richtlijn (2026) (“Hoe lang”)" in text


def test_the_report_costs_the_same_with_one_and_with_three_pages(
    module, desk, django_assert_num_queries, django_assert_max_num_queries
):
    address = reverse("desk_sources_report")

    def lesson(number: int) -> None:
        source = make_source(f"Bron {number}")
        body = [*in_a_quiz(source), *in_a_question(source), *in_a_case(source), *in_the_page(source)]
        make_lesson(module, f"les-{number}", body=body, title=f"Les {number}")

    lesson(1)
    desk.get(address)
    with django_assert_max_num_queries(40) as one:
        desk.get(address)
    lesson(2)
    lesson(3)
    with django_assert_num_queries(len(one.captured_queries)):
        page = desk.get(address)
    assert "Les 3" in page.text


def publish(desk, lesson: LessonPage, action: dict[str, str] | None = None):
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    form = {"title": lesson.title, "slug": lesson.slug, "lead": "Kort.", "minutes": "10", "body-count": "0"}
    for number, child in enumerate(lesson.body.raw_data):
        form |= {
            "body-count": str(number + 1),
            f"body-{number}-deleted": "",
            f"body-{number}-order": str(number),
            f"body-{number}-type": child["type"],
            f"body-{number}-id": child.get("id") or str(uuid.uuid4()),
            f"body-{number}-value": str(child["value"]),
        }
    rest = {**(action or {"action-publish": "1"}), "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    return desk.post(edit, {**form, **rest})


def test_publishing_a_lesson_warns_of_sources_inside_its_questions(module, desk):
    body = [*in_a_question(overdue()), *in_a_case(make_source("Nieuw"))]
    lesson = make_lesson(module, "een", body=body)
    answer = publish(desk, lesson)
    assert answer.status_code == 302
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "De bron “Oude richtlijn (in: Hoe lang)” moest voor 01-01-2020 nagekeken zijn." in said
    assert sum("“Nieuw (in: Rie)”" in words for words in said) == 1


def test_a_reviewer_whose_approval_publishes_is_warned_too(module, desk):
    ensure_workflow()
    lesson = make_lesson(module, "een", body=in_a_question(overdue()), live=False)
    lesson.save_revision()
    lesson.get_workflow().start(lesson, UserFactory.create(editor=True))
    answer = publish(desk, lesson, {"action-workflow-action": "true", "workflow-action-name": "approve"})
    lesson.refresh_from_db()
    assert lesson.live
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "De bron “Oude richtlijn (in: Hoe lang)” moest voor 01-01-2020 nagekeken zijn." in said


def test_the_form_of_a_lesson_names_its_sources_before_anybody_publishes(module, desk):
    lesson = make_lesson(module, "een", body=in_a_case(make_source("Nog niet nagekeken")))
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).text
    assert "Nog niet nagekeken" in page
    assert reverse("wagtailsnippets_catalogue_case:edit", args=[Case.objects.get().pk]) in page


def test_publishing_a_question_warns_of_its_source(desk):
    question = make_question("Hoe lang", source=overdue())
    edit = reverse(question.snippet_viewset.get_url_name("edit"), args=[question.pk])
    page = desk.get(edit)
    form = page.context["form"]
    posted = {
        name: "" if form[name].value() is None else form[name].value()
        for name in form.fields
        if name not in {"options", "source"}
    }
    posted |= {
        "source": str(question.source_id),
        "options-count": "3",
        "explanation": "null",
        "model_answer": "null",
    }
    for number, child in enumerate(question.options.raw_data):
        prefix = f"options-{number}"
        posted |= {
            f"{prefix}-deleted": "",
            f"{prefix}-order": number,
            f"{prefix}-type": "option",
            f"{prefix}-id": child["id"],
        }
        posted |= {f"{prefix}-value-text": child["value"]["text"], f"{prefix}-value-feedback": "f"}
        posted |= {f"{prefix}-value-right": "on"} if child["value"]["right"] else {}
    answer = desk.post(edit, {**posted, "action-publish": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert any("Oude richtlijn" in str(message) for message in get_messages(answer.wsgi_request))
