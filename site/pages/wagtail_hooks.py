"""The editors' desk: sources and glossary, what is still to be checked, translations that pass review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button, ListingButton
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_localize.models import Translation

from accounts.permissions import Permission, can
from pages import desk_views
from pages.citing import citations_of
from pages.desk import ToCheckPanel, words_on_publishing
from pages.models import GlossaryTerm, Source
from pages.reports import SourcesReport


class SourceViewSet(SnippetViewSet):
    """Sources, with what uses them."""

    model = Source
    icon = "link"
    menu_label = gettext_lazy("Sources")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["title", "publisher", "edition", "reviewed_on", "review_due"]
    list_filter = ["kind", "second_hand"]
    search_fields = ["title", "publisher"]


class GlossaryViewSet(SnippetViewSet):
    """Words that explain themselves."""

    model = GlossaryTerm
    icon = "help"
    menu_label = gettext_lazy("Glossary")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["term", "explanation"]
    search_fields = ["term"]


register_snippet(SourceViewSet)
register_snippet(GlossaryViewSet)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """Add the desk's own screens."""
    return [
        path("bronnen/<int:pk>/bevestigen/", desk_views.confirm_source, name="desk_confirm_source"),
        path("rapporten/bronnen/", SourcesReport.as_view(), name="desk_sources_report"),
        path(
            "rapporten/bronnen/rijen/",
            SourcesReport.as_view(results_only=True),
            name="desk_sources_report_results",
        ),
        path("vertalingen/<int:pk>/klaar/", desk_views.ask_translation, name="desk_ask_translation"),
        path(
            "vertalingen/<int:pk>/indienen/", desk_views.hand_in_translation, name="desk_hand_in_translation"
        ),
    ]


@hooks.register("construct_homepage_panels")
def add_to_check_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Show first what is still to be checked."""
    panels.append(ToCheckPanel())


@hooks.register("register_snippet_listing_buttons")
def confirm_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[ListingButton]:
    """Let the medical reviewer confirm a source from the list."""
    if isinstance(snippet, Source) and not snippet.verified and can(user, Permission.REVIEW_MEDICAL):
        yield ListingButton(
            _("Confirm"), reverse("desk_confirm_source", args=[snippet.pk]), icon_name="check", priority=5
        )


def hand_in_button(page: Page, user: Any, *_args: Any, **_kwargs: Any) -> Iterator[Button]:
    """Lead from a translated page to its medical review."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    if translation and page.permissions_for_user(user).can_edit():
        address = reverse("desk_ask_translation", args=[translation.pk])
        yield Button(_("Hand in for medical review"), address, icon_name="check", priority=55)


hooks.register("register_page_header_buttons", hand_in_button)
hooks.register("register_page_listing_more_buttons", hand_in_button)


@hooks.register("after_publish_page")
def warn_of_sources(request: HttpRequest, page: Page) -> None:
    """Say which sources of what was just published, its questions and cases included, need looking at."""
    for words in words_on_publishing(citations_of(page.specific)):
        messages.warning(request, words)


@hooks.register("after_edit_page")
def warn_of_sources_on_approval(request: HttpRequest, page: Page) -> None:
    """Say the same to a reviewer whose approval just published the page from its form."""
    if request.POST.get("workflow-action-name") == "approve":
        found = page.specific_class.objects.get(pk=page.pk)
        if found.live and not found.has_unpublished_changes:
            warn_of_sources(request, found)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def warn_of_sources_of_snippet(request: HttpRequest, instance: models.Model) -> None:
    """Say the same of a question, quiz or case that was just published."""
    if "action-publish" in request.POST:
        for words in words_on_publishing(citations_of(instance)):
            messages.warning(request, words)


class SourcesReportItem(MenuItem):
    """The report of sources to check, for whoever may write or publish pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide the report from whoever has nothing to do with pages."""
        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, SourcesReport.any_permission_required))


@hooks.register("insert_global_admin_css")
def house_colours() -> str:
    """Give the desk the colours of the site that it makes."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/screens/desk.css"))


@hooks.register("register_reports_menu_item")
def sources_report_item() -> MenuItem:
    """Lead to the report of sources to check."""
    return SourcesReportItem(
        _("Sources to check"), reverse("desk_sources_report"), icon_name="link", order=650
    )


@hooks.register("register_icons")
def icons(names: list[str]) -> list[str]:
    """Add the icon for substances."""
    return [*names, "pages/desk/icons/pill.svg"]
