"""What leaders choose when they take learning records out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.learning.models import Cohort


class RecordsForm(forms.Form):
    """Of which group learning records are taken out."""

    cohort = forms.ModelChoiceField(
        label=_("Group"), queryset=Cohort.objects.none(), required=False, empty_label=_("All groups")
    )

    def __init__(self, *args: Any, cohorts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined] # a choice field of models has one
