"""What the editors' desk tells: what waits, what is due, what lacks French."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from accounts.permissions import Permission, can
from pages.citing import Citation
from pages.models import MedicalPage, Source

MOST_NAMED = 8  # sources named one by one in a message


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


def words_on_publishing(citations: list[Citation]) -> list[str]:
    """Return what somebody who publishes is told of these sources: each that is overdue, then the unconfirmed ones."""
    due = _("The source “%(source)s” had to be checked before %(day)s.")
    found = [
        due % {"source": _held(one), "day": f"{one.source.review_due:%d-%m-%Y}"}
        for one in citations
        if one.overdue
    ]
    names = [f"“{_held(one)}”" for one in citations if one.unconfirmed]
    if names:
        more = len(names) - MOST_NAMED
        words = ngettext(
            "Readers see that the medical reviewer has not confirmed this source yet: %(names)s.",
            "Readers see that the medical reviewer has not confirmed these sources yet: %(names)s.",
            len(names),
        )
        tail = [ngettext("%(count)s more", "%(count)s more", more) % {"count": more}] if more > 0 else []
        found.append(words % {"names": ", ".join([*names[:MOST_NAMED], *tail])})
    return found


def _held(citation: Citation) -> str:
    """Return the title of a source, with what holds it where that is not the page itself."""
    if citation.direct or not citation.through:
        return str(citation.source.title)
    held = ", ".join(str(one) for one in citation.through)
    return _("%(source)s (in: %(held)s)") % {"source": citation.source.title, "held": held}


class ToCheckPanel(Component):
    """The panel “still to be checked” on the first screen of the desk."""

    order = 240
    template_name = "pages/desk/to_check.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return what needs attention, and whether the reader may confirm sources."""
        request = (parent_context or {})["request"]
        return {"found": to_check(), "may_confirm": can(request.user, Permission.REVIEW_MEDICAL)}
