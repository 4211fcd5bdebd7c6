"""What people fill in; the rules themselves stand in the actions, so that nothing passes them by another way."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from intervision.forum.guarding import TITLE, FoundIn
from intervision.forum.models import Group, GroupKind, TopicKind
from intervision.forum.queries import participant_by_email
from patientdata.forms import ASK, CONFIRMATION, STOP, GatedModelForm
from patientdata.reports import Report, report


class WritingForm(forms.Form):
    """A text for a group. `client_token` makes a text that is sent twice one post; `version` is the draft's."""

    body = forms.CharField(
        label=_("Your message"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": 8,
                "class": "editor__text",
                "aria-describedby": "who-reads",
                "data-patientdata": CONFIRMATION,
            }
        ),
    )
    client_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("body", "title"):
            if name in self.fields:
                self.fields[name].validators = []  # the actions say what is wrong, in their own words
        self.reports: list[Report] = []
        self.preview: SafeString | None = None
        self.saved_words = ""

    @property
    def token(self) -> uuid.UUID | None:
        """Return the token of this sheet of paper."""
        token: uuid.UUID | None = self.cleaned_data.get("client_token")
        return token

    def show_findings(self, places: list[FoundIn]) -> bool:
        """Show what the gate found beside its fields; say whether it stops the text.

        It does not when every passage is uncertain and the writer answered for each.
        """
        self.reports = [report(place.text, place.findings, self._answers()) for place in places]
        stops = any(found.stops for found in self.reports)
        if stops:
            for place, found in zip(places, self.reports, strict=True):
                name = "title" if place.field == TITLE else "body"
                error = forms.ValidationError(str(STOP if found.certain else ASK), code="patient_data")
                self.add_error(name, error)
        return stops

    def _answers(self) -> list[str]:
        return self.data.getlist(CONFIRMATION) if isinstance(self.data, QueryDict) else []


class ReplyForm(WritingForm):
    """A post in a topic."""


class TopicForm(WritingForm):
    """A new topic."""

    kind = forms.ChoiceField(
        label=_("What kind of topic is it?"),
        choices=TopicKind.choices,
        initial=TopicKind.QUESTION,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("Title"),
        strip=False,
        help_text=_("What is it about, in a few words? No names of patients."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input"}),
    )
    field_order = ["kind", "title", "body"]


class EditForm(WritingForm):
    """A change of one's own post."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class GroupForm(GatedModelForm):
    """What a group is called and what it is for."""

    gated: ClassVar[dict[str, str]] = {"name": "forum.Group.name", "purpose": "forum.Group.purpose"}

    class Meta:
        model = Group
        fields: tuple[str, ...] = ("name", "purpose")
        widgets: ClassVar[dict[str, Any]] = {"purpose": forms.Textarea(attrs={"rows": 2})}


class NewGroupForm(GroupForm):
    """A new group; who may read it is chosen once."""

    class Meta(GroupForm.Meta):
        fields = ("name", "purpose", "kind")
        widgets: ClassVar[dict[str, Any]] = {**GroupForm.Meta.widgets, "kind": forms.RadioSelect}
        help_texts = {
            "kind": _("Choose with care: who may read what people wrote here cannot be changed afterwards.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = GroupKind.choices  # type: ignore[attr-defined] # a ChoiceField: no empty choice
        self.fields["kind"].initial = GroupKind.INTERVISION


class LetInForm(forms.Form):
    """Whom to let into a group, by the address that they sign in with."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Of somebody who takes part in intervision already."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    person: User | None = None

    def clean_email(self) -> str:
        """Find the person; somebody who takes no part cannot be let in."""
        email: str = self.cleaned_data["email"]
        self.person = participant_by_email(email)
        if self.person is None:
            raise forms.ValidationError(
                _("Nobody with this address takes part in intervision. Invite this person first.")
            )
        return email
