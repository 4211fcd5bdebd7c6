"""One question of the bank."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
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
from courses.exercises.blocks import SHAPES, OptionsBlock, block_counts, option_specs
from courses.exercises.models.previewing import PREVIEW_MODES, previewed
from courses.exercises.scoring import Kind, QuestionSpec, normalised, number_in

INLINE_FEATURES = ["bold", "italic", "link"]


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = Kind.SINGLE.value, _("one right answer")
    MULTIPLE = Kind.MULTIPLE.value, _("several right answers")
    ORDER = Kind.ORDER.value, _("put in order")
    MATCH = Kind.MATCH.value, _("match pairs")
    TEXT = Kind.TEXT.value, _("type a word or two")
    NUMBER = Kind.NUMBER.value, _("type a number")
    HOTSPOT = Kind.HOTSPOT.value, _("point in a picture")
    OPEN = Kind.OPEN.value, _("open question with a model answer")


class Level(models.TextChoices):
    """What a question asks of somebody, after Bloom."""

    REMEMBER = "remember", _("remember")
    UNDERSTAND = "understand", _("understand")
    APPLY = "apply", _("apply")
    ANALYSE = "analyse", _("analyse")
    EVALUATE = "evaluate", _("evaluate or make")


# Kinds whose options people tell apart by their words.
PICKED = {Kind.SINGLE, Kind.MULTIPLE, Kind.ORDER, Kind.MATCH, Kind.HOTSPOT}
# What the options field must hold, in words, for each kind.
SHAPE_WORDS = {
    Kind.SINGLE: _("Give two to eight options."),
    Kind.MULTIPLE: _("Give two to eight options."),
    Kind.ORDER: _("Give two to eight steps, in the right order, and nothing else."),
    Kind.MATCH: _("Give two to eight pairs and nothing else."),
    Kind.TEXT: _("Give at least one accepted form, and forms you foresee if you want; nothing else."),
    Kind.NUMBER: _("Only forms that you foresee fit here; the right number has its own field."),
    Kind.HOTSPOT: _("Give two to eight spots and nothing else."),
    Kind.OPEN: _("Only points to look for fit here; the model answer has its own field."),
}


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
        help_text=_("How somebody answers. It decides which of the fields below count."),
    )
    level = models.CharField(
        _("level"),
        max_length=20,
        choices=Level.choices,
        blank=True,
        help_text=_("What the question asks of somebody. The bank can be filtered on it."),
        default="",
        db_default="",
    )
    theme = models.CharField(
        _("module or theme"),
        max_length=60,
        blank=True,
        db_index=True,
        help_text=_("One or two words, written the same for all questions that belong together."),
        default="",
        db_default="",
    )
    prompt = models.TextField(
        _("question"),
        max_length=600,
        help_text=_("What is asked. Let it start from something that happens in the practice."),
    )
    options = BlocksField(
        OptionsBlock(required=False),
        verbose_name=_("options"),
        blank=True,
        help_text=_("Options, steps, pairs, forms or spots, as fits the kind; each has its own feedback."),
    )
    keep_order = models.BooleanField(
        _("keep the options in this order"),
        default=False,
        db_default=False,
        help_text=_("Otherwise everybody gets them shuffled, each time in another order."),
    )
    number = models.DecimalField(_("right number"), max_digits=14, decimal_places=4, null=True, blank=True)
    tolerance = models.DecimalField(
        _("may differ by"),
        max_digits=14,
        decimal_places=4,
        default=Decimal(0),
        db_default=Decimal(0),
        validators=[MinValueValidator(0)],
        help_text=_("In the same unit. 0 means: exactly this number."),
    )
    unit = models.CharField(
        _("unit"),
        max_length=40,
        blank=True,
        help_text=_("Stands behind the field, for example “%” or “weeks”. People may leave it out."),
        default="",
        db_default="",
    )
    right_feedback = models.TextField(
        _("feedback when it is right"), max_length=600, blank=True, default="", db_default=""
    )
    else_feedback = models.TextField(
        _("feedback for any other answer"),
        max_length=600,
        blank=True,
        help_text=_("For what you did not foresee. Begin with what somebody may have meant."),
        default="",
        db_default="",
    )
    picture = models.ForeignKey(
        "library.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("What is pointed in. Its alternative text must not give the answer away."),
    )
    model_answer = RichTextField(
        _("model answer"),
        blank=True,
        features=[*INLINE_FEATURES, "ul", "ol"],
        help_text=_("Shown once somebody has answered, beside their own words. It is never scored."),
        default="",
        db_default="",
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
        db_default=False,
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
        index.FilterField("level"),
        index.FilterField("theme"),
        index.FilterField("locale_id"),
    ]
    panels = [
        FieldPanel("title"),
        FieldPanel("kind"),
        MultiFieldPanel([FieldPanel("level"), FieldPanel("theme")], heading=_("To find it back")),
        FieldPanel("prompt"),
        FieldPanel("options"),
        FieldPanel("keep_order"),
        MultiFieldPanel(
            [FieldPanel("number"), FieldPanel("tolerance"), FieldPanel("unit")],
            heading=_("Only when a number is typed"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [FieldPanel("right_feedback"), FieldPanel("else_feedback")],
            heading=_("Only when a word or number is typed"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [FieldPanel("picture")], heading=_("Only for pointing in a picture"), classname="collapsed"
        ),
        MultiFieldPanel(
            [FieldPanel("model_answer")], heading=_("Only for an open question"), classname="collapsed"
        ),
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
        kind = Kind(self.kind)
        if not SHAPES[kind].fits(block_counts(self.options)):
            raise ValidationError({"options": SHAPE_WORDS[kind]})
        self._clean_key(kind)
        self._clean_fields(kind)

    def _clean_key(self, kind: Kind) -> None:
        options = option_specs(self.options)
        right = sum(option.right for option in options)
        if kind is Kind.SINGLE and right != 1:
            raise ValidationError({"options": _("Tick exactly one option as right.")})
        if kind in {Kind.MULTIPLE, Kind.HOTSPOT} and right == 0:
            raise ValidationError({"options": _("Tick at least one option as right.")})
        if kind in PICKED and len({" ".join(option.text.split()) for option in options}) < len(options):
            raise ValidationError({"options": _("Two of them say the same: nobody could tell them apart.")})
        forms = {
            right: {normalised(form.text) for form in options if form.right is right}
            for right in (True, False)
        }
        if kind is Kind.TEXT and forms[True] & forms[False]:
            raise ValidationError({"options": _("A form that you foresee is accepted as right already.")})
        if kind is Kind.MATCH and len({option.partner for option in options}) < len(options):
            raise ValidationError(
                {"options": _("Two pairs have the same right half: nobody could tell them apart.")}
            )
        if kind is Kind.NUMBER and any(number_in(option.text, self.unit) is None for option in options):
            raise ValidationError({"options": _("A form that you foresee must be a number here.")})

    def _clean_fields(self, kind: Kind) -> None:
        if kind is Kind.NUMBER and self.number is None:
            raise ValidationError({"number": _("Fill in the right number.")})
        if kind in {Kind.TEXT, Kind.NUMBER} and not self.else_feedback:
            raise ValidationError({"else_feedback": _("Say something to whoever gives another answer.")})
        if kind is Kind.HOTSPOT and self.picture is None:
            raise ValidationError({"picture": _("Choose the picture that is pointed in.")})
        if kind is Kind.OPEN and not self.model_answer:
            raise ValidationError({"model_answer": _("Write a model answer.")})

    def spec(self) -> QuestionSpec:
        """Return the facts of this version, for scoring and showing."""
        return QuestionSpec(
            title=self.title,
            kind=Kind(self.kind),
            prompt=self.prompt,
            options=option_specs(self.options),
            explanation=self.explanation,
            source=self.source.citation if self.source else "",
            source_checked=self.source.verified if self.source else True,
            keep_order=self.keep_order,
            number=self.number,
            tolerance=self.tolerance,
            unit=self.unit,
            right_feedback=self.right_feedback,
            else_feedback=self.else_feedback,
            model_answer=self.model_answer,
            picture_id=self.picture_id,
        )

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return what an editor can look at: everything answered and explained, or as it is asked."""
        return PREVIEW_MODES

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show it as a learner sees it."""
        return "exercises/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Return the questions in order, in the chosen mode."""
        questions = previewed([self], mode_name)
        return {**super().get_preview_context(request, mode_name), "questions": questions}
