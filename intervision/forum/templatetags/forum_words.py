"""Filters for the forum's templates."""

from __future__ import annotations

from django import template

from intervision.forum import words

register = template.Library()
register.filter("moment", words.moment)
