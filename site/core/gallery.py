"""What the gallery of components shows, and who may see it.

Roles are known above this room: `accounts` says in its `AppConfig.ready` for whom the gallery opens.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

_doors: list[Callable[[Any], bool]] = []


def open_to(door: Callable[[Any], bool]) -> None:
    """Let in the people for whom `door(user)` is true."""
    _doors.append(door)


def may_enter(user: Any) -> bool:
    """Say whether this person may see the gallery."""
    return any(door(user) for door in _doors)


@cache
def samples() -> dict[str, Any]:
    """Return the inputs with which each component is shown."""
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("gallery.yaml").read_text("utf-8"))
    return loaded


@cache
def icon_names() -> list[str]:
    """Return the names of all icons in the sprite, in its order."""
    sprite = Path(settings.BASE_DIR) / "site" / "static" / "icons" / "icons.svg"
    return re.findall(r'<symbol id="([a-z-]+)"', sprite.read_text(encoding="utf-8"))


class SpecimenForm(forms.Form):
    """One field of every kind; nothing is stored."""

    practice = forms.CharField(label=_("Name of the practice"), max_length=80)
    work_address = forms.EmailField(
        label=_("Work address (e-mail)"), help_text=_("We send at most one message a day."), required=False
    )
    sent_on = forms.DateField(
        label=_("Sent on"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("The day of posting.")
    )
    kind = forms.ChoiceField(label=_("Kind of conversation"), choices=[("", "—"), ("first", _("First one"))])
    goal = forms.ChoiceField(
        label=_("Goal"),
        choices=[("stop", _("Stop")), ("reduce", _("Reduce")), ("stable", _("Stable"))],
        widget=forms.RadioSelect(attrs={"class": "segmented"}),
    )
    readers = forms.ChoiceField(
        label=_("Who may read this?"),
        choices=[("me", _("Only me")), ("trainer", _("My trainer"))],
        widget=forms.RadioSelect,
    )
    reminders = forms.MultipleChoiceField(
        label=_("Remind me"),
        choices=[("day", _("A day before")), ("hour", _("An hour before"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    enclosure = forms.FileField(label=_("Enclosure"), required=False)
    agreed = forms.BooleanField(label=_("I wrote no names"), help_text=_("Numbers only, such as C-07."))
