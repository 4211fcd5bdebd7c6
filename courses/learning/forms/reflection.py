"""What learners type."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from patientdata.forms import GatedForm


class ReflectionForm(GatedForm):
    """What somebody writes for themselves."""

    gated: ClassVar[dict[str, str]] = {"text": "learning.Reflection.text"}

    text = forms.CharField(
        label=_("Your thought"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
