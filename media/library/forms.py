"""Wagtail's forms for pictures, documents and sound: they say beside the field what is wrong with a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from media.library.checks import (
    check_document,
    check_name,
    check_nobody_named,
    check_size,
    clean_picture,
    measure_sound,
    refuse_other_content,
)
from media.library.checks.documents import ENDINGS as DOCUMENT_ENDINGS
from media.library.checks.sounds import ENDINGS as SOUND_ENDINGS


class CheckedFile(forms.Form):
    """Checks the name and size of the file that a form receives."""

    instance: models.Model

    def fresh_file(self) -> Any:
        """Return the file that was just sent, its name and size checked; None when the old one stays."""
        file = self.cleaned_data.get("file")
        if not isinstance(file, UploadedFile):
            return None
        refuse_other_content(self.instance)
        check_name(file.name or "")
        check_nobody_named(f"{self.instance._meta.label}.file", file.name or "")
        check_size(file.size or 0)
        return file

    def clean_title(self) -> str:
        """Return the title without marks that turn or hide text."""
        title = str(self.cleaned_data["title"])
        check_name(title.replace("/", " ").replace("\\", " "))
        return title


class PictureForm(CheckedFile, BaseImageForm):
    """A picture: shown upright, without metadata, with alternative text."""

    def clean_file(self) -> Any:
        """Refuse what is no whole picture; the model strips the metadata when it saves."""
        file = self.fresh_file()
        if file is not None:
            clean_picture(file, file.name)
            file.seek(0)
        return self.cleaned_data.get("file")


class DownloadForm(CheckedFile, BaseDocumentForm):
    """A document of a kind we take."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].help_text = _("One of these: %(kinds)s.") % {
                "kinds": ", ".join(sorted(DOCUMENT_ENDINGS))
            }

    def clean_file(self) -> Any:
        """Refuse what is not what its ending says."""
        file = self.fresh_file()
        if file is not None:
            check_document(file, file.name)
            file.seek(0)
        return self.cleaned_data.get("file")


class SoundForm(CheckedFile, BaseMediaForm):
    """A sound file; its length and kind are measured, so nobody types them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].help_text = _(
                "One of these: %(kinds)s. Length and bit rate are read from the file."
            ) % {"kinds": ", ".join(SOUND_ENDINGS)}

    def clean_file(self) -> Any:
        """Refuse what is no whole sound."""
        file = self.fresh_file()
        if file is not None:
            measure_sound(file, file.name)
            file.seek(0)
        return self.cleaned_data.get("file")
