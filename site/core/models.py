"""Models that every room may stand on: time stamps, the audit trail, the outbox."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class TimeStamped(models.Model):
    """A row that knows when it was made and last changed."""

    created_at = models.DateTimeField(_("created at"), auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True, editable=False)

    class Meta:
        abstract = True


class AuditEntry(models.Model):
    """One thing that somebody did; appended in the act's own transaction, sealed later (decision 8).

    `actor` is an opaque id, so that erasing a person breaks no hash. `sequence`, `digest` and `previous` are filled
    by the sealing task; a sealed row never changes again.
    """

    at = models.DateTimeField(auto_now_add=True, editable=False)
    actor = models.UUIDField(_("actor"), null=True, blank=True, editable=False)
    action = models.CharField(_("action"), max_length=100)
    object_type = models.CharField(_("object type"), max_length=100, blank=True)
    object_id = models.CharField(_("object id"), max_length=64, blank=True)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    sequence = models.BigIntegerField(null=True, unique=True, editable=False)
    previous = models.CharField(max_length=64, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
            models.Index(fields=["sequence"], name="audit_unsealed", condition=models.Q(digest="")),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}".strip()


class OutboxMail(models.Model):
    """A mail that must leave, written in the transaction that wants it and sent by a task (decision 13)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    key = models.CharField(
        max_length=200, null=True, blank=True, unique=True, help_text=_("Sent once per key.")
    )
    recipient = models.EmailField(_("recipient"))
    sender = models.CharField(_("sender"), max_length=255)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    attachments = models.JSONField(_("attachments"), default=list, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mail in the outbox")
        verbose_name_plural = _("mails in the outbox")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="outbox_due", condition=models.Q(sent_at=None, gave_up_at=None)
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
