"""Panels and forms for texts with times: transcripts of episodes, captions of films."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel
from wagtail.admin.panels.base import get_form_for_model

from media.library.timed_text import read_timed_text

MOST_BYTES = 2_000_000


class TranscriptForm(WagtailAdminModelForm):
    """Takes a text typed in, or a file in its place."""

    upload = forms.FileField(
        label=_("file"),
        required=False,
        help_text=_("A WebVTT (.vtt) or SubRip (.srt) file; it takes the place of the text below."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt"}),
    )

    def clean_upload(self) -> str:
        """Return the text of the file; refuse what is no text."""
        file = self.cleaned_data.get("upload")
        if not file:
            return ""
        if file.size > MOST_BYTES:
            raise ValidationError(
                _("This file is longer than any episode or film. Check whether it is the right one.")
            )
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise ValidationError(_("This file is no text. Choose the .vtt or .srt file.")) from error

    def clean(self) -> dict[str, Any]:
        """Read the text; say beside the field what is wrong with it."""
        cleaned: dict[str, Any] = super().clean()
        uploaded = cleaned.get("upload")
        field = "upload" if uploaded else "text"
        text = uploaded or cleaned.get("text") or ""
        if text and not self.errors:
            try:
                read_timed_text(text)
            except ValidationError as error:
                self.add_error(field, error)
            cleaned["text"] = text
        elif not text and not self.errors:
            self.add_error("text", _("Choose a file, or type the text with its times here."))
        return cleaned


class FormInlinePanel(InlinePanel):
    """An inline panel whose rows have a form of their own."""

    def __init__(self, *args: Any, row_form: type[WagtailAdminModelForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_form = row_form

    def clone_kwargs(self) -> dict[str, Any]:
        """Return what a copy of this panel is made with."""
        return {**super().clone_kwargs(), "row_form": self.row_form}

    def get_form_options(self) -> dict[str, Any]:
        """Return Wagtail's options with our form for the rows."""
        options: dict[str, Any] = super().get_form_options()
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields") or []
        options["formsets"][self.relation_name]["form"] = get_form_for_model(
            self.db_field.related_model, form_class=self.row_form, defer_required_on_fields=deferred
        )
        return options
