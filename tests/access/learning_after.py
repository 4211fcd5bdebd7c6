"""Who may open the half year after the training day: its learner, and what trainers need of it."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from courses.learning import actions
from courses.learning.models import (
    CoachingMoment,
    JournalEntry,
    JournalShare,
    PracticeSample,
    RecallCard,
    RecallReview,
    SampleKind,
    SampleMessage,
)
from courses.learning.queries import outline_of
from courses.learning.sharing import destinations_for
from tests.access.table import Row
from tests.access.worlds import World, thing
from tests.courses.factories import was_at_training_day
from tests.library.factories import wav_bytes

ALL_MEMBERS = {"signed_in"}
OWN = "Everybody sees their own; who has none is told when it begins."


@thing
def recall_card(world: World) -> RecallCard:
    """A question that came back to the POH."""
    enrolment = world.enrolment
    was_at_training_day(enrolment, timezone.localdate())
    actions.make_plan(enrolment, by=None)
    outline = outline_of(enrolment)
    item = outline.exercises_of(outline.lessons[0])[0]
    return RecallCard.objects.create(
        enrolment=enrolment, key=item.key, item_id=item.id, due_at=timezone.now()
    )


@thing
def recall_review(world: World) -> RecallReview:
    card = world.recall_card
    return RecallReview.objects.create(card=card, item=card.item, chosen=[], outcome="wrong")


ROWS = [
    Row("learning:plan", ALL_MEMBERS, note=OWN),
    Row("learning:recall", ALL_MEMBERS, note=OWN),
    Row("learning:repeat", {"poh"}, make=lambda world: {"pk": world.recall_card.pk}, method="post"),
    Row("learning:recalled", {"poh"}, make=lambda world: {"pk": world.recall_review.pk}),
]


@thing
def journal_entry(world: World) -> JournalEntry:
    return actions.write_entry(text="Vandaag luisterde ik langer.", confirmed=False, by=world.people["poh"])


@thing
def journal_share(world: World) -> JournalShare:
    world.enrolment  # noqa: B018 -- a course in which the trainer is the POH's
    destination = destinations_for(world.people["poh"])[0]
    return actions.share_entry(world.journal_entry, destination, seen_revision=1, by=world.people["poh"])


def _entry(world: World) -> dict[str, int]:
    return {"pk": world.journal_entry.pk}


ONLY_THE_WRITER = "Nobody else's role ever opens it, administrators' neither."
ROWS += [
    Row("learning:journal", ALL_MEMBERS, note=OWN),
    Row("learning:write_entry", {"poh", "gp", "trainer"}),
    Row("learning:entry", {"poh"}, make=_entry, note=ONLY_THE_WRITER),
    Row("learning:change_entry", {"poh"}, make=_entry, note=ONLY_THE_WRITER),
    Row("learning:delete_entry", {"poh"}, make=_entry, note=ONLY_THE_WRITER),
    Row("learning:share_entry", {"poh"}, make=_entry, note=ONLY_THE_WRITER),
    Row("learning:take_back", {"poh"}, make=lambda world: {"pk": world.journal_share.pk}, method="post"),
    Row("learning:shared", {"trainer"}, note="Copies that learners handed to their own trainers."),
]


@thing
def practice_sample(world: World) -> PracticeSample:
    return actions.hand_in_sample(
        world.enrolment,
        kind=SampleKind.OWN_TEXT,
        title="Het telefoontje",
        text="Ik: U kreeg een brief van ons.",
        made_up=True,
        confirmed=False,
        by=world.people["poh"],
    )


@thing
def spoken_feedback(world: World) -> SampleMessage:
    sound = SimpleUploadedFile("opname.wav", wav_bytes())
    return actions.answer_sample(
        world.practice_sample, sound=sound, confirmed=False, by=world.people["trainer"]
    )


def _sample(world: World) -> dict[str, int]:
    return {"pk": world.practice_sample.pk}


def _in_a_course(world: World) -> dict[str, int]:
    world.enrolment  # noqa: B018 -- makes the POH follow a course
    return {}


ROWS += [
    Row("learning:samples", ALL_MEMBERS, note=OWN),
    Row(
        "learning:hand_in_sample",
        {"poh"},
        make=_in_a_course,
        note="Who follows no course has nowhere to hand in.",
    ),
    Row("learning:sample", {"poh"}, make=_sample),
    Row("learning:withdraw_sample", {"poh"}, make=_sample),
    Row(
        "learning:recording",
        {"poh", "trainer"},
        make=lambda world: {"token": world.spoken_feedback.token, "ending": "wav"},
        note="The learner whom it is for, and their trainers; nobody else, administrators neither.",
    ),
    Row("learning:coach_samples", {"trainer"}),
    Row("learning:coach_sample", {"trainer"}, make=_sample),
]


@thing
def coaching_moment(world: World) -> CoachingMoment:
    world.recall_card  # noqa: B018 -- makes the POH's plan
    return CoachingMoment.objects.get(number=1)


def _moment(world: World) -> dict[str, int]:
    return {"pk": world.coaching_moment.pk}


ROWS += [
    Row("learning:own_coaching", {"poh"}, make=_moment),
    Row("learning:coaching", {"trainer"}),
    Row("learning:hold_coaching", {"trainer"}, make=_moment, method="post"),
    Row("learning:reopen_coaching", {"trainer"}, make=_moment, method="post"),
]
ROWS += [
    Row("learning:plan_coaching", {"trainer"}, note="Without anybody ticked it leads back to the desk."),
    Row("learning:offer_coaching", {"trainer"}),
    Row("learning:choose_coaching", {"poh"}, make=_moment, method="post"),
]
