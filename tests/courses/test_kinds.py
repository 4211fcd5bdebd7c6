"""Every kind of question through the screens, without JavaScript: asked, kept, checked, explained."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from courses.catalogue.queries import question_spec
from courses.exercises.models import Question
from courses.learning.models import Answer, Attempt
from courses.learning.queries import exercise_views, outline_of
from tests.accounts.factories import UserFactory
from tests.courses.factories import (
    SHAPED,
    block_of,
    make_course_with,
    make_enrolment,
    make_question_of,
    option,
)

KINDS = ["single", "multiple", "order", "match", "text", "number", "hotspot", "open"]
HTMX = {"HX-Request": "true"}


class Sitting:
    """One learner before one question of some kind."""

    def __init__(self, kind, client_for, **facts):
        self.kind = kind
        self.stored = make_question_of(kind, **facts)
        self.enrolment = make_enrolment(UserFactory.create(poh=True), make_course_with(self.stored))
        self.outline = outline_of(self.enrolment)
        self.item = self.outline.exercises_of(self.outline.lessons[0])[0]
        self.spec = question_spec(self.item)
        self.client = client_for(self.enrolment.user)

    def keys(self, names):
        by_text = {option.text: option.key for option in self.spec.options}
        return [by_text[name] for name in names]

    def form(self, given):
        """What a browser sends when somebody gives this: letters, an order, pairs, or words."""
        if self.kind in {"single", "multiple", "hotspot"}:
            return {"option": self.keys(given)}
        if self.kind == "order":
            return {f"place-{key}": str(place) for place, key in enumerate(self.keys(given), start=1)}
        if self.kind == "match":
            partners = {option.text: option.partner_key for option in self.spec.options}
            return {f"place-{key}": partners[name] for key, name in zip(self.keys("ABC"), given, strict=True)}
        return {"text": given}

    def send(self, given, *, check=True, number=1, headers=None, **more):
        data = {**self.form(given), "number": str(number), **({"check": "1"} if check else {}), **more}
        url = reverse("learning:answer", args=[self.enrolment.pk, self.item.id, self.item.id])
        return self.client.post(url, data, headers=headers or {})

    @property
    def page(self):
        return self.client.get(f"/training/{self.outline.slug}/module/een/")

    @property
    def answer(self):
        return Answer.objects.get()


@pytest.fixture
def sit(client_for, db):
    return lambda kind, **facts: Sitting(kind, client_for, **facts)


@pytest.mark.parametrize(
    ("kind", "given", "outcome", "said"),
    [
        ("single", "B", "right", "Over B."),
        ("single", "A", "wrong", "Over A."),
        ("multiple", "BC", "right", "Over C."),
        ("multiple", "AB", "partly", "Over A."),
        ("order", "ABC", "right", "Over A."),
        ("order", "CBA", "wrong", "Je zette dit op plaats 3."),
        ("match", "ABC", "right", "Over A."),
        ("match", "CBA", "wrong", "bij C"),
        ("text", "Stop-brief", "right", "Precies."),
        ("text", "dreigbrief", "wrong", "Over dreigen."),
        ("text", "folder", "wrong", "Je bedoelt vast iets anders."),
        ("number", "40,2 %", "right", "Precies."),
        ("number", "67", "wrong", "Over 67."),
        ("number", "12", "wrong", "Reken nog eens na."),
        ("hotspot", "B", "right", "Over B."),
        ("hotspot", "C", "wrong", "Over C."),
        ("open", "Ik zou eerst vragen.", "noted", "Mag ik iets vertellen?"),
    ],
)
def test_an_answer_is_checked_and_explained(kind, given, outcome, said, sit):
    here = sit(kind, explanation="<p>Daarom.</p>")
    assert here.send(given).status_code == 302
    assert (here.answer.outcome, here.answer.checked_at is not None) == (outcome, True)
    page = here.page.text
    for words in (said, "Daarom."):
        assert words in page
    assert Attempt.objects.get().handed_in_at is not None


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_the_key_is_on_the_page_before_checking(kind, sit):
    page = sit(kind, explanation="<p>Daarom.</p>").page.text
    for words in ("Over A.", "Over B.", "Precies.", "Daarom.", "Mag ik iets vertellen?", "stopbrief"):
        assert words not in page


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("single", "B"),
        ("multiple", "AB"),
        ("order", "CAB"),
        ("match", "BAC"),
        ("text", "brief"),
        ("number", "4"),
        ("hotspot", "A"),
        ("open", "Ik zou"),
    ],
)
def test_what_is_chosen_is_kept_on_change_and_stands_there_again(kind, given, sit):
    here = sit(kind)
    assert here.send(given, check=False, headers=HTMX).status_code == 200
    assert here.answer.checked_at is None
    page = here.page.text
    if kind in {"single", "multiple", "hotspot"}:
        assert page.count(" checked") == len(given)
    elif kind in {"order", "match"}:
        assert page.count(" selected") == 3
    else:
        assert given in page


@pytest.mark.parametrize(
    ("kind", "form", "words"),
    [
        ("single", {}, "Kies eerst een antwoord"),
        ("order", {"ABC": "12"}, "Nog niet alles heeft een plaats"),
        ("order", {"ABC": "122"}, "dezelfde plaats"),
        ("text", {"text": " "}, "Schrijf eerst je antwoord"),
        ("number", {"text": "veertig"}, "Schrijf hier een getal"),
        ("open", {"text": ""}, "Schrijf eerst je antwoord"),
        ("text", {"text": "x" * 201}, "te lang"),
        ("text", {"text": "\x00"}, "hoort niet bij de vraag"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_does_not_fit_is_refused_beside_the_question_and_nothing_typed_is_lost(
    kind, form, words, headers, sit
):
    here = sit(kind)
    if "ABC" in form:
        form = {f"place-{key}": place for key, place in zip(here.keys("ABC"), form["ABC"], strict=False)}
    data = {**form, "number": "1", "check": "1"}
    url = reverse("learning:answer", args=[here.enrolment.pk, here.item.id, here.item.id])
    answer = here.client.post(url, data, headers=headers)
    assert answer.status_code == 422
    assert words in answer.text
    assert form.get("text", "").strip("\x00 ") in answer.text
    assert here.answer.checked_at is None


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_open_answer_with_a_phone_number_is_not_checked_and_stays_on_the_screen(headers, sit):
    here = sit("open")
    answer = here.send("Bel haar op 06-12345678.", headers=headers)
    assert answer.status_code == 422
    assert "Bel haar op 06-12345678." in answer.text
    assert here.answer.text == ""


def test_while_typing_a_passage_that_may_identify_somebody_is_left_out_of_what_is_kept(sit):
    here = sit("open")
    assert here.send("Bel haar op 06-12345678.", check=False, headers=HTMX).status_code == 200
    assert "06-12345678" not in here.answer.text
    assert here.answer.text.startswith("Bel haar op")


def test_the_order_of_the_options_stays_the_same_for_an_attempt_and_changes_with_the_next(sit):
    here = sit("order")

    def shown():
        view = exercise_views(here.enrolment, here.outline, [here.item])[here.item.block_id]
        return [option.spec.text for option in view.questions[0].asked.options]

    assert shown() == shown() != ["A", "B", "C"]
    here.send("ABC")
    seen = set()
    for number in range(2, 12):
        here.client.post(reverse("learning:again", args=[here.enrolment.pk, here.item.id]))
        seen.add(tuple(shown()))
        here.send("ABC", number=number)
    assert len(seen) > 1
    assert ("A", "B", "C") not in seen


def test_options_that_must_keep_their_order_keep_it(sit):
    here = sit("single", keep_order=True)
    view = exercise_views(here.enrolment, here.outline, [here.item])[here.item.block_id]
    assert [option.spec.text for option in view.questions[0].asked.options] == ["A", "B", "C"]


def test_the_spots_of_a_picture_are_always_there_in_words_and_the_picture_is_kept(sit):
    here = sit("hotspot")
    page = here.page.text
    assert 'alt="Een kaart van de praktijk."' in page
    assert page.count('name="option"') == 3
    with pytest.raises(PermissionDenied):
        here.stored.picture.delete()


@pytest.mark.parametrize("sent", [{"outcome": "right"}, {"score": "100"}, {"right": "1", "passed": "1"}])
def test_a_score_that_the_browser_sends_counts_for_nothing(sent, sit):
    here = sit("single")
    here.send("A", **sent)
    assert here.answer.outcome == "wrong"
    assert Attempt.objects.get().right == 0


# What editors can and cannot make.


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_each_kind_is_previewed_with_its_key(kind, sit):
    question = make_question_of(kind, explanation="<p>Daarom.</p>")
    page = question.make_preview_request()
    text = page.rendered_content if hasattr(page, "rendered_content") else page.content.decode()
    assert page.status_code == 200
    for words in (f"{kind}?", "Daarom."):
        assert words in text


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("order", {"options": SHAPED["order"][:1]}, "options"),
        ("order", {"options": SHAPED["match"]}, "options"),
        ("match", {"options": [*SHAPED["match"], SHAPED["order"][0]]}, "options"),
        (
            "match",
            {"options": [block_of("pair", left=name, right="zelfde", feedback="f") for name in "AB"]},
            "options",
        ),
        ("order", {"options": [SHAPED["order"][0], *SHAPED["order"]]}, "options"),
        ("single", {"options": [option("A", right=True), option(" A ")]}, "options"),
        ("text", {"options": []}, "options"),
        (
            "text",
            {"options": [*SHAPED["text"], block_of("near", text="Stop-brief", feedback="f")]},
            "options",
        ),
        ("text", {"else_feedback": ""}, "else_feedback"),
        ("number", {"number": None}, "number"),
        ("number", {"options": [block_of("near", text="veel", feedback="f")]}, "options"),
        ("number", {"tolerance": -1}, "tolerance"),
        ("hotspot", {"picture": None}, "picture"),
        (
            "hotspot",
            {
                "options": [
                    {**found, "value": {**found["value"], "right": False}} for found in SHAPED["hotspot"]
                ]
            },
            "options",
        ),
        ("open", {"model_answer": ""}, "model_answer"),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused_beside_its_field(kind, change, field, db):
    question = make_question_of(kind)
    for name, value in change.items():
        setattr(question, name, value)
    with pytest.raises(ValidationError) as refused:
        question.full_clean()
    assert field in refused.value.message_dict


def test_a_question_stored_before_there_were_more_kinds_still_works(sit):
    here = sit("single")
    revision = here.stored.latest_revision
    for name in ("number", "tolerance", "unit", "picture", "level", "theme", "model_answer", "keep_order"):
        revision.content.pop(name)
    revision.save()
    spec = revision.as_object().spec()
    assert [option.key for option in spec.options] == [option.key for option in here.spec.options]
    assert Question.objects.get().spec().right_keys == spec.right_keys
