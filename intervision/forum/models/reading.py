"""What one person has open: drafts, and how far they read."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intervision.forum.models.topics import Topic


class DraftTarget(models.TextChoices):
    """What a draft will become."""

    REPLY = "reply", _("reply")
    TOPIC = "topic", _("new topic")
    EDIT = "edit", _("change of a post")


class Draft(models.Model):
    """A text under way, on all of its writer's devices; certain findings of the gate are masked in it.

    `target_id` is a topic's, a group's or a post's id, by `target_kind`. `version` grows with each save, so that a
    second device cannot overwrite unseen. `client_token` becomes the post's, so that a draft is posted once.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    target_kind = models.CharField(_("for"), max_length=10, choices=DraftTarget.choices)
    target_id = models.PositiveBigIntegerField(_("which one"))
    title = models.CharField(_("title"), max_length=150, blank=True)
    body = models.TextField(_("text"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    is_masked = models.BooleanField(_("passages left out"), default=False)
    client_token = models.UUIDField(default=uuid.uuid4, editable=False)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "target_kind", "target_id"], name="draft_once_per_target")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.target_kind}:{self.target_id}"


class ReadMark(models.Model):
    """How far a reader came in a topic: everything up to this post number was on their screen."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="read_marks")
    upto = models.PositiveIntegerField(_("read up to"), default=0)
    read_at = models.DateTimeField(_("read at"))

    class Meta:
        verbose_name = _("reading mark")
        verbose_name_plural = _("reading marks")
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="one_mark_per_topic_and_reader")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.topic_id} up to {self.upto}"
