"""Questions of the bank, taken as one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import (
    DraftStateMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from core.fields import BlocksField
from courses.exercises.blocks import QuizBlock
from courses.exercises.models.previewing import PREVIEW_MODES, previewed
from courses.exercises.models.question import Question
from courses.exercises.scoring import QuizRules


class Quiz(
    WorkflowMixin,
    DraftStateMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """Questions in an order, taken as one, with the rules that hold for them."""

    title = models.CharField(
        _("title"), max_length=120, help_text=_("Stands above the questions, for example “Check yourself”.")
    )
    intro = models.TextField(
        _("introduction"),
        blank=True,
        max_length=400,
        help_text=_("One or two sentences: what it is for, and that nothing hangs on it."),
    )
    questions = BlocksField(
        QuizBlock(), verbose_name=_("questions"), help_text=_("Choose from the bank, in order.")
    )
    draw = models.PositiveSmallIntegerField(
        _("number of questions drawn"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Each attempt draws so many of the questions above. Empty: everybody gets all of them."),
    )
    pass_percent = models.PositiveSmallIntegerField(
        _("pass mark, %"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Empty: nobody passes or fails."),
    )
    required_all = models.BooleanField(
        _("all of it must be right"),
        default=False,
        db_default=False,
        help_text=_("For what nobody may get wrong, such as red flags. Trying again stays free."),
    )
    attempts = models.PositiveSmallIntegerField(
        _("number of attempts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("Empty: as often as somebody wants."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("time limit, minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("Empty: no time limit. When the time is up, what is saved is handed in."),
    )

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.FilterField("locale_id"),
    ]
    panels = [
        FieldPanel("title"),
        FieldPanel("intro"),
        FieldPanel("questions"),
        MultiFieldPanel(
            [
                FieldPanel("draw"),
                FieldPanel("pass_percent"),
                FieldPanel("required_all"),
                FieldPanel("attempts"),
                FieldPanel("minutes"),
            ],
            heading=_("Rules"),
        ),
        PublishingPanel(),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["title"]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        """Refuse to draw more questions than there are."""
        super().clean()
        if self.draw is not None and self.draw > len(self.questions):
            raise ValidationError({"draw": _("There are not that many questions to draw from.")})

    @property
    def rules(self) -> QuizRules:
        """Return what holds for this version."""
        return QuizRules(
            draw=self.draw,
            pass_percent=self.pass_percent,
            attempts=self.attempts,
            minutes=self.minutes,
            required_all=self.required_all,
        )

    def question_list(self) -> list[Question]:
        """Return the chosen questions in order; one that was deleted since is left out."""
        return [child.value for child in self.questions if child.value is not None]

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return what an editor can look at: everything answered and explained, or as it is asked."""
        return PREVIEW_MODES

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show it as a learner sees it."""
        return "exercises/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Return the questions in order, in the chosen mode."""
        questions = previewed(self.question_list(), mode_name)
        return {**super().get_preview_context(request, mode_name), "questions": questions}
