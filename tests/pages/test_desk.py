"""The editors' desk: writing, review, publishing, where-used, translations."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale, TaskState
from wagtail_localize.models import Translation

from pages.models import ContentPage, MedicalPage
from tests.accounts.factories import UserFactory
from tests.pages.factories import (
    SourceFactory,
    claim,
    content_page,
    medical_index,
    medical_page,
    text,
    translation_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_dutch():
    """Addresses of the desk without prefix, whatever language the last answer was in."""
    with override("nl"):
        yield


@pytest.fixture
def editor(client_for):
    return client_for("editor")


@pytest.fixture
def reviewer(client_for):
    return client_for("medical_reviewer")


@pytest.fixture
def client_for():
    from django.test import Client

    def sign_in(role):
        client = Client()
        client.force_login(UserFactory.create(**{role: True}))
        return client

    return sign_in


def form_of(**fields):
    """Return what the form of a medical page posts."""
    return {
        "title": "Minderen",
        "slug": "minderen",
        "lead": "Rustig aan.",
        "body-count": 1,
        "body-0-deleted": "",
        "body-0-order": 0,
        "body-0-type": "heading",
        "body-0-value": "Stap voor stap",
        "professional-count": 0,
        "review_due": "",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": "",
        **fields,
    }


def rich(words):
    """Return a rich text as the editor's field posts it."""
    block = {
        "key": "a",
        "text": words,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    return json.dumps({"entityMap": {}, "blocks": [block]})


def add_page(client, **fields):
    """Post the form of a new medical page."""
    address = reverse("wagtailadmin_pages:add", args=["pages", "medicalpage", medical_index().pk])
    return client.post(address, form_of(**fields), follow=True)


def test_the_desk_speaks_dutch(editor):
    answer = editor.get(reverse("wagtailadmin_home"))
    assert '<html lang="nl"' in answer.text
    assert "Nog na te kijken" in answer.text


def test_an_editor_writes_submits_and_the_reviewer_publishes(editor, reviewer, client):
    answer = add_page(editor, **{"action-submit": "1"})
    assert answer.status_code == 200
    page = MedicalPage.objects.get(slug="minderen")
    assert not page.live
    assert page.current_workflow_state.workflow.name == "Medische controle"
    assert client.get(page.url or "/medische-informatie/minderen/").status_code == 404

    task = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    reviewer.post(address, {"comment": ""}, follow=True)
    page.refresh_from_db()
    assert page.live
    assert TaskState.objects.get(pk=task.pk).status == TaskState.STATUS_APPROVED
    assert "Nagekeken op" in client.get(page.url).text


def test_an_editor_cannot_publish_alone(editor):
    add_page(editor, **{"action-publish": "1"})
    assert not MedicalPage.objects.filter(live=True).exists()


def test_an_editor_cannot_approve_the_own_page(editor, client_for):
    add_page(editor, **{"action-submit": "1"})
    page = MedicalPage.objects.get(slug="minderen")
    task = page.current_workflow_task_state
    editor.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk]), {"comment": ""}
    )
    page.refresh_from_db()
    assert not page.live


def test_a_new_text_needs_a_new_check(editor, reviewer, client):
    add_page(editor, **{"action-submit": "1"})
    page = MedicalPage.objects.get(slug="minderen")
    task = page.current_workflow_task_state
    reviewer.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk]), {"comment": ""}
    )
    page.refresh_from_db()
    page.lead = "Andere woorden."
    page.save_revision().publish()
    assert "Nog na te kijken door de medisch redacteur" in client.get(page.url).text


@pytest.mark.parametrize(
    ("slug", "refused"), [("zoeken", True), ("mijn", True), ("beheer", True), ("over-trede", False)]
)
def test_an_address_of_the_house_is_refused_with_a_sentence(editor, slug, refused):
    from pages.tree import home

    address = reverse("wagtailadmin_pages:add", args=["pages", "contentpage", home().pk])
    answer = editor.post(address, form_of(slug=slug, title="Iets"), follow=True)
    assert ContentPage.objects.filter(slug=slug).exists() is not refused
    assert ("Dit adres hoort bij een onderdeel van de site zelf" in answer.text) is refused


def test_a_source_shows_where_it_is_used(reviewer):
    source = SourceFactory.create()
    page = medical_page(body=[claim("<p>Een bewering.</p>", source)], title="Pagina met bewering")
    usage = reviewer.get(reverse("wagtailsnippets_pages_source:usage", args=[source.pk]))
    assert "Pagina met bewering" in usage.text
    confirm = reviewer.get(reverse("desk_confirm_source", args=[source.pk]))
    assert page.title in confirm.text


def test_a_reviewer_confirms_a_source_with_a_day_in_the_future(reviewer):
    source = SourceFactory.create()
    address = reverse("desk_confirm_source", args=[source.pk])
    refused = reviewer.post(address, {"review_due": timezone.localdate().isoformat()})
    assert "Kies een dag in de toekomst." in refused.text
    later = (timezone.localdate() + dt.timedelta(days=200)).isoformat()
    reviewer.post(address, {"review_due": later})
    source.refresh_from_db()
    assert source.verified


