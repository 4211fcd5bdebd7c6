"""What a course asks before it gives a certificate; editors decide, an edition pins it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

MOST_COACHINGS = 12
MOST_SAMPLES = 12


class GivesCertificate(models.Model):
    """The rules of a certificate, kept on the course page and so pinned with every edition.

    Measured skill (%CR, self-coding), how a simulated conversation ends and what patients did are no rules and cannot
    be made rules: the reliable measures are too few, and they guide without gating (curriculum, section 2).
    """

    certificate_given = models.BooleanField(
        _("this course gives a certificate"),
        default=False,
        db_default=False,
        help_text=_("Who already follows the course keeps the rules of the version they started with."),
    )
    certificate_hours = models.DecimalField(
        _("hours on the certificate"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("The whole course: lessons, training day, coaching and intervision."),
    )
    certificate_lessons = models.BooleanField(_("every lesson done"), default=True, db_default=True)
    certificate_training_day = models.BooleanField(
        _("training day attended"), default=False, db_default=False
    )
    certificate_coachings = models.PositiveSmallIntegerField(
        _("coaching moments held, at least"),
        default=0,
        db_default=0,
        validators=[MaxValueValidator(MOST_COACHINGS)],
        help_text=_("Zero asks for none."),
    )
    certificate_samples = models.PositiveSmallIntegerField(
        _("practice samples with a trainer's feedback, at least"),
        default=0,
        db_default=0,
        validators=[MaxValueValidator(MOST_SAMPLES)],
        help_text=_(
            "Handed in and answered by a trainer; how good they are does not count. Zero asks for none."
        ),
    )
    certificate_quizzes = models.BooleanField(
        _("every quiz passed"),
        default=False,
        db_default=False,
        help_text=_("The best attempt counts; people may try again as often as the quiz allows."),
    )
    certificate_pass_mark = models.PositiveSmallIntegerField(
        _("pass mark of a quiz, in per cent"),
        default=0,
        db_default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("For quizzes that have no pass mark of their own. Zero asks that it is handed in."),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a certificate that asks for nothing, for everybody would get it on the first day."""
        super().clean()
        asked = (
            self.certificate_lessons,
            self.certificate_training_day,
            self.certificate_coachings,
            self.certificate_samples,
            self.certificate_quizzes,
        )
        if self.certificate_given and not any(asked):
            words = _("A certificate must ask for something. Tick at least one of the rules below.")
            raise ValidationError({"certificate_given": words})


CERTIFICATE_PANEL = MultiFieldPanel(
    [
        FieldPanel(f"certificate_{name}")
        for name in (
            "given",
            "hours",
            "lessons",
            "training_day",
            "coachings",
            "samples",
            "quizzes",
            "pass_mark",
        )
    ],
    heading=_("Certificate"),
)
