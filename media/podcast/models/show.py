"""A show: a series in one language, with a feed of its own."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from media.library.models import Picture
from media.podcast.models.served import ServedPage

PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
LEAST, MOST = 1400, 3000


class Category(models.TextChoices):
    """Where a show stands in the directories of podcast apps: category and subcategory."""

    MEDICINE = "Health & Fitness|Medicine", _("health, medicine")
    MENTAL_HEALTH = "Health & Fitness|Mental Health", _("health, mental health")
    COURSES = "Education|Courses", _("education, courses")


class ShowKind(models.TextChoices):
    """In which order apps offer the episodes."""

    EPISODIC = "episodic", _("each episode stands by itself, newest first")
    SERIAL = "serial", _("episodes follow one another, oldest first")


class ShowPage(ServedPage):
    """A series in one language; the same series in another language is its translation and has its own feed.

    `guid` is made once from the first address of the feed, as the podcast namespace prescribes, and never changes.
    """

    guid = models.UUIDField(default=None, null=True, unique=True, editable=False)
    description = models.TextField(
        _("description"), max_length=4000, help_text=_("What the series is about; podcast apps show it too.")
    )
    artwork = models.ForeignKey(
        Picture,
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Square, between 1400 and 3000 pixels wide. Without words on it."),
    )
    author = models.CharField(
        _("maker"), max_length=120, help_text=_("The organisation that makes the series.")
    )
    owner_name = models.CharField(_("name of the owner"), max_length=120, blank=True)
    owner_email = models.EmailField(
        _("e-mail address of the owner"),
        blank=True,
        help_text=_(
            "Directories write to this address; everybody can read it in the feed. Never a private one."
        ),
    )
    category = models.CharField(
        _("category"), max_length=60, choices=Category.choices, default=Category.MENTAL_HEALTH
    )
    kind = models.CharField(
        _("order of the episodes"), max_length=20, choices=ShowKind.choices, default=ShowKind.EPISODIC
    )
    explicit = models.BooleanField(_("not for children"), default=False)
    license = models.CharField(
        _("licence"),
        max_length=60,
        blank=True,
        help_text=_("For example cc-by-nc-nd-4.0: whether others may use it again."),
    )
    copyright = models.CharField(_("copyright line"), max_length=200, blank=True)
    funding_url = models.URLField(_("address about the money behind it"), blank=True)
    funding_text = models.CharField(_("words for that address"), max_length=120, blank=True)

    template = "podcast/show_page.html"
    parent_page_types = ["podcast.PodcastIndexPage"]
    subpage_types = ["podcast.EpisodePage"]
    exclude_fields_in_copy = ["guid"]
    search_fields = [*ServedPage.search_fields, index.SearchField("description")]
    content_panels = [
        *ServedPage.content_panels,
        FieldPanel("description"),
        FieldPanel("artwork"),
        MultiFieldPanel(
            [
                FieldPanel("author"),
                FieldRowPanel([FieldPanel("owner_name"), FieldPanel("owner_email")]),
                FieldRowPanel([FieldPanel("category"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("license"), FieldPanel("copyright")]),
                FieldRowPanel([FieldPanel("funding_url"), FieldPanel("funding_text")]),
                FieldPanel("explicit"),
            ],
            heading=_("For podcast apps"),
        ),
    ]

    class Meta:
        verbose_name = _("show")
        verbose_name_plural = _("shows")

    @property
    def feed_path(self) -> str:
        """Return the address of the feed without host; it has no language prefix."""
        return reverse("podcast:feed", args=[self.slug])

    @property
    def feed_url(self) -> str:
        """Return the full address of the feed."""
        return f"{settings.SITE_URL}{self.feed_path}"

    def clean(self) -> None:
        """Refuse a name that another show has (feeds know no language) and a cover that directories refuse."""
        super().clean()
        if ShowPage.objects.filter(slug=self.slug).exclude(pk=self.pk).exists():
            raise ValidationError(
                {"slug": _("Another show has this name in its address. Choose another one.")}
            )
        if self.artwork is not None:
            check_cover(self.artwork)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; the first time with a guid that stays."""
        if self.guid is None:
            self.guid = free_guid(self.feed_url)
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> ShowPage:
        """Return the page as a revision has it; its guid belongs to the show, not to the revision."""
        page: ShowPage = super().with_content_json(content)
        page.guid = self.guid
        return page


def free_guid(feed_url: str) -> uuid.UUID:
    """Return the guid that the podcast namespace prescribes for this address, or a free one when it is taken."""
    wanted = uuid.uuid5(PODCAST_NAMESPACE, feed_url.partition("://")[2].rstrip("/"))
    return uuid.uuid4() if ShowPage.objects.filter(guid=wanted).exists() else wanted


def check_cover(cover: Picture) -> None:
    """Refuse a cover that is not square or not between 1400 and 3000 pixels wide."""
    if cover.width != cover.height or not LEAST <= cover.width <= MOST:
        raise ValidationError(
            {
                "artwork": _(
                    "This picture is %(width)d by %(height)d pixels. A cover is square, 1400 to 3000 pixels wide."
                )
                % {"width": cover.width, "height": cover.height}
            }
        )
