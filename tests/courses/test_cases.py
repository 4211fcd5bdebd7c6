"""Cases: invented patients, kept once, shown where lessons choose them, pinned in every edition."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse

from accounts.groups import set_up, sync_user
from courses.catalogue.models import Case, EditionFile
from courses.catalogue.queries import editions_holding, outline, pinned_lesson
from pages.workflow import ensure_workflow
from tests.accounts.factories import UserFactory
from tests.courses.factories import (
    block,
    locale,
    make_course,
    make_edition,
    make_lesson,
    make_module,
    make_question,
    make_source,
)
from tests.library.factories import make_download, make_film, make_picture, make_sound

pytestmark = pytest.mark.django_db


def make_case(title="Dertig jaar", **facts):
    """A published case with a portrait, one sentence and a source."""
    quote = {"words": "Zonder slaap ik niet.", "moment": "aan de telefoon"}
    source = {"source": make_source().pk, "note": ""}
    case = Case(
        title=title,
        person="Rie, 79 jaar",
        situation="<p>Rie woont alleen.</p>",
        said=[{"type": "quote", "id": str(uuid.uuid4()), "value": quote}],
        sources=[{"type": "source", "id": str(uuid.uuid4()), "value": source}],
        locale=locale(),
        **facts,
    )
    case.save()
    case.save_revision().publish()
    return case


def course_with(*body):
    module = make_module(make_course())
    make_lesson(module, body=list(body))
    return module.get_parent().specific


def html_of(edition):
    found = outline(edition.pk, edition.uuid)
    return "".join(part.html for part in pinned_lesson(found, found.lessons[0]).parts)


def editor(client_for, **role):
    set_up()
    person = UserFactory.create(**role or {"editor": True})
    sync_user(person)
    return client_for(person)


def test_a_lesson_shows_its_case_says_that_it_is_invented_and_names_its_source():
    edition = make_edition(course_with(block("case", make_case().pk)))
    html = html_of(edition)
    for words in ("Dertig jaar", "Rie, 79 jaar", "verzonnen", "Zonder slaap ik niet.", "Richtlijn"):
        assert words in html


def test_the_case_and_its_source_are_pinned_below_the_lesson():
    edition = make_edition(course_with(block("case", make_case().pk)))
    kinds = list(edition.items.order_by("position").values_list("kind", flat=True))
    assert kinds == ["course", "module", "lesson", "case", "source"]


def test_a_case_that_is_changed_later_stays_as_it_was_for_who_follows_it():
    case = make_case()
    edition = make_edition(course_with(block("case", case.pk)))
    case.person, case.said = "Bob, 40 jaar", []
    case.save_revision().publish()
    html = html_of(edition)
    assert "Rie, 79 jaar" in html
    assert "Bob" not in html


@pytest.mark.parametrize("bulk", [False, True])
def test_a_case_that_an_edition_holds_is_not_deleted_and_the_reason_is_told(bulk, client_for):
    case = make_case()
    make_edition(course_with(block("case", case.pk)))
    desk = editor(client_for, medical_reviewer=True)
    address = reverse("wagtailsnippets_catalogue_case:delete", args=[case.pk])
    if bulk:
        address = (
            reverse("wagtail_bulk_action", args=["catalogue", "case", "delete"])
            + f"?id={case.pk}&next=/beheer/"
        )
    answer = desk.post(address, follow=True)
    assert "Een training 1" in answer.text
    assert Case.objects.exists()


def test_an_editor_sees_where_a_case_is_used(client_for):
    case = make_case()
    course_with(block("case", case.pk))
    page = editor(client_for).get(reverse("wagtailsnippets_catalogue_case:usage", args=[case.pk]))
    assert "Les les" in page.text


def test_an_editor_previews_a_case_as_it_stands_in_a_lesson(client_for):
    case = make_case()
    desk = editor(client_for)
    address = reverse("wagtailsnippets_catalogue_case:preview_on_edit", args=[case.pk])
    page = desk.get(reverse("wagtailsnippets_catalogue_case:edit", args=[case.pk]))
    assert page.status_code == 200
    form = {"title": "Veertig jaar", "person": "Rie, 80 jaar", "situation": "null", "portrait": ""}
    streams = {f"{name}-count": "0" for name in ("said", "sources")}
    assert desk.post(address, {**form, **streams}).json()["is_valid"] in {True, False}
    shown = case.make_preview_request(original_request=page.wsgi_request)
    assert "Rie, 79 jaar" in shown.text


@pytest.mark.parametrize("make", [make_case, make_question])
def test_an_editor_hands_a_snippet_to_the_medical_reviewer(make, client_for):
    ensure_workflow()
    snippet = make()
    name = snippet.snippet_viewset.get_url_name("edit")
    page = editor(client_for).get(reverse(name, args=[snippet.pk]))
    assert "Medische controle" in page.text


def test_sound_and_film_bring_their_words_along():
    sound, film = make_sound(), make_film()
    audio = {"title": "Het gesprek", "sound": sound.pk, "text": "<p>Noor: Goedemorgen.</p>", "question": ""}
    video = {"film": film.pk, "question": "Wat hoor je?", "seen": "Rie draait zich weg."}
    html = html_of(make_edition(course_with(block("audio", audio), block("video", video))))
    assert f'<source src="{sound.url}"' in html
    assert "Noor: Goedemorgen." in html
    assert f'<track kind="captions" src="{film.captions.get().url}" srclang="nl"' in html
    assert "Ik heb uw brief gelezen." in html
    assert "Rie draait zich weg." in html


def shown_files():
    """A picture, a document, a sound and a film, each with the block that shows it."""
    picture, document, sound, film = make_picture(), make_download(), make_sound(), make_film()
    image = {"image": picture.pk, "alt_text": "Trap", "decorative": False}
    audio = {"title": "Het gesprek", "sound": sound.pk, "text": "<p>Noor.</p>", "question": ""}
    return [
        (picture, block("picture", {"picture": image, "caption": ""})),
        (document, block("download", {"document": document.pk, "text": ""})),
        (sound, block("audio", audio)),
        (film, block("video", {"film": film.pk, "question": "", "seen": ""})),
    ]


def test_files_that_an_edition_shows_are_written_down_with_it():
    files = shown_files()
    case = make_case(portrait=make_picture(name="rie.png"))
    edition = make_edition(course_with(*(shown for _file, shown in files), block("case", case.pk)))
    assert EditionFile.objects.filter(edition=edition).count() == 5
    assert all(list(editions_holding(file)) == [edition] for file, _shown in files)


def test_a_file_that_an_edition_shows_is_not_deleted_in_any_way():
    files = shown_files()
    make_edition(course_with(*(shown for _file, shown in files)))
    for file, _shown in files:
        with pytest.raises(PermissionDenied, match="Een training 1"):
            file.delete()
        with pytest.raises(ProtectedError), transaction.atomic():
            type(file).objects.filter(pk=file.pk).delete()


@pytest.mark.parametrize(
    ("at", "name"), [(0, "wagtailimages"), (1, "wagtaildocs"), (2, "wagtailmedia"), (3, "film")]
)
def test_the_desk_says_why_a_file_cannot_go(at, name, client_for):
    file, shown = shown_files()[at]
    make_edition(course_with(shown))
    address = "wagtailsnippets_library_film:delete" if name == "film" else f"{name}:delete"
    desk = editor(client_for, medical_reviewer=True)
    answer = desk.post(reverse(address, args=[file.pk]), follow=True)
    assert "Een training 1" in answer.text
    assert type(file).objects.filter(pk=file.pk).exists()


@pytest.mark.parametrize(("at", "name"), [(0, "wagtailimages"), (1, "wagtaildocs"), (2, "wagtailmedia")])
def test_the_desk_deletes_what_nobody_holds(at, name, client_for):
    file, _shown = shown_files()[at]
    editor(client_for, medical_reviewer=True).post(reverse(f"{name}:delete", args=[file.pk]))
    assert not type(file).objects.filter(pk=file.pk).exists()


def test_pictures_are_not_deleted_in_bulk_when_an_edition_shows_one(client_for):
    picture, shown = shown_files()[0]
    make_edition(course_with(shown))
    desk = editor(client_for, medical_reviewer=True)
    address = reverse("wagtail_bulk_action", args=["library", "picture", "delete"])
    answer = desk.post(f"{address}?id={picture.pk}&next=/beheer/", follow=True)
    assert "Een training 1" in answer.text
    assert type(picture).objects.filter(pk=picture.pk).exists()


def test_a_file_that_no_edition_shows_may_go():
    for file, _shown in shown_files():
        file.delete()
    assert not EditionFile.objects.exists()