def test_the_desk_names_what_is_due_and_what_lacks_french(editor):
    SourceFactory.create(title="Oude richtlijn", review_due=dt.date(2020, 1, 1))
    content_page(title="Alleen Nederlands")
    answer = editor.get(reverse("wagtailadmin_home")).text
    assert "Bron “Oude richtlijn” moest voor 1 januari 2020 nagekeken zijn" in answer
    assert "Pagina “Alleen Nederlands” is er niet in het Frans" in answer


def test_publishing_warns_of_a_source_that_is_due(reviewer):
    source = SourceFactory.create(title="Oude richtlijn", review_due=dt.date(2020, 1, 1))
    page = medical_page(body=[claim("<p>Een bewering.</p>", source)])
    body = {
        "body-0-type": "claim",
        "body-0-value-text": rich("Een bewering."),
        "body-0-value-sources-count": 1,
        "body-0-value-sources-0-deleted": "",
        "body-0-value-sources-0-order": 0,
        "body-0-value-sources-0-value-source": source.pk,
        "body-0-value-sources-0-value-where": "",
        "body-0-value-terms-count": 0,
    }
    given = {**form_of(**{"action-publish": "1"}), **body}
    del given["body-0-value"]
    answer = reviewer.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), given, follow=True)
    assert "De bron “Oude richtlijn” moest voor 01-01-2020 nagekeken zijn." in answer.text


def test_a_claim_without_a_source_is_refused(editor):
    add = {
        "body-0-type": "claim",
        "body-0-value-text": rich("Een bewering."),
        "body-0-value-sources-count": 0,
        "body-0-value-terms-count": 0,
    }
    given = {**form_of(**{"action-submit": "1"}), **add}
    del given["body-0-value"]
    address = reverse("wagtailadmin_pages:add", args=["pages", "medicalpage", medical_index().pk])
    answer = editor.post(address, given)
    assert answer.status_code == 200
    assert not MedicalPage.objects.exists()


def test_a_preview_may_be_framed_by_the_desk_only(editor):
    page = content_page(body=[text("<p>Woorden.</p>")])
    page.lead = "Nog niet klaar."
    page.save_revision()
    answer = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert answer.status_code == 200
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def translate(client, page):
    """Submit a page for translation into French by the desk's own form."""
    french = Locale.objects.get(language_code="fr")
    client.post(
        reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
        {"locales": [french.pk], "include_subtree": ""},
        follow=True,
    )
    return Translation.objects.get(source__object_id=page.translation_key, target_locale=french)


def test_a_translation_passes_review_before_anybody_sees_it(editor, reviewer, client):
    page = content_page(title="Over ons", lead="Wij helpen minderen.")
    translation = translate(editor, page)
    segment = translation.source.stringsegment_set.get(string__data="Wij helpen minderen.")
    put = editor.put(
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
        data="value=Nous+aidons+%C3%A0+r%C3%A9duire.",
        content_type="application/x-www-form-urlencoded",
    )
    assert put.status_code == 201
    french = translation.get_target_instance()
    assert not french.live
    with override("nl"):
        assert client.get("/fr/over-ons/").status_code == 404
    assert "nog niet vertaald" in editor.get(reverse("desk_ask_translation", args=[translation.pk])).text

    editor.post(reverse("desk_hand_in_translation", args=[translation.pk]))
    french.refresh_from_db()
    assert not french.live
    task = french.current_workflow_task_state
    reviewer.post(
        reverse("wagtailadmin_pages:workflow_action", args=[french.pk, "approve", task.pk]), {"comment": ""}
    )
    answer = client.get("/fr/over-ons/")
    assert answer.status_code == 200
    assert "Nous aidons à réduire." in answer.text


def test_an_editor_cannot_publish_a_translation(editor):
    page = content_page()
    translation = translate(editor, page)
    french = translation.get_target_instance()
    editor.post(reverse("wagtailadmin_pages:edit", args=[french.pk]), {"action": "publish"})
    french.refresh_from_db()
    assert not french.live


def test_a_translation_sent_back_is_handed_in_again(editor, reviewer):
    page = content_page()
    translation = translate(editor, page)
    editor.post(reverse("desk_hand_in_translation", args=[translation.pk]))
    french = ContentPage.objects.get(locale__language_code="fr")
    task = french.current_workflow_task_state
    reviewer.post(
        reverse("wagtailadmin_pages:workflow_action", args=[french.pk, "reject", task.pk]),
        {"comment": "Nog eens."},
    )
    assert french.current_workflow_state.status == "needs_changes"
    editor.post(reverse("desk_hand_in_translation", args=[translation.pk]))
    assert french.current_workflow_state.status == "in_progress"


def test_somebody_without_the_desk_cannot_hand_in(client_for):
    translation = translation_of(content_page(), by=None)
    answer = client_for("poh").post(reverse("desk_hand_in_translation", args=[translation.pk]))
    assert answer.status_code in {302, 403}
    assert ContentPage.objects.get(locale__language_code="fr").current_workflow_state is None
