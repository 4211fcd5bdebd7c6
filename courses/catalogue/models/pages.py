"""The pages that editors write: index, course, module, lesson."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from core.fields import BlocksField
from courses.catalogue import serving
from courses.catalogue.blocks import CourseBlocks, LessonBlocks
from courses.catalogue.models.certificate_rules import CERTIFICATE_PANEL, GivesCertificate
from courses.catalogue.models.opening import Opening, opening_panel
from courses.catalogue.models.previewing import LearnerPreviews, LearnerState
from pages.panels import sources_panel

# The first word after /training/ of our own addresses; a course of that name could never be opened (decision 11).
RESERVED_SLUGS = frozenset(
    {
        "antwoord",
        "bijeenkomsten",
        "correctie",
        "eerder",
        "gedachte",
        "herhalen",
        "inleveren",
        "inschrijven",
        "klaar",
        "nagekeken",
        "oefenen",
        "oefenwerk",
        "opnieuw",
        "plan",
        "stoppen",
        "verder",
    }
)
VISITOR = "visitor"  # how a course is previewed first


class CourseIndexPage(Page):
    """The list of courses, one per language: `/training/`."""

    lead = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("Two sentences: for whom, and what it brings."),
    )

    template = "catalogue/course_index_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["catalogue.CoursePage"]
    max_count_per_parent = 1
    content_panels = [*Page.content_panels, FieldPanel("lead")]
    search_fields = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        verbose_name = _("list of courses")
        verbose_name_plural = _("lists of courses")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Lead to the pinned overview of somebody who follows a course that is published here no longer.

        The marked result tells whoever keeps places that this one holds for one person only.
        """
        try:
            return super().route(request, path_components)
        except Http404:
            found = serving.find("course", request, path_components[0]) if len(path_components) == 1 else None
            if found is None:
                raise
            return RouteResult(found, kwargs={"pinned": True})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the courses that are live."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["courses"] = (
            CoursePage.objects.child_of(self).live().order_by("path").select_related("picture")
        )
        return {**context, **serving.context("index", request, self)}


class CoursePage(LearnerPreviews, GivesCertificate, Page):
    """A course: what anybody may read about it. Publishing it cuts an edition for learners to come."""

    lead = models.TextField(
        _("introduction"),
        max_length=400,
        help_text=_("Two or three sentences: which question of the practice this course answers."),
    )
    picture = models.ForeignKey(
        "library.Picture",
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands beside the title. Give it an alternative text in the picture library."),
    )
    audience = models.CharField(
        _("for whom"),
        max_length=200,
        blank=True,
        help_text=_("For example “Practice nurses (POH) and GPs”."),
    )
    load = models.CharField(
        _("time it takes"),
        max_length=200,
        blank=True,
        help_text=_("In words, for the whole course. The minutes of the lessons are counted by themselves."),
    )
    self_enrolment = models.BooleanField(
        _("people may start by themselves"),
        default=True,
        help_text=_("When off, only somebody who is invited can follow this course."),
    )
    body = BlocksField(
        CourseBlocks(),
        verbose_name=_("about this course"),
        blank=True,
        help_text=_("The list of modules is made by itself from the published lessons."),
    )

    template = "catalogue/course_page.html"
    preview_kind = "course"
    parent_page_types = ["catalogue.CourseIndexPage"]
    subpage_types = ["catalogue.ModulePage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("picture"),
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("load"), FieldPanel("self_enrolment")],
            heading=_("Taking part"),
        ),
        CERTIFICATE_PANEL,
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return the states of a learner; a course is also looked at by visitors, and is open or not as a whole."""
        found = {**dict(super().preview_modes), LearnerState.LOCKED.value: _("somebody who is not invited")}
        return [(VISITOR, _("a visitor")), *found.items()]

    @property
    def default_preview_mode(self) -> str:
        """Return the visitor: most of an overview is written for whoever does not follow the course yet."""
        return VISITOR

    def serve_preview(self, request: HttpRequest, mode_name: str | None) -> HttpResponse:
        """Answer with the draft as that person sees it; a visitor is no learner and so none of the mixin's states."""
        if mode_name in LearnerState.values:
            return super().serve_preview(request, mode_name)
        return serving.preview(self.preview_kind, request, self, VISITOR)

    def clean(self) -> None:
        """Refuse an address that belongs to a screen of ours."""
        super().clean()
        if self.slug in RESERVED_SLUGS:
            words = _("“%(slug)s” is the address of another screen. Choose another one.")
            raise ValidationError({"slug": words % {"slug": self.slug}})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the modules and lessons, and what the person who asks did of them."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **serving.context("course", request, self)}


class ModulePage(LearnerPreviews, Opening, Page):
    """A module: lessons that answer one question of the practice."""

    lead = models.TextField(
        _("the question it answers"),
        max_length=300,
        help_text=_("In the words of somebody in the practice, for example “Why spend time on this?”."),
    )

    for_members = True
    preview_kind = "module"
    parent_page_types = ["catalogue.CoursePage"]
    subpage_types = ["catalogue.LessonPage"]
    content_panels = [*Page.content_panels, FieldPanel("lead"), opening_panel()]
    search_fields = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let the learning room answer: nobody reads an unpinned module."""
        return serving.respond("module", request, self)


class LessonPage(LearnerPreviews, Opening, Page):
    """A lesson of a module."""

    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("How long reading and doing takes together. Twenty at most fits between two patients."),
    )
    lead = models.TextField(
        _("message"),
        max_length=300,
        help_text=_("The one thing that must stay, in one or two sentences."),
    )
    body = BlocksField(
        LessonBlocks(),
        verbose_name=_("lesson"),
        blank=True,
        help_text=_("A source or an explained word stands in the margin of the block above it."),
    )

    for_members = True
    preview_kind = "lesson"
    parent_page_types = ["catalogue.ModulePage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("minutes"),
        FieldPanel("body"),
        sources_panel(),
        opening_panel(),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let the learning room answer: nobody reads an unpinned lesson."""
        return serving.respond("lesson", request, self)
