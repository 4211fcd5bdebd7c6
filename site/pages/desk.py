"""What the editors' desk tells: what waits, what is due, what lacks French."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.fields import StreamField
from wagtail.models import Page

from accounts.permissions import Permission, can
from pages.models import MedicalPage, Source


@dataclass(frozen=True)
class ToCheck:
    """Everything that the desk lists as still to be checked."""

    overdue_sources: list[Source]
    unconfirmed: int
    due_pages: list[MedicalPage]
    untranslated: list[Page]


def to_check(today: dt.date | None = None) -> ToCheck:
    """Return what needs somebody's attention; five queries."""
    today = today or timezone.localdate()
    french = Page.objects.filter(translation_key=OuterRef("translation_key"), locale__language_code="fr")
    return ToCheck(
        overdue_sources=list(Source.objects.filter(review_due__lt=today).order_by("review_due")[:20]),
        unconfirmed=Source.objects.filter(verified_at=None).count(),
        due_pages=list(MedicalPage.objects.live().filter(review_due__lt=today).order_by("review_due")[:20]),
        untranslated=list(
            Page.objects.live()
            .filter(~Q(Exists(french)), depth__gt=2, locale__language_code="nl")
            .order_by("path")[:20]
        ),
    )


def overdue_sources_of(page: Page, today: dt.date | None = None) -> list[Source]:
    """Return the sources that this page uses and that should have been checked again by now."""
    today = today or timezone.localdate()
    return [source for source in sources_of(page) if source.overdue(today)]


def sources_of(page: Page) -> list[Source]:
    """Return the sources that stand in the page's blocks, read from the blocks themselves."""
    streams = [field for field in page._meta.get_fields() if isinstance(field, StreamField)]
    used = {
        target
        for field in streams
        for model, target, *_path in field.extract_references(field.value_from_object(page))
        if model is Source
    }
    return list(Source.objects.filter(pk__in=used))


class ToCheckPanel(Component):
    """The panel “still to be checked” on the first screen of the desk."""

    order = 120
    template_name = "pages/desk/to_check.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return what needs attention, and whether the reader may confirm sources."""
        request = (parent_context or {})["request"]
        return {"found": to_check(), "may_confirm": can(request.user, Permission.REVIEW_MEDICAL)}
