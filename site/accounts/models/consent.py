"""The consent ledger (decision 27): rows that are only ever added, and the state that they amount to."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import LANGUAGES, User


class Purpose(models.TextChoices):
    """What somebody may agree to."""

    TERMS = "terms", _("the agreements for members")
    READ_POSTS = "read_posts", _("reading my posts for research")
    READ_SHARED = "read_shared", _("reading what I share from my journal for research")


class LedgerRowsStayError(Exception):
    """Something tried to change or remove a row of the consent ledger; a new row is the only way to change one's mind."""


class _LedgerQuerySet(models.QuerySet["ConsentEntry"]):
    def update(self, **kwargs: Any) -> int:
        raise LedgerRowsStayError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise LedgerRowsStayError


class ConsentEntry(models.Model):
    """One moment at which a person gave or withdrew consent, to one version of one text in one language.

    The database refuses a change to a row; PostgreSQL refuses its removal too, and on both the model does.
    """

    subject = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consent_entries")
    purpose = models.CharField(_("purpose"), max_length=40, choices=Purpose.choices)
    study = models.CharField(_("study"), max_length=64, blank=True, default="")
    given = models.BooleanField(_("given"))
    text_version = models.PositiveSmallIntegerField(_("version of the text"))
    text_digest = models.CharField(_("digest of the text"), max_length=64)
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES)
    at = models.DateTimeField(_("moment"), default=timezone.now, editable=False)

    objects = _LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the consent ledger")
        verbose_name_plural = _("consent ledger")
        ordering = ["pk"]
        base_manager_name = "objects"
        indexes = [models.Index(fields=["subject", "purpose", "study"], name="consent_ledger_subject")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.purpose} {'+' if self.given else '-'} v{self.text_version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; a row that exists already is never saved again."""
        if not self._state.adding:
            raise LedgerRowsStayError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise LedgerRowsStayError


class ConsentState(models.Model):
    """What a person's consent is now; written in the transaction of its ledger row, joined by every research query."""

    subject = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=40, choices=Purpose.choices)
    study = models.CharField(_("study"), max_length=64, blank=True, default="")
    given = models.BooleanField(_("given"))
    entry = models.OneToOneField(ConsentEntry, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("state of a consent")
        verbose_name_plural = _("states of consents")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "study", "purpose"], name="one_consent_state_per_subject_study_purpose"
            )
        ]
        indexes = [models.Index(fields=["purpose", "study", "given", "subject"], name="consent_lookup")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.purpose} {'+' if self.given else '-'}"
