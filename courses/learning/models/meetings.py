"""Days and hours at which a cohort comes together, and who was there."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Scope
from core.models import TimeStamped
from courses.learning.models.cohorts import Cohort, cohort_scopes
from courses.learning.models.following import Enrolment


class MeetingKind(models.TextChoices):
    """What people come together for."""

    TRAINING_DAY = "training_day", _("training day")
    COACHING = "coaching", _("coaching")
    OTHER = "other", _("other meeting")


class Meeting(TimeStamped):
    """A dated meeting of a cohort, in a room or by video.

    `uid` and `sequence` are those of its calendar event (RFC 5545): the uid stays for good, the sequence grows with
    every change that people must know. `taken` counts who is coming, kept with every answer so that the database itself
    refuses one person too many. `reminded_*_for` hold the beginning about which people were reminded, so that a meeting
    that moves reminds anew. Who joins the cohort later is invited too when it is `for_everyone`.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind.choices)
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    video_link = models.URLField(_("video link"), max_length=500, blank=True)
    capacity = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    taken = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    for_everyone = models.BooleanField(_("for the whole cohort"), default=True, db_default=True)
    reminded_week_for = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_day_for = models.DateTimeField(null=True, blank=True, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_start",
                violation_error_message=_("It must end after it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(capacity=None) | models.Q(taken__lte=models.F("capacity")),
                name="meeting_no_more_than_its_seats",
                violation_error_message=_("More people are coming already than there would be seats."),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="meetings_to_come", condition=models.Q(cancelled_at=None))
        ]

    def __str__(self) -> str:
        return self.title

    def role_scopes(self) -> set[Scope]:
        """Return the scopes of the cohort that meets."""
        return cohort_scopes(self.cohort_id, self.cohort.round_id)

    @property
    def is_full(self) -> bool:
        """Say whether every seat is taken."""
        return self.capacity is not None and self.taken >= self.capacity


class SeatState(models.TextChoices):
    """Where somebody stands with a meeting."""

    INVITED = "invited", _("invited")
    GOING = "going", _("coming")
    WAITING = "waiting", _("on the waiting list")
    DECLINED = "declined", _("not coming")


class AttendanceWay(models.TextChoices):
    """How it became known that somebody was there."""

    CODE = "code", _("by the code in the room")
    LIST = "list", _("by the trainer's list")


class Seat(TimeStamped):
    """Somebody's place at a meeting, and whether they were there; `answered_at` orders the waiting list."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="seats")
    state = models.CharField(_("state"), max_length=10, choices=SeatState.choices, default=SeatState.INVITED)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    attended_at = models.DateTimeField(_("was there at"), null=True, blank=True)
    attended_by = models.CharField(_("known by"), max_length=10, choices=AttendanceWay.choices, blank=True)

    class Meta:
        verbose_name = _("place at a meeting")
        verbose_name_plural = _("places at meetings")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "enrolment"], name="one_seat_per_meeting"),
        ]
        indexes = [
            models.Index(
                fields=["meeting", "answered_at"], name="waiting_list", condition=models.Q(state="waiting")
            ),
            models.Index(
                fields=["meeting"], name="seats_attended", condition=models.Q(attended_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.enrolment_id}"
