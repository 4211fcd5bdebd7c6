"""What every template may count on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the name and address of the site, and whether it shows invented people only."""
    return {
        "SITE_NAME": settings.WAGTAIL_SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "SHOWS_DEMO": settings.DEMO_ALLOWED,
    }
