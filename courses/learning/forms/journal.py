"""What somebody types in their journal."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.learning.models import LONGEST_ENTRY
from patientdata.forms import GatedForm


class EntryForm(GatedForm):
    """One entry. `seen_revision` is the revision that the writer had before them; empty for a new one."""

    gated: ClassVar[dict[str, str]] = {"text": "learning.JournalEntry.text"}

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date", "class": "input input--date"}, format="%Y-%m-%d"),
    )
    text = forms.CharField(
        label=_("What do you want to keep?"),
        max_length=LONGEST_ENTRY,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Only you read this. Write nothing that may tell who a patient is."),
    )
    seen_revision = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def clean_day(self) -> dt.date:
        """Refuse a day that is still to come."""
        day: dt.date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return day
