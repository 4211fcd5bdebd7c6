"""What is filled in around coaching moments."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.learning.actions import GROUP_MOST, MeetingFacts
from courses.learning.forms.cohorts import MeetingForm
from courses.learning.models import Cohort, MeetingKind
from patientdata.forms import GatedForm


class WishForm(GatedForm):
    """When one's coaching would suit."""

    gated: ClassVar[dict[str, str]] = {"wish": "learning.CoachingMoment.wish"}

    wish = forms.CharField(
        label=_("When does it suit you?"),
        max_length=200,
        required=False,
        help_text=_("For example: Tuesday afternoons, by video. Your trainer reads this."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CoachingMeetingForm(MeetingForm):
    """When and where one coaching meeting is: a meeting without the choices that coaching leaves no room for."""

    gated: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "title", "capacity"):
            self.fields.pop(name)

    @property
    def facts(self) -> MeetingFacts:
        """Return what was filled in, once the form is valid."""
        told, kind = self.cleaned_data, MeetingKind.COACHING
        return MeetingFacts(
            kind=kind,
            title=str(kind.label).capitalize(),
            starts_at=timezone.make_aware(dt.datetime.combine(told["day"], told["starts"])),
            ends_at=timezone.make_aware(dt.datetime.combine(told["day"], told["ends"])),
            place=told["place"],
            video_link=told["video_link"],
            capacity=told.get("places"),
        )

    def clean_day(self) -> dt.date:
        """Refuse a day that is over."""
        day: dt.date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return day


class OfferForm(CoachingMeetingForm):
    """A coaching hour that learners of a cohort choose themselves."""

    cohort = forms.ModelChoiceField(label=_("Cohort"), queryset=Cohort.objects.none())
    places = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=GROUP_MOST,
        initial=1,
        help_text=_("One for a talk between two, up to six for a small group."),
    )
    field_order = ["cohort", "day", "starts", "ends", "place", "video_link", "places"]

    def __init__(self, *args: Any, cohorts: QuerySet[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined]  # a model choice has one


class HeldForm(forms.Form):
    """On which day a coaching moment was held."""

    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_on(self) -> dt.date:
        """Refuse a day that is still to come."""
        day: dt.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return day
