"""Forms of the practice and of the project leader's desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from patientdata.forms import GatedModelForm
from practices.actions import WeekRefused
from practices.models import MOST_PER_WEEK, Counts, Practice, Round, WeekCount


class WeekForm(forms.Form):
    """What a practice counted in one week; the numbers replace those of that week."""

    letters = forms.IntegerField(label=_("Letters sent"), min_value=0, max_value=MOST_PER_WEEK)
    calls = forms.IntegerField(
        label=_("Calls made"),
        min_value=0,
        max_value=MOST_PER_WEEK,
        help_text=_("After two weeks without an answer."),
    )
    responses = forms.IntegerField(
        label=_("Responses"),
        min_value=0,
        max_value=MOST_PER_WEEK,
        help_text=_("By letter, by phone or at the desk."),
    )
    conversations = forms.IntegerField(label=_("Conversations held"), min_value=0, max_value=MOST_PER_WEEK)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @classmethod
    def showing(cls, row: WeekCount) -> WeekForm:
        """Return the form filled with what stands in this week."""
        return cls(initial={**row.counts, "version": row.version if row.pk else 0})

    @property
    def counts(self) -> dict[str, int]:
        """Return the four numbers typed, by name."""
        return {name: self.cleaned_data[name] for name in Counts.FIELDS}

    def tell(self, refusal: WeekRefused) -> None:
        """Say beside the right field why the numbers cannot be right."""
        field, sentence = _sentence(refusal)
        self.add_error(field, sentence)


def _sentence(refusal: WeekRefused) -> tuple[str | None, str]:
    numbers: dict[str, Any] = refusal.numbers
    if refusal.reason == "more_responses_than_letters":
        return "responses", _answers_sentence(numbers)
    if refusal.reason == "more_conversations_than_letters":
        return "conversations", _answers_sentence(numbers)
    if refusal.reason == "future":
        return None, str(_("This week has not begun yet. Choose an earlier one."))
    if refusal.reason == "before_round":
        return None, str(_("This week lies before the round began."))
    return None, str(_("A number lies between 0 and %(most)s.") % {"most": MOST_PER_WEEK})


def _answers_sentence(numbers: dict[str, Any]) -> str:
    return ngettext(
        "With this, the round would hold %(counted)s to %(letters)s letter. Is a letter missing in this week or an earlier one?",
        "With this, the round would hold %(counted)s to %(letters)s letters. Are letters missing in this week or an earlier one?",
        numbers["letters"],
    ) % {"counted": numbers["counted"], "letters": numbers["letters"]}


class RoundForm(GatedModelForm):
    """A round, made or changed by its leader."""

    gated = {"name": "practices.Round.name"}

    class Meta:
        model = Round
        fields = ("name", "starts_on", "ends_on", "signup_deadline", "letter_target")
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "signup_deadline": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }


class PracticeForm(forms.ModelForm[Practice]):
    """A practice that joins a round; one that is known already is found by name and place."""

    class Meta:
        model = Practice
        fields = ("name", "place")

    def validate_constraints(self) -> None:
        """Leave a known practice be: it may join another round."""
