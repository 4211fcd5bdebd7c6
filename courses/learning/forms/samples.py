"""What is typed, ticked and uploaded around practice samples."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from courses.learning.models import LONGEST_FEEDBACK, LONGEST_SAMPLE, CoachingMoment, Enrolment, SampleKind
from courses.learning.queries import moment_name, open_moments
from courses.learning.recordings import check_recording
from patientdata.forms import GatedForm


class MomentField(forms.ModelChoiceField):  # type: ignore[type-arg] # not generic at run time
    """A choice among coaching moments, by what they are called."""

    def label_from_instance(self, moment: Any) -> str:
        """Return the name of the moment."""
        return moment_name(moment.number)


class SampleForm(GatedForm):
    """A sample to hand in."""

    gated: ClassVar[dict[str, str]] = {
        "title": "learning.PracticeSample.title",
        "question": "learning.PracticeSample.question",
        "text": "learning.PracticeSample.text",
    }

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=SampleKind.choices,
        initial=SampleKind.OWN_TEXT,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("What is it about, in a few words?"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    moment = MomentField(
        label=_("For which coaching moment?"),
        queryset=CoachingMoment.objects.none(),
        required=False,
        empty_label=_("For none in particular"),
    )
    text = forms.CharField(
        label=_("Your sample"),
        max_length=LONGEST_SAMPLE,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "Write down who says what, one turn a line. Invent the patient, or write out what was said when you acted it out with a colleague."
        ),
    )
    question = forms.CharField(
        label=_("What should your trainer look at?"),
        max_length=300,
        required=False,
        help_text=_("One question helps to get feedback that you can use."),
    )
    made_up = forms.BooleanField(
        label=_(
            "This is a simulation or my own invention. It is no recording, transcript or description of a conversation with a patient."
        ),
        error_messages={
            "required": _("Confirm that this is no patient's conversation; otherwise it cannot be handed in.")
        },
    )

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moments = open_moments([enrolment])
        self.fields["moment"].queryset = moments  # type: ignore[attr-defined]  # a model choice has one
        if not moments:
            del self.fields["moment"]


class ReplyForm(GatedForm):
    """A few words about a sample."""

    gated: ClassVar[dict[str, str]] = {"text": "learning.SampleMessage.text"}

    text = forms.CharField(
        label=_("Your message"), max_length=LONGEST_FEEDBACK, widget=forms.Textarea(attrs={"rows": 5})
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)


class FeedbackForm(ReplyForm):
    """A trainer's feedback: words, a recording, or both."""

    text = forms.CharField(
        label=_("Your feedback"),
        max_length=LONGEST_FEEDBACK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What did you hear that works? Which one thing would you try differently?"),
    )
    sound = forms.FileField(
        label=_("Or say it"),
        required=False,
        max_length=200,
        help_text=_(
            "A sound file of at most 5 minutes (MP3, M4A, Ogg, Opus, FLAC or WAV). Say no name of a patient."
        ),
        widget=forms.FileInput(attrs={"accept": "audio/*,.mp3,.m4a,.ogg,.opus,.flac,.wav"}),
    )
    field_order = ["text", "sound", "token"]

    def clean_sound(self) -> UploadedFile[Any] | None:
        """Refuse what is no short whole sound."""
        file: UploadedFile[Any] | None = self.cleaned_data.get("sound")
        if file is not None:
            check_recording(file, file.name or "", file.size or 0)
        return file

    def clean(self) -> dict[str, Any] | None:
        """Ask for words or a recording."""
        cleaned = super().clean()
        if (
            not self.errors
            and not self.cleaned_data.get("text", "").strip()
            and not self.cleaned_data.get("sound")
        ):
            self.add_error("text", _("Write something, or add a recording."))
        return cleaned
