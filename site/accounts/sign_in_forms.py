"""allauth's forms that let somebody in, saying that in the house's words when they do not."""

from __future__ import annotations

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as SecondStepAgainForm
from django.utils.translation import gettext_lazy as _

REFUSAL = _("That did not work yet.")


class PasswordForm(LoginForm):
    """Address and password."""

    refusal = REFUSAL


class CodeForm(ConfirmLoginCodeForm):
    """The code from the mail."""

    refusal = REFUSAL


class AgainForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    refusal = REFUSAL


class SecondStepForm(AuthenticateForm):
    """The code of the app, or a recovery code."""

    refusal = REFUSAL


class SecondStepOnceMoreForm(SecondStepAgainForm):
    """The same, before something that matters."""

    refusal = REFUSAL
