"""Tags and filters known in every template without `load`."""

from django import template

register = template.Library()
