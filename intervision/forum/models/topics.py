"""Topics: what a group talks about."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Scope
from intervision.forum.models.groups import Group

POSTS_A_PAGE = 20


class TopicKind(models.TextChoices):
    """What somebody starts a topic for."""

    QUESTION = "question", _("Question")
    CASE = "case", _("Case")
    LESSON = "lesson", _("Lesson learned")
    RESOURCE = "resource", _("Resource")


_ICONS = {
    TopicKind.QUESTION: "hand",
    TopicKind.CASE: "talk",
    TopicKind.LESSON: "note",
    TopicKind.RESOURCE: "bookmark",
}


class Topic(models.Model):
    """A conversation in a group.

    `post_count` and `last_post` are kept by the actions, so that no page ever counts posts. Topics are ordered by
    their last post's id: it grows with every post, whatever the clock says, and no two topics share one.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="topics")
    kind = models.CharField(_("kind"), max_length=20, choices=TopicKind.choices, default=TopicKind.QUESTION)
    title = models.CharField(_("title"), max_length=150)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    client_token = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True, editable=False)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    is_closed = models.BooleanField(_("closed"), default=False)
    post_count = models.PositiveIntegerField(_("posts"), default=0, editable=False)
    last_post = models.OneToOneField(
        "forum.Post", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    last_post_at = models.DateTimeField(_("last post"), null=True, blank=True, editable=False)
    demo_key = models.CharField(max_length=60, null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [
            models.Index(fields=["group", "is_pinned", "-last_post"], name="topic_newest_in_group"),
            models.Index(fields=["author"], name="topic_author"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "client_token"], name="topic_sent_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the topic's first page."""
        return reverse("forum:topic", kwargs={"pk": self.pk})

    def role_scopes(self) -> set[Scope]:
        """Say in which scopes a role counts here: those of the group."""
        return self.group.role_scopes()

    @property
    def page_count(self) -> int:
        """Return the number of pages of posts, at least one."""
        return max(1, -(-self.post_count // POSTS_A_PAGE))

    @property
    def first_unread_url(self) -> str:
        """Return where a reader goes on: the first post that they did not see, else the last page.

        Only for topics that `queries.with_unread` read for somebody.
        """
        upto: int = getattr(self, "upto", 0)
        page = min(upto // POSTS_A_PAGE + 1, self.page_count)
        address = f"{self.get_absolute_url()}?pagina={page}" if page > 1 else self.get_absolute_url()
        return f"{address}#nieuw" if 0 < upto < self.post_count else address

    @property
    def icon(self) -> str:
        """Return the name of the icon of its kind."""
        return _ICONS[TopicKind(self.kind)]

    @property
    def is_unanswered(self) -> bool:
        """Say whether this is a question that nobody answered yet."""
        return self.kind == TopicKind.QUESTION and self.post_count == 1
