"""The reflection journal: what somebody writes for themselves, and copies that they handed to others on purpose.

Nobody but the writer reads an entry: no screen, no query, no registration for an administrator leads to these rows by
another way than their owner (`tests/courses/test_journal_private.py` walks all roles).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from courses.learning.models.following import Reflection

LONGEST_ENTRY = 8000


class JournalEntry(TimeStamped):
    """One entry of somebody's own journal.

    `reflection` is the thought from a lesson on which it goes on. `revision` grows with every change of the text, so
    that a copy says which text it is of. A draft may be unfinished; it cannot be shared.
    """

    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("day"), default=timezone.localdate)
    text = models.TextField(_("text"), max_length=LONGEST_ENTRY)
    reflection = models.ForeignKey(
        Reflection, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_draft = models.BooleanField(_("draft"), default=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes = [models.Index(fields=["writer", "-day", "-id"], name="journal_of_a_writer")]

    def __str__(self) -> str:
        return f"{self.pk} {self.day}"


class ShareAudience(models.TextChoices):
    """For whom a copy of an entry is."""

    TRAINER = "trainer", _("the trainer")
    GROUP = "group", _("an intervision group")
    RESEARCH = "research", _("the researchers")


class JournalShare(TimeStamped):
    """A copy of one entry, frozen at one revision, that its writer handed to somebody on purpose.

    `target_id` is an enrolment (trainer), a group or a study; `target_name` what it was called when the copy was made.
    `study` is the study in the consent ledger. `receipt` is what the receiving room needs to take the copy back. Taking
    it back empties `text`.
    """

    entry = models.ForeignKey(JournalEntry, on_delete=models.CASCADE, related_name="shares")
    audience = models.CharField(_("for whom"), max_length=10, choices=ShareAudience.choices)
    target_id = models.PositiveBigIntegerField(_("which one"))
    target_name = models.CharField(_("name"), max_length=200)
    study = models.CharField(_("study"), max_length=64, blank=True)
    revision = models.PositiveIntegerField(_("revision"))
    day = models.DateField(_("day"))
    text = models.TextField(_("text"), max_length=LONGEST_ENTRY, blank=True)
    receipt = models.CharField(max_length=60, blank=True, editable=False)
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("shared journal entry")
        verbose_name_plural = _("shared journal entries")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "audience", "target_id"],
                condition=models.Q(revoked_at=None),
                name="one_open_share_per_receiver",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None) | models.Q(text=""), name="taken_back_share_is_empty"
            ),
        ]
        indexes = [
            models.Index(
                fields=["audience", "target_id"],
                name="open_shares_by_receiver",
                condition=models.Q(revoked_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}.{self.revision} {self.audience}"
