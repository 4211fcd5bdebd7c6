"""The report of pages whose sources need looking at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page

from accounts.permissions import Permission, can
from pages.citing import Citation, pages_to_check
from pages.models import MedicalPage

OVERDUE, UNCONFIRMED = "overdue", "unconfirmed"


def found_for(request: HttpRequest) -> dict[int, list[Citation]]:
    """Return the sources to look at by page, looked for once per request."""
    known: dict[str, Any] = vars(request)
    if "_sources_to_check" not in known:
        known["_sources_to_check"] = pages_to_check()
    found: dict[int, list[Citation]] = known["_sources_to_check"]
    return found


def own_days(today: dt.date | None = None) -> dict[int, dt.date]:
    """Return the day before which a page itself had to be checked again, by page, of those where it is past."""
    due = MedicalPage.objects.live().filter(review_due__lt=today or timezone.localdate())
    return {pk: day for pk, day in due.values_list("pk", "review_due") if day is not None}


class SourcesFilter(WagtailFilterSet):
    """Pages by what is the matter, by kind and by language."""

    matter = django_filters.ChoiceFilter(
        label=gettext_lazy("What is the matter"),
        choices=[
            (OVERDUE, gettext_lazy("past the day of checking")),
            (UNCONFIRMED, gettext_lazy("not confirmed by the medical reviewer")),
        ],
        method="by_matter",
    )

    class Meta:
        model = Page
        fields: ClassVar[list[str]] = ["matter", "content_type", "locale"]

    def by_matter(self, pages: QuerySet[Page], _name: str, value: str) -> QuerySet[Page]:
        """Keep the pages with a source of which this is true."""
        needy = {
            pk for pk, rows in found_for(self.request).items() if any(getattr(one, value) for one in rows)
        }
        own = set(own_days()) if value == OVERDUE else set()
        return pages.filter(pk__in=needy | own)


class SourcesColumn(Column):
    """The sources of a page, each with what is the matter and where it stands."""

    cell_template_name = "pages/desk/sources_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Add whether the reader may confirm sources."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "may_confirm": can(parent_context["request"].user, Permission.REVIEW_MEDICAL)}


class SourcesReport(PageReportView):
    """Published pages of which a source, in the page or in what it chooses, is overdue or not confirmed."""

    results_template_name = "wagtailadmin/reports/base_report_results.html"
    page_title = gettext_lazy("Sources to check")
    header_icon = "link"
    filterset_class = SourcesFilter
    index_url_name = "desk_sources_report"
    index_results_url_name = "desk_sources_report_results"
    any_permission_required: ClassVar[list[str]] = ["add", "change", "publish"]
    default_ordering = "path"
    export_filename = "bronnen"
    columns: ClassVar[list[Column]] = [
        TitleColumn("title", label=gettext_lazy("Page"), url_name="wagtailadmin_pages:edit", width="30%"),
        SourcesColumn("citations", label=gettext_lazy("Sources")),
    ]
    list_export: ClassVar[list[str]] = ["title", "locale", "overdue_text", "unconfirmed_text"]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": gettext_lazy("Page"),
        "locale": gettext_lazy("Language"),
        "overdue_text": gettext_lazy("Past the day of checking"),
        "unconfirmed_text": gettext_lazy("Not confirmed"),
    }

    def get_base_queryset(self) -> QuerySet[Page]:
        """Return the published pages that need looking at, in the order of the tree."""
        wanted = Q(pk__in=found_for(self.request)) | Q(pk__in=own_days())
        pages: QuerySet[Page] = Page.objects.live().filter(wanted)
        return pages.select_related("content_type", "locale")

    def decorate_paginated_queryset(self, pages: Iterable[Any]) -> list[Any]:
        """Give each page its sources, and their words for the spreadsheet."""
        found, days = found_for(self.request), own_days()
        rows = list(pages)
        for page in rows:
            page.citations = found.get(page.pk, [])
            page.own_day = days.get(page.pk)
            overdue = [_line(one) for one in page.citations if one.overdue]
            page.overdue_text = "; ".join([*_own(page.own_day), *overdue])
            page.unconfirmed_text = "; ".join(_line(one) for one in page.citations if one.unconfirmed)
        return rows


def _own(day: dt.date | None) -> list[str]:
    return [_("The page itself, before %(day)s") % {"day": date_format(day, "j F Y")}] if day else []


def _line(citation: Citation) -> str:
    """Return a source and where it stands, in one line."""
    held = ", ".join(f"“{one}”" for one in citation.through)
    return f"{citation.source} ({held})" if held else str(citation.source)
