"""Handing in a practice sample, and talking about it. Nothing here is scored; that a trainer looked at it may be asked for."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.files import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.learning import happenings
from courses.learning.errors import NotAllowedError
from courses.learning.models import (
    CoachingMoment,
    Enrolment,
    PracticeSample,
    SampleKind,
    SampleMark,
    SampleMessage,
)
from courses.learning.permissions import may_coach, may_learn
from courses.learning.queries.coached import trainers_of
from courses.learning.recordings import KEPT_DAYS, check_recording
from notifications.actions import mark_read_about, notify
from patientdata import gate

SAMPLE_IN, SAMPLE_ANSWERED = "learning.sample_in", "learning.sample_answered"


class NotMadeUpError(Exception):
    """The learner did not confirm that the sample is made up or acted out, and no patient's."""


class NothingSaidError(Exception):
    """A message holds neither words nor a recording."""


@transaction.atomic
def hand_in_sample(
    enrolment: Enrolment,
    *,
    kind: SampleKind,
    title: str,
    text: str,
    question: str = "",
    moment: CoachingMoment | None = None,
    made_up: bool,
    confirmed: bool,
    by: User,
) -> PracticeSample:
    """Hand in a sample in one's own enrolment, perhaps for a coaching moment of it; the trainers are told.

    `made_up` is the learner's word that this is a simulation or their own invention; raises NotMadeUpError without it,
    PatientDataFound when it may identify a patient all the same.
    """
    if not may_learn(by, enrolment) or (moment is not None and moment.enrolment_id != enrolment.pk):
        raise NotAllowedError
    if not made_up:
        raise NotMadeUpError
    for field, words in (("title", title), ("question", question), ("text", text)):
        gate.require_clean(f"learning.PracticeSample.{field}", words, confirmed=confirmed)
    sample = PracticeSample.objects.create(
        enrolment=enrolment, kind=kind, title=title, question=question, text=text, moment=moment
    )
    audit.record("learning.sample_handed_in", by=by, obj=sample, after={"kind": kind})
    _tell_trainers(sample, by=by)
    return sample


def _tell_trainers(sample: PracticeSample, *, by: User) -> None:
    path = reverse("learning:coach_sample", args=[sample.pk])
    notify(list(trainers_of(sample.enrolment)), kind=SAMPLE_IN, object=sample, path=path, by=by)


@transaction.atomic
def answer_sample(
    sample: PracticeSample,
    *,
    text: str = "",
    sound: File[bytes] | None = None,
    token: uuid.UUID | None = None,
    confirmed: bool,
    by: User,
) -> SampleMessage:
    """Say something about a sample: its learner in words, its trainers in words or by a recording.

    The same `token` gives the same message. Raises NothingSaidError, PatientDataFound, and UploadRefusedError for a
    recording that is no short whole sound.
    """
    as_trainer = may_coach(by, sample.enrolment)
    if not as_trainer and (not may_learn(by, sample.enrolment) or sound is not None):
        raise NotAllowedError
    PracticeSample.objects.select_for_update().only("pk").get(pk=sample.pk)
    key = token or uuid.uuid4()
    sent = SampleMessage.objects.filter(sample=sample, author=by, token=key).first()
    if sent is not None:
        return sent
    if not text.strip() and sound is None:
        raise NothingSaidError
    gate.require_clean("learning.SampleMessage.text", text, confirmed=confirmed)
    message = SampleMessage(sample=sample, author=by, by_trainer=as_trainer, token=key, text=text)
    if sound is not None:
        facts = check_recording(sound, sound.name or "", sound.size)
        message.sound, message.seconds, message.size = sound, facts.seconds, facts.size
    message.save()
    _after_answer(sample, message, by=by)
    return message


def _after_answer(sample: PracticeSample, message: SampleMessage, *, by: User) -> None:
    after = {"sample": sample.pk, "trainer": message.by_trainer, "seconds": round(message.seconds)}
    audit.record("learning.sample_answered", by=by, obj=message, after=after)
    see_sample(sample, by=by)
    if message.by_trainer:
        path = reverse("learning:sample", args=[sample.pk])
        notify([sample.enrolment.user_id], kind=SAMPLE_ANSWERED, object=sample, path=path, by=by)
        happenings.tell(sample.enrolment_id)
    else:
        _tell_trainers(sample, by=by)


@transaction.atomic
def withdraw_sample(sample: PracticeSample, *, by: User) -> None:
    """Delete one's own sample with everything said about it, recordings included."""
    if sample.enrolment.user_id != by.pk:
        raise NotAllowedError
    audit.record("learning.sample_withdrawn", by=by, obj=sample)
    sample.delete()


@transaction.atomic
def see_sample(sample: PracticeSample, *, by: User) -> None:
    """Remember that this reader has seen everything said up to now, and put their notices away."""
    SampleMark.objects.update_or_create(sample=sample, reader=by, defaults={"seen_at": timezone.now()})
    mark_read_about(sample, by=by)


def forget_recordings(*, at: dt.datetime | None = None) -> int:
    """Delete recordings that are older than a year; the words beside them stay. Return how many."""
    limit = (at or timezone.now()) - dt.timedelta(days=KEPT_DAYS)
    old = SampleMessage.objects.exclude(sound="").filter(created_at__lt=limit)
    return sum(forget_recording(message) for message in old.iterator())


@transaction.atomic
def forget_recording(message: SampleMessage) -> bool:
    """Delete the recording of one message; its place in the talk stays."""
    locked = SampleMessage.objects.select_for_update().get(pk=message.pk)
    if not locked.sound:
        return False
    delete_file_later(locked)
    locked.sound, locked.sound_gone_at = "", timezone.now()
    locked.save(update_fields=["sound", "sound_gone_at"])
    audit.record("learning.recording_deleted", by=None, obj=locked)
    return True


def delete_file_later(message: SampleMessage) -> None:
    """Delete the file of a recording once the transaction that lets go of it is final."""
    storage, name = message.sound.storage, str(message.sound.name)
    if name:
        transaction.on_commit(lambda: storage.delete(name))
