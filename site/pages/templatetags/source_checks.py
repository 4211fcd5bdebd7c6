"""The sources of the page or snippet that an editor has open."""

from __future__ import annotations

from django import template
from django.db import models

from pages.citing import Citation, citations_of

register = template.Library()


@register.simple_tag
def citations_to_check(thing: models.Model) -> list[Citation]:
    """Return the sources of this page or snippet that are overdue or not confirmed."""
    return citations_of(thing)
