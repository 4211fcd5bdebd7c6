"""Forms for cohorts, invitations to them, and their meetings."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Role, User
from accounts.models.people import LANGUAGES
from courses.learning import rounds
from courses.learning.actions.cohorts import CohortFacts
from courses.learning.actions.meetings import MeetingFacts
from courses.learning.models import Cohort, Enrolment, Meeting, MeetingKind
from courses.learning.queries.cohorts import courses_to_run
from patientdata.forms import GatedForm, GatedModelForm

DATE = {"type": "date"}


class CohortForm(GatedModelForm):
    """A cohort, made or changed by who looks after it."""

    gated = {"name": "learning.Cohort.name"}
    round = forms.ChoiceField(
        label=_("Round"),
        required=False,
        help_text=_("The practices of this round can be given a place all at once."),
    )

    class Meta:
        model = Cohort
        fields = ("course", "name", "starts_on", "ends_on")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "starts_on": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course: Any = self.fields["course"]
        course.label, course.queryset = _("Training"), courses_to_run()
        course.disabled = bool(self.instance.pk and self.instance.enrolments.exists())
        self._offer_rounds(by)

    def _offer_rounds(self, by: User) -> None:
        offered = [(str(pk), name) for pk, name in rounds.choices_for(by)]
        present = self.instance.round_id
        if present and str(present) not in dict(offered):
            offered.append((str(present), rounds.name_of(present)))
        if not offered:
            del self.fields["round"]
            return
        field: Any = self.fields["round"]
        field.choices = [("", _("none")), *offered]
        field.initial = str(present or "")

    @property
    def facts(self) -> CohortFacts:
        """Return what was filled in, once the form is valid."""
        told = self.cleaned_data
        chosen = told.get("round")
        return CohortFacts(
            course=told["course"],
            name=told["name"],
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            round_id=int(chosen) if chosen else None,
        )


class InviteLearnerForm(forms.Form):
    """One address to invite to a cohort."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=100, required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(Role.POH.value, Role.POH.label), (Role.GP.value, Role.GP.label)],
        initial=Role.POH.value,
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=LANGUAGES, initial="nl", widget=forms.RadioSelect
    )


class MeetingForm(GatedForm):
    """A meeting: what, when, where, for whom, how many seats."""

    gated = {"title": "learning.Meeting.title"}
    kind = forms.ChoiceField(label=_("Kind of meeting"))
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        required=False,
        help_text=_("Stands on the page of the meeting; mails name the kind and the cohort only."),
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(
        label=pgettext_lazy("time of day", "Until"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    video_link = forms.URLField(
        label=_("Video link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https"])],
    )
    capacity = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=30_000,
        required=False,
        help_text=_("Leave empty when everybody fits. When all seats are taken, people wait in line."),
    )
    people = forms.ModelMultipleChoiceField(
        label=_("Only for"),
        queryset=Enrolment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nobody to invite the whole cohort, and whoever joins it later."),
    )

    def __init__(self, *args: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [(kind.value, str(kind.label).capitalize()) for kind in MeetingKind]
        chosen: Any = self.fields["people"]
        if people is None:
            del self.fields["people"]
        else:
            chosen.queryset = people
            chosen.label_from_instance = lambda enrolment: enrolment.user.display_name

    @classmethod
    def showing(cls, meeting: Meeting) -> MeetingForm:
        """Return the form filled with what a meeting is now."""
        starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        same = ("kind", "title", "place", "video_link", "capacity")
        kept = {name: getattr(meeting, name) for name in same}
        return cls(initial={**kept, "day": starts.date(), "starts": starts.time(), "ends": ends.time()})

    def clean(self) -> dict[str, Any]:
        """Check that it ends after it begins and is somewhere."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = told.get("starts"), told.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", ValidationError(_("It must end after it begins.")))
        if "video_link" in told and not told.get("place") and not told["video_link"]:
            self.add_error("place", ValidationError(_("Give a place, or a video link.")))
        return told

    @property
    def facts(self) -> MeetingFacts:
        """Return what was filled in, once the form is valid."""
        told = self.cleaned_data
        kind = MeetingKind(told["kind"])
        return MeetingFacts(
            kind=kind,
            title=told["title"] or str(kind.label).capitalize(),
            starts_at=_moment(told["day"], told["starts"]),
            ends_at=_moment(told["day"], told["ends"]),
            place=told["place"],
            video_link=told["video_link"],
            capacity=told["capacity"],
        )


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))


class RoomCodeForm(forms.Form):
    """The short code that stands on the trainer's screen."""

    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
