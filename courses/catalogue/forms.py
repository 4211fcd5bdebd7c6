"""What the editors' desk types about editions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.catalogue.corrections import Target
from courses.catalogue.models.corrections import LONGEST_CORRECTION
from patientdata.forms import GatedForm


class CorrectionForm(GatedForm):
    """The words of a safety correction and what it is bound to."""

    gated: ClassVar[dict[str, str]] = {
        "text_nl": "catalogue.SafetyCorrection.text_nl",
        "text_fr": "catalogue.SafetyCorrection.text_fr",
    }

    keys = forms.MultipleChoiceField(
        label=_("Where it shows"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "At a question it stands beside the question; at everything else at the top of the lesson."
        ),
        error_messages={"required": _("Tick at least one place.")},
    )
    text_nl = forms.CharField(
        label=_("Text in Dutch"),
        max_length=LONGEST_CORRECTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What stood there, what is right, and what somebody who read it before should do now."),
    )
    text_fr = forms.CharField(
        label=_("Text in French"),
        max_length=LONGEST_CORRECTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The same in French; who follows the French edition reads it at the same moment."),
    )

    def __init__(self, *args: Any, targets: Sequence[Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(target.key, f"{'– ' * target.depth}{target.title} ({target.kind})") for target in targets]
        self.fields["keys"].choices = choices  # type: ignore[attr-defined]  # a field of choices
        self.fields["keys"].initial = [target.key for target in targets[:1]]
