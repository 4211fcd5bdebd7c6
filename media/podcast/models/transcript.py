"""The text of an episode, with times, in one language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from media.library.timed_text import Line, read_timed_text


class Transcript(models.Model):
    """What is said in an episode, in one language; the sentences are kept as `Cue` rows too, for pages and search.

    `text` is the WebVTT or SubRip as the editor gave it.
    """

    episode = ParentalKey("podcast.EpisodePage", on_delete=models.CASCADE, related_name="transcripts")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    text = models.TextField(
        _("text with times"),
        blank=True,
        help_text=_("WebVTT: each sentence with its beginning and end, and who speaks."),
    )
    reviewed_on = models.DateField(
        _("read through on"),
        null=True,
        blank=True,
        help_text=_("When the desk last held the text against the sound."),
    )

    panels = [
        FieldRowPanel([FieldPanel("language"), FieldPanel("reviewed_on")]),
        FieldPanel("upload"),
        FieldPanel("text"),
    ]

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")
        constraints = [
            models.UniqueConstraint(fields=["episode", "language"], name="one_transcript_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.episode_id} {self.language}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and make the sentences anew. Raises `TimedTextError` for a text that cannot be read."""
        lines = self.lines()
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.cues.all().delete()
            Cue.objects.bulk_create(Cue.of(self, position, line) for position, line in enumerate(lines))

    def lines(self) -> list[Line]:
        """Return the sentences, read from the text."""
        return read_timed_text(self.text)


class Cue(models.Model):
    """One sentence of a transcript; `start_ms` and `end_ms` in milliseconds."""

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="cues")
    position = models.PositiveIntegerField()
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    speaker = models.CharField(max_length=200, blank=True)
    text = models.TextField()

    class Meta:
        verbose_name = _("sentence")
        verbose_name_plural = _("sentences")
        ordering = ["transcript_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["transcript", "position"], name="one_cue_per_position"),
            models.CheckConstraint(
                condition=models.Q(end_ms__gt=models.F("start_ms")), name="cue_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transcript_id}:{self.position}"

    @classmethod
    def of(cls, transcript: Transcript, position: int, line: Line) -> Cue:
        """Return the row for one sentence, not yet stored."""
        return cls(
            transcript=transcript,
            position=position,
            start_ms=line.start,
            end_ms=line.end,
            speaker=line.speaker[:200],
            text=line.text,
        )

    @property
    def line(self) -> Line:
        """Return the sentence."""
        return Line(self.start_ms, self.end_ms, self.speaker, self.text)
