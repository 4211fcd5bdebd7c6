"""What a page sends along with a change, beside the answer itself."""

from __future__ import annotations

from uuid import UUID

from django import forms

from courses.learning.actions import Seen, Stamp

MOST = 2**53 - 1  # the greatest whole number that a browser counts to


class StampForm(forms.Form):
    """A change's own id, the page's, its count there, the version it rests on, and for whom the page was made."""

    change = forms.UUIDField()
    writer = forms.UUIDField()
    sequence = forms.IntegerField(min_value=1, max_value=MOST)
    base = forms.IntegerField(min_value=0, max_value=MOST)
    owner = forms.CharField(max_length=64)

    @property
    def stamp(self) -> Stamp:
        """Return the stamp, once the form is valid."""
        given = self.cleaned_data
        return Stamp(given["change"], given["writer"], given["sequence"], given["base"])


class SeenForm(forms.Form):
    """What stood on the screen when somebody pressed a button; nothing when the screen did not say."""

    base = forms.IntegerField(min_value=0, max_value=MOST)
    writer = forms.UUIDField(required=False)

    @property
    def seen(self) -> Seen | None:
        """Return what was seen, None when that was not told."""
        if not self.is_valid():
            return None
        writer: UUID | None = self.cleaned_data["writer"]
        return Seen(self.cleaned_data["base"], writer)
