"""Figures as people write them."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def figure(value: Decimal | None) -> str:
    """Return a decimal without zeros at its end, in the reader's notation: 2.5000 becomes 2,5."""
    return "" if value is None else str(number_format(f"{value.normalize():f}"))
