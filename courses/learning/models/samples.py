"""Practice samples: what a learner wrote or acted out to be looked at, and the talk with the trainer about it.

Never a recording of a patient: a sample is typed text, and its learner confirms that it is made up.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.files.storage import Storage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from core.storages import private_storage
from courses.learning.models.coaching import CoachingMoment
from courses.learning.models.following import Enrolment

LONGEST_SAMPLE, LONGEST_FEEDBACK = 12_000, 4_000


class SampleKind(models.TextChoices):
    """What a sample is."""

    OWN_TEXT = "own_text", _("my own text, such as replies I would give")
    SIMULATION = "simulation", _("a simulated conversation, written out")


class PracticeSample(TimeStamped):
    """Something a learner made up or acted out, handed in to be looked at; perhaps for one coaching moment."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="samples")
    moment = models.ForeignKey(
        CoachingMoment, null=True, blank=True, on_delete=models.SET_NULL, related_name="samples"
    )
    kind = models.CharField(_("what it is"), max_length=20, choices=SampleKind.choices)
    title = models.CharField(_("title"), max_length=120)
    question = models.CharField(_("question to the trainer"), max_length=300, blank=True)
    text = models.TextField(_("sample"), max_length=LONGEST_SAMPLE)
    confirmed_at = models.DateTimeField(_("confirmed to be made up at"), default=timezone.now)

    class Meta:
        verbose_name = _("practice sample")
        verbose_name_plural = _("practice samples")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["enrolment", "-id"], name="samples_of_an_enrolment")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.pk}"


def recording_name(_message: SampleMessage, name: str) -> str:
    """Return where a recording is stored: a name of ours that says nothing, with the file's own ending."""
    return f"feedback/{uuid.uuid4().hex}.{name.rsplit('.', 1)[-1].lower()}"


def recordings() -> Storage:
    """Return the private storage, where recordings lie."""
    return private_storage()


class SampleMessage(models.Model):
    """One turn in the talk about a sample: words, or a trainer's recorded voice, or both.

    `sound` lies in the private storage under a name of ours. `seconds` and `size` (bytes) are measured from the file.
    `sound_gone_at` says when a recording was deleted, a year after it was made or with its trainer's account.
    """

    sample = models.ForeignKey(PracticeSample, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_trainer = models.BooleanField(_("by the trainer"))
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField(_("text"), max_length=LONGEST_FEEDBACK, blank=True)
    sound = models.FileField(
        _("recording"), upload_to=recording_name, storage=recordings, max_length=200, blank=True
    )
    seconds = models.FloatField(_("seconds"), default=0)
    size = models.PositiveIntegerField(_("size"), default=0)
    sound_gone_at = models.DateTimeField(_("recording deleted at"), null=True, blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("message about a sample")
        verbose_name_plural = _("messages about samples")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text="", sound="", sound_gone_at=None),
                name="sample_message_says_something",
            ),
            models.CheckConstraint(
                condition=models.Q(by_trainer=True) | models.Q(sound=""), name="only_trainers_record"
            ),
        ]
        indexes = [
            models.Index(fields=["sample", "created_at"], name="messages_of_a_sample"),
            models.Index(fields=["created_at"], name="recordings_by_age", condition=~models.Q(sound="")),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.pk}"

    @property
    def author_name(self) -> str:
        """Return who said it, empty when that person left."""
        return self.author.display_name if self.author else ""

    @property
    def ending(self) -> str:
        """Return the ending of the recording's file, empty without one."""
        return str(self.sound.name).rsplit(".", 1)[-1] if self.sound else ""


class SampleMark(models.Model):
    """When somebody last looked at a sample and the talk about it."""

    sample = models.ForeignKey(PracticeSample, on_delete=models.CASCADE, related_name="marks")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        verbose_name = _("reading mark at a sample")
        verbose_name_plural = _("reading marks at samples")
        constraints = [
            models.UniqueConstraint(fields=["sample", "reader"], name="one_mark_per_sample_and_reader")
        ]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.reader_id}"
