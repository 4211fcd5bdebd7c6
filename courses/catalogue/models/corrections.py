"""Safety corrections: what a medical reviewer lets everybody read at once, whichever edition they follow."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_CORRECTION = 1200


class SafetyCorrection(models.Model):
    """Words that stand above every pinned copy of the things it is bound to, until it is withdrawn.

    Its words never change: a better one is a new correction. It touches no answer and no score. `settled_in` holds
    editions from which on, in their course, the text itself is right, so that the correction is no longer needed there.
    """

    text_nl = models.TextField(_("text in Dutch"), max_length=LONGEST_CORRECTION)
    text_fr = models.TextField(_("text in French"), max_length=LONGEST_CORRECTION)
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    settled_in = models.ManyToManyField("catalogue.CourseEdition", related_name="+", blank=True)

    class Meta:
        verbose_name = _("safety correction")
        verbose_name_plural = _("safety corrections")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("issued_at")),
                name="correction_withdrawn_after_issue",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def withdrawn(self) -> bool:
        """Say whether it is shown no longer."""
        return self.withdrawn_at is not None

    def text(self, language: str) -> str:
        """Return the words in this language; Dutch where there is nothing else."""
        return str(self.text_fr if language == "fr" else self.text_nl)


class CorrectedItem(models.Model):
    """One thing that a correction is bound to: its key across editions and languages (`EditionItem.key`)."""

    correction = models.ForeignKey(SafetyCorrection, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=80)
    title = models.CharField(_("title"), max_length=300)

    class Meta:
        verbose_name = _("corrected item")
        verbose_name_plural = _("corrected items")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["correction", "key"], name="correction_once_per_item")]
        indexes = [models.Index(fields=["key"], name="corrections_by_key")]

    def __str__(self) -> str:
        return f"{self.correction_id} {self.key}"
