"""Why a question is checked anew."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.learning.models.regrades import LONGEST_REASON
from patientdata.forms import GatedForm


class RegradeForm(GatedForm):
    """The words that learners read, and the dry run that was seen."""

    gated: ClassVar[dict[str, str]] = {"reason": "learning.Regrade.reason"}

    reason = forms.CharField(
        label=_("What was mended, and why"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody whose answer counts differently reads this, in the language of the question."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
