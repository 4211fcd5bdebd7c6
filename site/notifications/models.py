"""Notices: short words to a member that something happened, without repeating any of its text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """That something of one kind happened, once or more, around one object (a group, a topic, a practice).

    It holds what it is about as type and id only; the words are made when it is read, for that reader (decision 7).
    While a notice is unread, more of the same raises its count, so that nobody finds twenty rows about one topic.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=60)
    object_type = models.CharField(_("object type"), max_length=60)
    object_id = models.PositiveBigIntegerField(_("object id"))
    count = models.PositiveIntegerField(_("how often"), default=1)
    path = models.CharField(_("address"), max_length=200)
    created_at = models.DateTimeField(_("first at"), default=timezone.now, editable=False)
    happened_at = models.DateTimeField(_("last at"), default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-happened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "object_type", "object_id"],
                condition=Q(read_at=None),
                name="one_unread_notice_per_kind_and_object",
            )
        ]
        indexes = [models.Index(fields=["recipient", "-happened_at", "-id"], name="notices_of_a_member")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_type}:{self.object_id}"


class CalendarFeed(models.Model):
    """The secret address of somebody's own calendar. The token is kept as a digest only; a new one ends the old."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("address made at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user_id)
