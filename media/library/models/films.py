"""Films with captions."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from core.models import TimeStamped
from core.storages import private_storage
from media.library.checks import (
    UploadRefusedError,
    check_name,
    check_nobody_named,
    measure_film,
    refuse_other_content,
)
from media.library.models.files import Guarded, KeptWhileUsed, Picture, is_new, short_name
from media.library.panels import FormInlinePanel, TranscriptForm
from media.library.timed_text import Line, read_timed_text, write_plain, write_vtt


class Film(KeptWhileUsed, Guarded, TimeStamped, index.Indexed, ClusterableModel):
    """A film of our own with captions per language; private until its audience says otherwise.

    `duration` is in seconds, `size` in bytes, `width` and `height` in pixels: measured from the file, not typed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120, help_text=_("What one sees, in a few words."))
    file = models.FileField(
        _("file"),
        upload_to="film",
        storage=private_storage,
        help_text=_("An MP4 with H.264. Length and size are read from the file."),
    )
    poster = models.ForeignKey(
        Picture,
        verbose_name=_("picture before it starts"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    duration = models.FloatField(_("length"), default=0, editable=False)
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)

    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("file"), FieldPanel("poster")]),
        FieldPanel("audience"),
        FormInlinePanel(
            "captions",
            heading=_("Captions"),
            label=_("captions"),
            min_num=1,
            max_num=len(settings.LANGUAGES),
            row_form=TranscriptForm,
        ),
    ]

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")
        ordering = ["title"]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        """Say beside the field what is wrong with a new file."""
        super().clean()
        if not is_new(self.file):
            return
        try:
            refuse_other_content(self)
            self.take_facts()
        except UploadRefusedError as error:
            raise ValidationError({"file": error}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new file is measured first. Raises `UploadRefusedError` when it is no whole film."""
        if is_new(self.file):
            self.take_facts()
        super().save(*args, **kwargs)

    def take_facts(self) -> None:
        """Fill in what the file says about itself; raises `UploadRefusedError`."""
        check_name(short_name(self.file))
        check_nobody_named("library.Film.file", short_name(self.file))
        facts = measure_film(self.file.file, short_name(self.file))
        self.file.file.seek(0)
        self.duration, self.size = facts.seconds, facts.size
        self.width, self.height = facts.width, facts.height

    @property
    def url(self) -> str:
        """Return the address behind which a permission view stands."""
        return reverse("library:film", args=[self.uuid])

    def caption_list(self) -> list[Captions]:
        """Return the captions, those in the reader's language first."""
        return sorted(self.captions.all(), key=lambda row: (row.language != get_language(), row.language))


class Captions(models.Model):
    """What is said and heard in a film, with times, in one language.

    `text` is the WebVTT or SubRip as the editor gave it.
    """

    film = ParentalKey(Film, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    text = models.TextField(
        _("text with times"),
        blank=True,
        help_text=_("WebVTT: each sentence with its beginning and end, and who speaks."),
    )

    panels = [FieldPanel("language"), FieldPanel("upload"), FieldPanel("text")]

    class Meta:
        verbose_name = _("captions")
        verbose_name_plural = _("captions")
        constraints = [models.UniqueConstraint(fields=["film", "language"], name="one_captions_per_language")]

    def __str__(self) -> str:
        return f"{self.film_id} {self.language}"

    @property
    def url(self) -> str:
        """Return the address of the captions as WebVTT."""
        return reverse("library:captions", args=[self.film.uuid, self.language])

    def lines(self) -> list[Line]:
        """Return the sentences, read from the text."""
        return read_timed_text(self.text)

    def vtt(self) -> str:
        """Return the sentences as WebVTT, made anew so that nothing else of what came in survives."""
        return write_vtt(self.lines())

    def plain(self) -> str:
        """Return the whole text to read."""
        return write_plain(self.lines())
