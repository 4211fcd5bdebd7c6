"""The typed part of an answer, guarded by the gate."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from patientdata.forms import GatedForm


class AnswerForm(GatedForm):
    """What somebody typed as an answer; the rules of its question are the scoring's."""

    gated: ClassVar[dict[str, str]] = {"text": "learning.Answer.text"}

    text = forms.CharField(required=False, strip=False)
