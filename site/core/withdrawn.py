"""What stood at an address and was withdrawn: the address says so with 410 (decision 10)."""

from __future__ import annotations

from django.http import Http404


class Withdrawn(Http404):
    """Something was public here and is no longer; the page for it says so, with status 410."""
