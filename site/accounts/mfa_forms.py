"""allauth's passkey forms in the house's words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 60


def _set_name(form: AddWebAuthnForm | EditWebAuthnForm) -> None:
    name = form.fields["name"]
    name.label = _("Name of this passkey")
    name.help_text = _("So that you know it again: “phone”, “computer at work”.")
    name.max_length = LONGEST_NAME
    name.widget.attrs["maxlength"] = LONGEST_NAME


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey that is enough by itself, unless somebody's key cannot do that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set_name(self)
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label = _("Sign in with it without a password")
        self.fields["passwordless"].help_text = _(
            "Untick this for a security key without fingerprint or PIN; it then serves as a second step."
        )


class EditPasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set_name(self)
