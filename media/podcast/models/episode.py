"""An episode: a sound, who speaks in it, its chapters, texts and notes."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtailmedia.edit_handlers import MediaChooserPanel

from core.fields import BlocksField
from media.library.models import Picture, Sound
from media.library.panels import FormInlinePanel, TranscriptForm
from media.library.timecode import clock
from media.podcast.blocks import NotesBlocks
from media.podcast.models.served import ServedPage
from media.podcast.models.show import ShowPage, check_cover
from media.podcast.timecode import TimecodeField


class EpisodeKind(models.TextChoices):
    """What apps call an episode."""

    FULL = "full", _("whole episode")
    TRAILER = "trailer", _("trailer")
    BONUS = "bonus", _("extra")


class Story(models.TextChoices):
    """Whose story it is; stands on the page and in the feed."""

    OWN = "own", _("Somebody's own story")
    COMPOSED = "composed", _("Story put together")
    INFORMATION = "information", _("No personal story")


class Voice(models.TextChoices):
    """Whose voice one hears; stands on the page and in the feed."""

    OWN = "own", _("in their own voice")
    ALTERED = "altered", _("voice altered")
    ACTOR = "actor", _("spoken by somebody else")
    SYNTHETIC = "synthetic", _("voice spoken by a computer")


class EpisodePage(ServedPage):
    """One episode of a show.

    `uuid` is made once and is the episode's guid in every app, the key of its enclosure address and of what people
    have heard of it; a revision or a copy never carries it along.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sound = models.ForeignKey(
        Sound,
        verbose_name=_("sound"),
        on_delete=models.PROTECT,
        related_name="episodes",
        help_text=_("Published with the episode, not before. Length and size are read from the file."),
    )
    summary = models.TextField(
        _("summary"),
        max_length=500,
        help_text=_("Two or three sentences under the title; apps show them too."),
    )
    notes = BlocksField(NotesBlocks(), verbose_name=_("show notes"), blank=True)
    content_warning = models.CharField(
        _("said beforehand"),
        max_length=300,
        blank=True,
        help_text=_(
            "What may be heavy to hear, in one sentence. It stands beside the player and in the feed."
        ),
    )
    story = models.CharField(_("whose story"), max_length=20, choices=Story.choices, default=Story.OWN)
    voice = models.CharField(_("whose voice"), max_length=20, choices=Voice.choices, default=Voice.OWN)
    kind = models.CharField(_("kind"), max_length=20, choices=EpisodeKind.choices, default=EpisodeKind.FULL)
    season = models.PositiveSmallIntegerField(_("season"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    aired_at = models.DateTimeField(
        _("date of the episode"),
        null=True,
        blank=True,
        help_text=_("Stands on the page and in the feed. Empty: the moment of first publishing."),
    )
    explicit = models.BooleanField(_("not for children"), default=False)
    artwork = models.ForeignKey(
        Picture,
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Square, 1400 to 3000 pixels. Empty: the cover of the show."),
    )

    template = "podcast/episode_page.html"
    parent_page_types = ["podcast.ShowPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["uuid"]
    search_fields = [*ServedPage.search_fields, index.SearchField("summary"), index.SearchField("notes")]
    content_panels = [
        *ServedPage.content_panels,
        FieldPanel("summary"),
        MediaChooserPanel("sound", media_type="audio"),
        FieldPanel("content_warning"),
        InlinePanel("people", heading=_("Who speaks"), label=_("person")),
        InlinePanel("chapters", heading=_("Chapters"), label=_("chapter")),
        FormInlinePanel(
            "transcripts", heading=_("Transcripts"), label=_("transcript"), max_num=2, row_form=TranscriptForm
        ),
        FieldPanel("notes"),
        InlinePanel("related", heading=_("Goes with it"), label=_("page")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("story"), FieldPanel("voice")]),
                FieldRowPanel([FieldPanel("season"), FieldPanel("number"), FieldPanel("kind")]),
                FieldPanel("aired_at"),
                FieldPanel("artwork"),
                FieldPanel("explicit"),
            ],
            heading=_("About this episode"),
        ),
    ]

    class Meta:
        verbose_name = _("episode")
        verbose_name_plural = _("episodes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(season=None) | models.Q(season__gt=0), name="season_counts_from_one"
            )
        ]

    @property
    def show(self) -> ShowPage:
        """Return the show that the episode belongs to."""
        found: ShowPage | None = self.__dict__.get("_show")
        if found is None:
            parent_path = self.path[: -self.steplen]
            shows = ShowPage.objects.select_related("artwork", "locale")
            found = self.__dict__["_show"] = shows.get(path=parent_path)
        return found

    @property
    def enclosure_path(self) -> str:
        """Return the address of the sound without host: by uuid, so that it survives renaming and moving."""
        return reverse("podcast:enclosure", args=[self.uuid, self.sound.file_extension.lower()])

    @property
    def enclosure_url(self) -> str:
        """Return the full address of the sound."""
        return f"{settings.SITE_URL}{self.enclosure_path}"

    @property
    def provenance(self) -> str:
        """Return whose story and whose voice it is, when it is not simply somebody's own."""
        if self.story == Story.OWN and self.voice == Voice.OWN:
            return ""
        return gettext("%(story)s, %(voice)s") % {
            "story": self.get_story_display(),
            "voice": self.get_voice_display(),
        }

    def clean(self) -> None:
        """Refuse chapters beyond the end of the sound and a cover that directories refuse."""
        super().clean()
        if self.artwork is not None:
            check_cover(self.artwork)
        if self.sound_id is not None and not self.sound.mime.startswith("audio/"):
            raise ValidationError({"sound": _("This is no sound. Choose a sound file.")})

    def with_content_json(self, content: dict[str, Any]) -> EpisodePage:
        """Return the page as a revision has it; its uuid belongs to the episode, not to the revision."""
        page: EpisodePage = super().with_content_json(content)
        page.uuid = self.uuid
        return page


class EpisodePerson(Orderable):
    """Somebody who speaks in an episode or made it, by the name that they chose for it."""

    class Part(models.TextChoices):
        """What somebody does in an episode, in the words of the podcast namespace."""

        HOST = "host", _("presenter")
        GUEST = "guest", _("guest")
        NARRATOR = "narrator", _("narrator")
        EDITOR = "editor", _("editor")

    episode = ParentalKey(EpisodePage, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("The name for this episode: a pseudonym, or a name with consent."),
    )
    part = models.CharField(_("role in the episode"), max_length=20, choices=Part.choices, default=Part.GUEST)
    about = models.CharField(_("who that is"), max_length=160, blank=True)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("part")]), FieldPanel("about")]

    class Meta(Orderable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


class Chapter(models.Model):
    """A part of an episode with a title; chapters are shown in the order of their beginning."""

    episode = ParentalKey(EpisodePage, on_delete=models.CASCADE, related_name="chapters")
    start_ms = TimecodeField(_("begins at"))
    title = models.CharField(_("title"), max_length=120)

    panels = [FieldRowPanel([FieldPanel("start_ms"), FieldPanel("title")])]

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["start_ms"]

    def __str__(self) -> str:
        return f"{clock(self.start_ms)} {self.title}"


class RelatedPage(Orderable):
    """A page that goes with an episode: medical information, a lesson."""

    episode = ParentalKey(EpisodePage, on_delete=models.CASCADE, related_name="related")
    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("related page")
        verbose_name_plural = _("related pages")

    def __str__(self) -> str:
        return str(self.page_id)
