"""A file with people for a cohort."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.models.people import LANGUAGES
from courses.learning.people_files import MOST_BYTES, Refusal

SENTENCES = {
    Refusal.EMPTY: _("There is nobody in this file."),
    Refusal.TOO_LONG: _("This file holds more than 20,000 rows. Split it, and read the parts in one by one."),
    Refusal.OLD_EXCEL: _("This is a file of an old Excel. Save it as .xlsx or as CSV, and try again."),
    Refusal.BROKEN: _("This file cannot be read. Save it as .xlsx or as CSV, and try again."),
    Refusal.NO_ADDRESSES: _("No column with addresses was found. Call it “e-mail” on the first line."),
}


class PeopleListForm(forms.Form):
    """The file, and what everybody in it is invited as."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(
            "CSV or XLSX, at most 5 MB. A column with addresses, and if you like one with names. "
            "Of a workbook the first sheet with addresses is read."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(Role.POH.value, Role.POH.label), (Role.GP.value, Role.GP.label)],
        initial=Role.POH.value,
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=LANGUAGES, initial="nl", widget=forms.RadioSelect
    )

    def clean_file(self) -> bytes:
        """Return the content; a file that is too large is not read."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        if (given.size or 0) > MOST_BYTES:
            raise ValidationError(_("This file is larger than 5 MB."))
        return bytes(given.read())

    def refuse(self, reason: Refusal) -> None:
        """Say beside the field why the file cannot be read."""
        self.add_error("file", SENTENCES[reason])
