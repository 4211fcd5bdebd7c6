"""Recovery of an account whose second factor was lost: two administrators together."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.models import TimeStamped


class RecoveryRequest(TimeStamped):
    """Asks to take the second factor off an account; opens a one-time link after two different administrators agree."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_requests")
    opened_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="recoveries_opened", editable=False
    )
    first_approver = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="recoveries_approved_first", editable=False
    )
    first_approved_at = models.DateTimeField(null=True, editable=False)
    second_approver = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="recoveries_approved_second", editable=False
    )
    second_approved_at = models.DateTimeField(null=True, editable=False)
    token_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("recovery of an account")
        verbose_name_plural = _("recoveries of accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at=None, refused_at=None),
                name="one_open_recovery_per_person",
            ),
            models.UniqueConstraint(
                fields=["token_digest"],
                condition=~models.Q(token_digest=""),
                name="recovery_token_once",
            ),
            models.CheckConstraint(
                condition=models.Q(second_approver=None)
                | models.Q(first_approver=None)
                | ~models.Q(second_approver=models.F("first_approver")),
                name="recovery_approved_by_two_people",
            ),
            models.CheckConstraint(
                condition=~models.Q(first_approver=models.F("user"))
                & ~models.Q(second_approver=models.F("user")),
                name="recovery_not_approved_by_oneself",
            ),
            models.CheckConstraint(
                condition=models.Q(second_approved_at=None) | models.Q(first_approved_at__isnull=False),
                name="recovery_first_before_second",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.user_id}"

    def is_usable(self, now: datetime | None = None) -> bool:
        """Say whether the one-time link works now."""
        return (
            self.second_approved_at is not None
            and self.used_at is None
            and self.refused_at is None
            and self.expires_at is not None
            and self.expires_at > (now or timezone.now())
        )
