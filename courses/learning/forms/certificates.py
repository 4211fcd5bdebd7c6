"""What project leaders fill in about certificates."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.learning.models import RevocationReason
from patientdata.forms import GatedForm


class RevokeForm(GatedForm):
    """Why a certificate is withdrawn."""

    gated: ClassVar[dict[str, str]] = {"note": "learning.Certificate.revocation_note"}

    because = forms.ChoiceField(
        label=_("Why"),
        choices=RevocationReason.choices,
        help_text=_("Anybody who checks the certificate reads this."),
    )
    note = forms.CharField(
        label=_("Note for colleagues"),
        required=False,
        max_length=300,
        help_text=_("Only project leaders and administrators read this."),
    )
