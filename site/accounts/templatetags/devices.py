"""Says in words on what kind of device a session runs."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from accounts.sessions import PHONE, TABLET

register = template.Library()


@register.filter
def device(kept: str) -> str:
    """Return "Firefox on a computer" for `Firefox/computer`."""
    browser, _slash, kind = kept.partition("/")
    facts = {"browser": browser or _("a browser")}
    if kind == PHONE:
        return _("%(browser)s on a phone") % facts
    if kind == TABLET:
        return _("%(browser)s on a tablet") % facts
    return _("%(browser)s on a computer") % facts
