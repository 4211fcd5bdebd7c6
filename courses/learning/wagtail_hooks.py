"""Editors' data of this room: registers of professions and what they grant."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.learning.models import Accreditation, Register


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
