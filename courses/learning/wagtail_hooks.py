"""The editors' desk of this room: registers and what they grant, and checking a question anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.widgets import Button
from wagtail.admin.widgets.button import ListingButton
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from accounts.models import User
from courses.exercises.models import Question
from courses.learning.models import Accreditation, Register
from courses.learning.permissions import may_regrade


class RegisterViewSet(SnippetViewSet):
    """Registers, with what their numbers look like."""

    model = Register
    icon = "list-ul"
    menu_label = _("Registers")
    list_display = ("name", "profession", "active")
    panels = (
        FieldPanel("name"),
        FieldPanel("profession"),
        MultiFieldPanel(
            [
                FieldPanel("pattern"),
                FieldPanel("format_text"),
                FieldPanel("format_text_fr"),
                FieldPanel("paste_form"),
            ],
            heading=_("Numbers"),
        ),
        FieldPanel("active"),
        FieldPanel("remark"),
    )


class AccreditationViewSet(SnippetViewSet):
    """What registers grant for courses, or were asked to grant."""

    model = Accreditation
    icon = "success"
    menu_label = _("Accreditations")
    list_display = ("__str__", "course", "points", "granted_on", "valid_until")
    list_filter = ("register", "counts_for")
    panels = (
        FieldPanel("register"),
        FieldPanel("course"),
        FieldPanel("counts_for"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("points")]),
        MultiFieldPanel(
            [FieldPanel("accreditation_id"), FieldPanel("granted_on")],
            heading=_("Granted; leave both empty as long as it was not"),
        ),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
    )


class AccreditationGroup(SnippetViewSetGroup):
    """Accreditation points, as editors keep them."""

    items = (RegisterViewSet, AccreditationViewSet)
    menu_icon = "success"
    menu_label = _("Accreditation")
    menu_order = 260


register_snippet(AccreditationGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """Give the checking anew of a question a screen on the desk."""
    return [path("hernakijken/", include("courses.learning.urls_admin"))]


@hooks.register("register_snippet_listing_buttons")
def question_buttons(snippet: Any, user: User, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a question of the bank to the checking anew of its answers."""
    if isinstance(snippet, Question) and may_regrade(user):
        url = reverse("learning_regrade", args=[snippet.pk])
        yield ListingButton(_("Check anew"), url, icon_name="rotate", priority=70)
