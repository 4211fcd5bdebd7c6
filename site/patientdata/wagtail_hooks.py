"""In Wagtail's admin the gate warns after saving and never stops: a clinic's phone number must be publishable."""

from __future__ import annotations

from django.contrib import messages
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail import hooks

from patientdata.editorial import warnings_for


def warn(request: HttpRequest, instance: models.Model) -> None:
    """Tell the editor, once per field, which passages may identify somebody; what was saved stays saved."""
    for warned in warnings_for(instance):
        passages = format_html_join(
            ", ", "<mark>{}</mark>", ((passage.words,) for passage in warned.passages)
        )
        sentence = _("Does this identify a patient? Then take it out. An institution's own data may stay.")
        messages.warning(request, format_html("{}: {}. {}", warned.label, passages, sentence))


for moment in ("after_create_page", "after_edit_page", "after_create_snippet", "after_edit_snippet"):
    hooks.register(moment, warn)
