"""What people fill in about their registration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.learning.actions.points import NumberRefusedError, Refusal
from courses.learning.models import Register
from courses.learning.models.accreditation import LONGEST_NUMBER


class NumberForm(forms.Form):
    """One's own number in a register."""

    register = forms.ModelChoiceField(
        label=gettext_lazy("Register"), queryset=Register.objects.none(), empty_label=gettext_lazy("Choose")
    )
    number = forms.CharField(
        label=gettext_lazy("Registration number"),
        max_length=LONGEST_NUMBER + 10,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("As it stands on your proof of registration."),
    )

    def __init__(self, *args: Any, registers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["register"].queryset = registers  # type: ignore[attr-defined] # a choice field of models has one

    def tell(self, refusal: NumberRefusedError) -> None:
        """Say beside the number why it is not taken."""
        register: Register = self.cleaned_data["register"]
        names = {"register": register.name, "format": register.local_format}
        if refusal.reason == Refusal.DOUBLED:
            words = _(
                "Somebody else has entered this number of %(register)s already. Check it digit by digit; "
                "if it is yours all the same, tell your project leader."
            )
            self.add_error("number", words % names)
        elif refusal.reason == Refusal.CLOSED:
            words = _("%(register)s takes no numbers here at the moment.")
            self.add_error("register", words % names)
        else:
            words = _("A number of %(register)s looks different: %(format)s.")
            self.add_error("number", words % names)
