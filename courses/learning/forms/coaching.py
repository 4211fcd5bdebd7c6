"""What is filled in around coaching moments."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patientdata.forms import GatedForm


class WishForm(GatedForm):
    """When one's coaching would suit."""

    gated: ClassVar[dict[str, str]] = {"wish": "learning.CoachingMoment.wish"}

    wish = forms.CharField(
        label=_("When does it suit you?"),
        max_length=200,
        required=False,
        help_text=_("For example: Tuesday afternoons, by video. Your trainer reads this."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class HeldForm(forms.Form):
    """On which day a coaching moment was held."""

    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_on(self) -> dt.date:
        """Refuse a day that is still to come."""
        day: dt.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return day
