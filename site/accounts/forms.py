"""Forms of accounts."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import afterwards, scopes
from accounts.consent import ConsentText
from accounts.models import Role, ScopeKind, User
from accounts.models.people import LANGUAGES
from accounts.permissions import PRACTICE_ROLES, SITE, Scope, invitable_roles


class ProfileForm(forms.ModelForm[User]):
    """What a person says about themselves."""

    class Meta:
        model = User
        fields = ("display_name", "work_title", "language")
        widgets = {
            "display_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "work_title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "language": forms.RadioSelect,
        }


class ScopedRoleForm(forms.Form):
    """A role and what it is limited to, from what the person at work may hand out."""

    role = forms.ChoiceField(label=_("Role"))
    scope = forms.ChoiceField(label=_("For"), required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, role.label) for role in invitable_roles(by)]
        beyond = any(Role(value) not in PRACTICE_ROLES for value, _label in roles)
        self.fields["scope"].required = not beyond
        self.fields["scope"].error_messages["required"] = _("Choose the practice that this person works in.")
        first = ("", _("the whole site") if beyond else _("choose a practice"))
        self.fields["role"].choices = roles  # type: ignore[attr-defined] # a ChoiceField, as declared above
        offered = [choice for choice in scopes.choices(by) if beyond or _is_practice(choice[0])]
        self.fields["scope"].choices = [first, *offered]  # type: ignore[attr-defined] # as above

    def clean(self) -> dict[str, Any]:
        """Check that a practice's role names its practice: for the whole site it would open every practice."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        chosen, scope = found.get("role", ""), found.get("scope")
        of_practice = bool(chosen) and Role(chosen) in PRACTICE_ROLES
        if of_practice and scope is not None and not scope.startswith(ScopeKind.PRACTICE):
            self.add_error("scope", ValidationError(_("Choose the practice that this person works in.")))
        return found

    @property
    def chosen_role(self) -> Role:
        """Return the role, once the form is valid."""
        return Role(self.cleaned_data["role"])

    @property
    def chosen_scope(self) -> Scope:
        """Return the scope, once the form is valid."""
        value = self.cleaned_data.get("scope")
        return scopes.parse(value) if value else SITE


def _is_practice(scope: str) -> bool:
    return scope.startswith(f"{ScopeKind.PRACTICE}:")


class InviteForm(ScopedRoleForm):
    """An address to invite, and perhaps what the person begins with once they accept."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    after = forms.ChoiceField(
        label=_("Begins with"),
        required=False,
        help_text=_("After making the account, the person arrives here."),
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=LANGUAGES, initial="nl", widget=forms.RadioSelect
    )
    field_order = ("email", "role", "scope", "after", "language")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        found = afterwards.choices(by)
        self.fields["after"].choices = [("", _("nothing in particular")), *found]  # type: ignore[attr-defined] # a ChoiceField, as declared above
        if not found:
            del self.fields["after"]


class AssignRoleForm(ScopedRoleForm):
    """A role to give, perhaps until a day."""

    until = forms.DateField(
        label=_("Until and including"),
        required=False,
        help_text=_("Leave empty for a role without an end."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_until(self) -> date | None:
        """Refuse a day that has passed."""
        chosen: date | None = self.cleaned_data["until"]
        if chosen and chosen < timezone.localdate():
            raise ValidationError(_("This day has passed."))
        return chosen

    @property
    def chosen_end(self) -> datetime | None:
        """Return the moment at which the role ends, once the form is valid."""
        day = self.cleaned_data["until"]
        return timezone.make_aware(datetime.combine(day, time.max)) if day else None


class AcceptForm(ProfileForm):
    """What somebody tells when they accept an invitation: who they are, and how they will sign in."""

    PASSWORD, PASSKEY = "password", "passkey"
    sign_in_with = forms.ChoiceField(
        label=_("How do you want to sign in?"),
        choices=[
            (PASSWORD, _("With a password")),
            (PASSKEY, _("With a passkey, which you make in the next step")),
        ],
        initial=PASSWORD,
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        max_length=128,
        strip=False,
        help_text=_(
            "At least 12 characters. A short sentence is easy to remember. Not needed with a passkey."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    agree = forms.BooleanField()

    class Meta(ProfileForm.Meta):
        pass

    def __init__(self, *args: Any, terms: ConsentText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agree"].label = terms.agree
        self.fields["agree"].error_messages["required"] = _("Without these agreements you cannot take part.")

    def clean(self) -> dict[str, Any]:
        """Check the password, when that is the chosen way."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("sign_in_with") == self.PASSKEY:
            found["password"] = None
        elif "password" in found:
            self._check_password(found["password"])
        return found

    def _check_password(self, password: str) -> None:
        if not password:
            self.add_error("password", ValidationError(_("Choose a password, or sign in with a passkey.")))
            return
        try:
            validate_password(password, User(display_name=self.cleaned_data.get("display_name", "")))
        except ValidationError as problem:
            self.add_error("password", problem)


class EraseForm(forms.Form):
    """The last question before everything goes."""

    sure = forms.BooleanField(
        label=_("I understand that this cannot be undone"),
        error_messages={"required": _("Tick this box if you want to erase your account.")},
    )


class RecoveryAskForm(forms.Form):
    """The address of somebody who lost their second factor."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
