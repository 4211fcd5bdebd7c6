"""Forms of the editors' desk."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput


class ConfirmSourceForm(forms.Form):
    """When the medical reviewer wants to look again."""

    review_due = forms.DateField(
        label=_("Check again before"),
        widget=AdminDateInput(),
        help_text=_("After this day the source shows up as due on the editors' desk."),
    )

    def clean_review_due(self) -> dt.date:
        """Refuse a day that has passed."""
        day: dt.date = self.cleaned_data["review_due"]
        if day <= timezone.localdate():
            raise ValidationError(_("Choose a day in the future."))
        return day
