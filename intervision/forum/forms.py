"""What people fill in; the rules themselves stand in the actions, so that nothing passes them by another way."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from intervision.forum.guarding import Passage
from intervision.forum.models import TopicKind


class WritingForm(forms.Form):
    """A text for a group. `client_token` makes a text sent twice one post; `confirmed` answers the gate for this text."""

    body = forms.CharField(label=_("Your message"), widget=forms.Textarea, required=False, strip=False)
    client_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    confirmed = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("body", "title"):
            if name in self.fields:
                self.fields[name].validators = []  # the actions say what is wrong, in their own words
        self.passages: list[Passage] = []
        self.preview: SafeString | None = None
        self.saved_words = ""

    @property
    def token(self) -> uuid.UUID | None:
        """Return the token of this sheet of paper."""
        token: uuid.UUID | None = self.cleaned_data.get("client_token")
        return token

    @property
    def fingerprint(self) -> str:
        """Return a short digest of what was typed: a confirmation counts for this text only."""
        typed = "\n".join(str(self.data.get(name, "")) for name in ("title", "body"))
        return hashlib.sha256(typed.encode()).hexdigest()[:32]

    @property
    def is_confirmed(self) -> bool:
        """Say whether the writer answered the gate's questions about exactly this text."""
        return self.cleaned_data.get("confirmed") == self.fingerprint


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
        required=False,
        strip=False,
        help_text=_("What is it about, in a few words? No names, no ages of people."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["kind", "title", "body"]


class EditForm(WritingForm):
    """A change of one's own post."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
