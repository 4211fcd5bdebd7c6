"""Posts, their former texts, and what they refer to."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Scope
from intervision.forum.models.topics import POSTS_A_PAGE, Topic


class Deletion(models.TextChoices):
    """Why a post has no text any more; the post keeps its place in the topic."""

    NONE = "", _("not deleted")
    AUTHOR = "author", _("deleted by its author")
    FACILITATOR = "facilitator", _("deleted by the facilitator")
    ERASED = "erased", _("its author left and had it erased")


class Post(models.Model):
    """One contribution to a topic.

    `number` counts from 1 within the topic without gaps, so that a page of posts is a range of numbers, and what a
    reader has not seen yet is `topic.post_count` less their mark. `html` (cleaned, with marks where quotes and
    mentions stand) and `plain_text` are made once at save. Anchors are (post, `revision`, start, end) in code points
    over `plain_text` (decision 28).
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(_("number"), editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    client_token = models.UUIDField(default=uuid.uuid4, editable=False)
    source = models.TextField(_("text"))
    html = models.TextField(editable=False)
    html_version = models.PositiveSmallIntegerField(default=0, editable=False)
    plain_text = models.TextField(editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    created_at = models.DateTimeField(_("posted at"), auto_now_add=True)
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True)
    deletion = models.CharField(
        _("deleted"), max_length=20, choices=Deletion.choices, default=Deletion.NONE, blank=True
    )
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True)
    demo_checksum = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [models.Index(fields=["author", "-id"], name="post_newest_of_author")]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="post_number_in_topic"),
            models.UniqueConstraint(fields=["author", "client_token"], name="post_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}#{self.number}"

    def get_absolute_url(self) -> str:
        """Return the place of this post on its page of the topic; `topic` need not be loaded."""
        page = -(-self.number // POSTS_A_PAGE)
        address = reverse("forum:topic", kwargs={"pk": self.topic_id})
        return f"{address}?pagina={page}#bericht-{self.pk}" if page > 1 else f"{address}#bericht-{self.pk}"

    def role_scopes(self) -> set[Scope]:
        """Say in which scopes a role counts here: those of the group."""
        return self.topic.role_scopes()

    @property
    def is_deleted(self) -> bool:
        """Say whether the text is gone."""
        return self.deletion != Deletion.NONE


class PostRevision(models.Model):
    """A text that a post once had; the present one stands in the post itself."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="former_texts")
    number = models.PositiveIntegerField(_("revision"))
    source = models.TextField(_("text"))
    plain_text = models.TextField()
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("former text of a post")
        verbose_name_plural = _("former texts of posts")
        ordering = ["post", "number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="former_text_once")]

    def __str__(self) -> str:
        return f"{self.post_id}.{self.number}"


class Quote(models.Model):
    """A post shows a passage of another: a reference, never a copy (decision 6).

    `position` is the place in the order of the quoting post's quotes. When the quoted post changes, the range is moved
    along; `is_lost` says that the passage is no longer there.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="quotes")
    position = models.PositiveSmallIntegerField(_("position"))
    target = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="quoted_by")
    revision = models.PositiveIntegerField(_("revision"))
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    is_lost = models.BooleanField(_("lost"), default=False)

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        constraints = [
            models.UniqueConstraint(fields=["post", "position"], name="quote_position_once"),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="quote_range_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} quotes {self.target_id}.{self.revision}:{self.start}-{self.end}"


class Mention(models.Model):
    """A post names a colleague: a user id, shown by name to those who may see it (decision 6)."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="mention_once_per_post")]

    def __str__(self) -> str:
        return f"{self.post_id} mentions {self.user_id}"
