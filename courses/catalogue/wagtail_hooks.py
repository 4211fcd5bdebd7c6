"""The editors' desk for courses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button, HeaderButton
from wagtail.admin.widgets.button import ListingButton
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from accounts.models import User
from courses.catalogue.models import Case, CoursePage, LessonPage, ModulePage
from courses.catalogue.permissions import may_correct
from courses.catalogue.pinning import KINDS, item_key
from courses.catalogue.queries import editions_holding


class CaseViewSet(SnippetViewSet):
    """Invented patients, with what uses them."""

    model = Case
    icon = "user"
    menu_label = gettext_lazy("Cases")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["title", "person", "locale"]
    search_fields = ["title", "person"]


register_snippet(CaseViewSet)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """Give the editions of a course a screen on the desk."""
    return [path("training/", include("courses.catalogue.urls_admin"))]


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a course, module or lesson to the editions of its course."""
    if not isinstance(page, CoursePage | ModulePage | LessonPage) or page.pk is None:
        return
    course = CoursePage.objects.ancestor_of(page, inclusive=True).first()
    if course is not None:
        yield HeaderButton(
            label=_("Editions"), url=reverse("catalogue_editions", args=[course.pk]), icon_name="history"
        )
        if may_correct(user):
            yield HeaderButton(label=_("Safety correction"), url=_correct_url(page), icon_name="warning")


def _correct_url(thing: Any) -> str:
    return reverse("catalogue_correct", args=[item_key(thing)])


@hooks.register("register_snippet_listing_buttons")
def snippet_buttons(snippet: Any, user: User, next_url: str | None = None) -> Iterator[Button]:
    """Let the medical reviewer correct a question, case or source in every edition that holds it."""
    if type(snippet) in KINDS and may_correct(user):
        yield ListingButton(_("Safety correction"), _correct_url(snippet), icon_name="warning", priority=60)


@hooks.register("register_admin_menu_item")
def corrections_item() -> MenuItem:
    """Lead to the list of safety corrections."""
    return MenuItem(_("Safety corrections"), reverse("catalogue_corrections"), icon_name="warning", order=270)


@hooks.register("after_publish_page")
def say_what_follows(request: HttpRequest, page: Page) -> None:
    """Tell somebody who published a lesson that learners see it with the next edition."""
    if isinstance(page, ModulePage | LessonPage):
        course = CoursePage.objects.ancestor_of(page).first()
        if course is not None:
            messages.info(
                request,
                _(
                    "People who already follow “%(course)s” keep what they started with. People who start later see "
                    "this once you issue a new edition: choose Editions at the top, or publish the course page."
                )
                % {"course": course.title},
            )


@hooks.register("before_delete_page")
def keep_pinned_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse, in words, to delete a page that an edition holds."""
    return _refuse_pinned(request, [page], redirect("wagtailadmin_explore", page.get_parent().pk))


@hooks.register("before_delete_snippet")
def keep_pinned_snippet(request: HttpRequest, instances: Iterable[models.Model]) -> HttpResponse | None:
    """Refuse, in words, to delete a question, quiz or source that an edition holds."""
    found = list(instances)
    target = reverse(found[0].snippet_viewset.get_url_name("list")) if found else ""  # type: ignore[attr-defined] # given by Wagtail on registering
    return _refuse_pinned(request, found, redirect(target) if target else None)


@hooks.register("before_bulk_action")
def keep_pinned_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[models.Model], action: Any
) -> HttpResponse | None:
    """Refuse, in words, to delete several things at once of which an edition holds one."""
    if action_type != "delete" or request.method != "POST":
        return None
    return _refuse_pinned(request, list(objects), redirect(action.next_url))


def _refuse_pinned(
    request: HttpRequest, things: list[Any], answer: HttpResponse | None
) -> HttpResponse | None:
    for thing in things:
        editions = list(editions_holding(thing).order_by("title", "number"))
        if editions:
            messages.error(
                request,
                _(
                    "“%(thing)s” cannot be deleted: people follow it in %(editions)s. "
                    "Unpublish it instead; new editions then leave it out."
                )
                % {"thing": thing, "editions": ", ".join(str(edition) for edition in editions[:5])},
            )
            return answer
    return None
