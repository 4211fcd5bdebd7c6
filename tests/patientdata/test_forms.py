"""What a writer sees when the gate finds something in a form."""

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from patientdata.forms import CONFIRMATION, GatedForm
from patientdata.gate import PatientDataFound, require_clean
from patientdata.policy import Policy, _policies, register


class PostForm(GatedForm):
    gated = {"title": "example.Post.title", "body": "example.Post.body"}
    title = forms.CharField()
    body = forms.CharField(widget=forms.Textarea)


@pytest.fixture(autouse=True)
def fields():
    before = dict(_policies)
    register({"example.Post.title": Policy.BLOCK, "example.Post.body": Policy.BLOCK})
    yield
    _policies.clear()
    _policies.update(before)


def filled(body, *confirmations, prefix=None):
    data = QueryDict(mutable=True)
    lead = f"{prefix}-" if prefix else ""
    data.update({f"{lead}title": "Een vraag", f"{lead}body": body})
    data.setlist(f"{lead}{CONFIRMATION}", list(confirmations))
    return PostForm(data, prefix=prefix)


def tokens(form):
    return [passage.token for passage in form.gate_reports["body"].passages]


def test_a_clean_text_is_valid_and_needs_no_confirmation():
    form = filled("C-07 slaapt beter.")
    assert form.is_valid()
    assert form.gate_confirmed


def test_a_certain_passage_is_marked_and_the_text_stays():
    with translation.override("nl"):
        form = filled("Mw Jansen slaapt beter.")
        assert not form.is_valid()
        html = form.as_div()
    assert '<mark class="found">Mw Jansen</mark> is een naam.' in html
    assert "een vrouw van in de zestig" in html
    assert "Mw Jansen slaapt beter.</textarea>" in html
    assert f'name="{CONFIRMATION}"' not in html


def test_a_certain_passage_cannot_be_confirmed_away():
    token = tokens_of("Mw Jansen slaapt beter.")
    assert not filled("Mw Jansen slaapt beter.", *token).is_valid()


def tokens_of(body):
    form = filled(body)
    form.is_valid()
    return tokens(form)


def test_an_uncertain_passage_asks_with_a_checkbox():
    with translation.override("nl"):
        form = filled("Ze is van 12 maart 1951.")
        assert not form.is_valid()
        html = form.as_div()
    assert 'type="checkbox" name="gate_confirmed"' in html
    assert "is dat een geboortedatum?" in html


def test_the_answer_lets_it_pass_and_the_action_agrees():
    body = "Ze is van 12 maart 1951."
    form = filled(body, *tokens_of(body))
    assert form.is_valid()
    require_clean("example.Post.body", form.cleaned_data["body"], confirmed=form.gate_confirmed)


def test_an_answer_never_covers_other_words():
    earlier = tokens_of("Ze is van 12 maart 1951.")
    form = filled("Ze is van 13 april 1952.", *earlier)
    assert not form.is_valid()
    assert not form.gate_confirmed


def test_a_prefixed_form_asks_and_hears_under_its_prefix():
    form = filled("Ze is van 12 maart 1951.", prefix="reply")
    assert not form.is_valid()
    assert 'name="reply-gate_confirmed"' in form.as_div()
    assert filled("Ze is van 12 maart 1951.", *tokens(form), prefix="reply").is_valid()


def test_what_an_action_refused_is_shown_beside_its_field():
    form = filled("C-07 slaapt beter.")
    assert form.is_valid()
    with pytest.raises(PatientDataFound) as caught:
        require_clean("example.Post.title", "BSN 123456782")
    form.present(caught.value)
    assert list(form.errors) == ["title"]


def test_words_with_markup_are_escaped():
    form = filled("Mw <b>Jansen</b> en mw Jan'sen")
    form.is_valid()
    assert "<b>Jansen" not in form.as_div()
