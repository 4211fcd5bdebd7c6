"""Editions: what a course was when it was published, pinned for everybody who starts with it (decision 1)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemKind(models.TextChoices):
    """What an item of an edition is."""

    COURSE = "course", _("course")
    MODULE = "module", _("module")
    LESSON = "lesson", _("lesson")
    QUIZ = "quiz", _("quiz")
    QUESTION = "question", _("question")
    SOURCE = "source", _("source")
    CASE = "case", _("case")


class CourseEdition(models.Model):
    """One published state of a course in one language; never changes after it is cut.

    `digest` is the SHA-256 of everything pinned, so that publishing without a change cuts nothing. `uuid` names the
    edition in caches: no two editions ever share one.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey("catalogue.CoursePage", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    language = models.CharField(_("language"), max_length=10)
    slug = models.SlugField(_("address"), max_length=255, allow_unicode=True)
    title = models.CharField(_("title"), max_length=255)
    minutes = models.PositiveIntegerField(_("minutes"), default=0)
    digest = models.CharField(max_length=64, editable=False)
    cut_at = models.DateTimeField(_("issued at"), auto_now_add=True, editable=False)
    cut_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("edition of a course")
        verbose_name_plural = _("editions of courses")
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="edition_number_once")]
        indexes = [models.Index(fields=["slug", "language"], name="edition_by_address")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class EditionItem(models.Model):
    """A page or snippet of an edition, pinned to one of its revisions.

    `position` orders the whole edition depth first. `key` names the thing across editions and languages. `block_id`
    is the block in the parent that chose it, empty for pages. `rule` holds the conditions under which a page opens.
    """

    edition = models.ForeignKey(CourseEdition, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind.choices)
    key = models.CharField(max_length=80)
    block_id = models.CharField(max_length=36, blank=True)
    slug = models.SlugField(_("address"), max_length=255, allow_unicode=True, blank=True)
    title = models.CharField(_("title"), max_length=300)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    rule = models.JSONField(default=dict, db_default={}, blank=True, editable=False)
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("item of an edition")
        verbose_name_plural = _("items of an edition")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="edition_item_position_once"),
            models.UniqueConstraint(
                fields=["edition", "parent", "slug"],
                condition=~models.Q(slug=""),
                name="edition_item_address_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"


class EditionFile(models.Model):
    """A file or episode that a pinned page or snippet of an edition shows: kept for as long as the edition is."""

    edition = models.ForeignKey(CourseEdition, on_delete=models.CASCADE, related_name="files")
    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField(_("which one"))

    class Meta:
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of an edition")
        constraints = [
            models.UniqueConstraint(fields=["edition", "content_type", "object_id"], name="edition_file_once")
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="editions_showing_file")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.content_type_id}:{self.object_id}"
