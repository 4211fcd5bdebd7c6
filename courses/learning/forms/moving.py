"""From which edition to which, and whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import CourseEdition, CoursePage
from courses.learning.models import Cohort
from courses.learning.queries.moving import editions_with_followers


class EditionField(forms.ModelChoiceField):  # type: ignore[type-arg] # not generic at run time
    """An edition by its number, its day and how many people follow it."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the words in the list."""
        words = _("%(number)s, issued on %(day)s, followed by %(count)s")
        return str(words) % {"number": obj.number, "day": f"{obj.cut_at:%d-%m-%Y}", "count": obj.following}


class MoveForm(forms.Form):
    """Two editions of one course, and perhaps one cohort. `seen` is the word of the dry run that was looked at."""

    before = EditionField(
        label=_("From edition"),
        queryset=CourseEdition.objects.none(),
        empty_label=None,
    )
    after = EditionField(label=_("To edition"), queryset=CourseEdition.objects.none(), empty_label=None)
    cohort = forms.ModelChoiceField(
        label=_("Only this group"),
        queryset=Cohort.objects.none(),
        required=False,
        empty_label=_("everybody"),
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, course: CoursePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editions = editions_with_followers(course)
        newest = editions.first()
        older = next((one for one in editions if one != newest and getattr(one, "following", 0) > 0), None)
        self.fields["before"].queryset = editions  # type: ignore[attr-defined]  # a field of choices
        self.fields["after"].queryset = editions  # type: ignore[attr-defined]  # a field of choices
        self.fields["cohort"].queryset = Cohort.objects.filter(course=course)  # type: ignore[attr-defined]  # a field of choices
        self.fields["before"].initial, self.fields["after"].initial = older, newest

    def clean(self) -> dict[str, Any]:
        """Refuse to move people to where they are."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("before") is not None and cleaned.get("before") == cleaned.get("after"):
            self.add_error("after", _("Choose another edition than the one they follow now."))
        return cleaned
