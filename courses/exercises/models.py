"""Questions and quizzes: snippets that lessons choose (decision 2)."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from core.fields import BlocksField
from courses.exercises.blocks import OptionsBlock, QuizBlock, options_of
from courses.exercises.scoring import Kind, OptionSpec, QuestionSpec

INLINE_FEATURES = ["bold", "italic", "link"]


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = Kind.SINGLE.value, _("one right answer")
    MULTIPLE = Kind.MULTIPLE.value, _("several right answers")


class Question(
    WorkflowMixin,
    DraftStateMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """One question of the bank, with feedback for every option."""

    title = models.CharField(
        _("title"),
        max_length=120,
        help_text=_("How you find it back in the bank. Learners do not see it."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=QuestionKind.choices,
        default=QuestionKind.SINGLE,
        help_text=_("With several right answers somebody ticks all that apply."),
    )
    prompt = models.TextField(
        _("question"),
        max_length=600,
        help_text=_("What is asked. Let it start from something that happens in the practice."),
    )
    options = BlocksField(
        OptionsBlock(),
        verbose_name=_("options"),
        help_text=_("Two to eight options; each has its own feedback."),
    )
    explanation = RichTextField(
        _("explanation"),
        blank=True,
        features=INLINE_FEATURES,
        help_text=_("Shown under the options after the answer is checked, whatever was chosen."),
    )
    source = models.ForeignKey(
        "pages.Source",
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("What the key rests on. Every medical claim needs one."),
    )
    worth_repeating = models.BooleanField(
        _("worth repeating"),
        default=False,
        help_text=_(
            "Comes back now and then in the half year after the training day, once its lesson is done. "
            "Questions of a quiz come back anyway."
        ),
    )

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("prompt"),
        index.FilterField("kind"),
        index.FilterField("locale_id"),
    ]
    panels = [
        FieldPanel("title"),
        FieldPanel("kind"),
        FieldPanel("prompt"),
        FieldPanel("options"),
        MultiFieldPanel(
            [FieldPanel("explanation"), FieldPanel("source")], heading=_("After the answer is checked")
        ),
        FieldPanel("worth_repeating"),
        PublishingPanel(),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["title"]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        """Refuse a key that does not fit the kind."""
        super().clean()
        right = sum(1 for _key, _text, is_right, _feedback in options_of(self.options) if is_right)
        if self.kind == QuestionKind.SINGLE and right != 1:
            raise ValidationError({"options": _("Tick exactly one option as right.")})
        if right == 0:
            raise ValidationError({"options": _("Tick at least one option as right.")})

    def spec(self) -> QuestionSpec:
        """Return the facts of this version, for scoring and showing."""
        return QuestionSpec(
            title=self.title,
            kind=Kind(self.kind),
            prompt=self.prompt,
            options=tuple(
                OptionSpec(key or str(uuid.uuid4()), text, right, feedback)
                for key, text, right, feedback in options_of(self.options)
            ),
            explanation=self.explanation,
            source=self.source.citation if self.source else "",
            source_checked=self.source.verified if self.source else True,
        )

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show the question as a learner who has checked an answer sees it."""
        return "exercises/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Return the one question."""
        return {**super().get_preview_context(request, mode_name), "questions": [self.spec()]}


class Quiz(
    WorkflowMixin,
    DraftStateMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """Questions in an order, taken as one."""

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

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.FilterField("locale_id"),
    ]
    panels = [FieldPanel("title"), FieldPanel("intro"), FieldPanel("questions"), PublishingPanel()]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["title"]

    def __str__(self) -> str:
        return str(self.title)

    def question_list(self) -> list[Question]:
        """Return the chosen questions in order; one that was deleted since is left out."""
        return [child.value for child in self.questions if child.value is not None]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show the quiz as a learner who has checked every answer sees it."""
        return "exercises/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Return the questions in order."""
        specs = [question.spec() for question in self.question_list()]
        return {**super().get_preview_context(request, mode_name), "questions": specs}
