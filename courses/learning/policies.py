"""What the patient-data gate does with this room's text fields."""

from __future__ import annotations

from patientdata.policy import Policy, register


def register_policies() -> None:
    """Guard what learners write; the rest is written by our own code."""
    register({"learning.Reflection.text": Policy.BLOCK, "learning.Answer.text": Policy.BLOCK})
    register({"learning.Regrade.reason": Policy.BLOCK})
    register(
        {"learning.Regrade.key": Policy.OFF, "learning.Regrade.language": Policy.OFF},
        reason="How editions name the question; nobody types here.",
    )
    register(
        {
            "learning.PracticeSample.title": Policy.BLOCK,
            "learning.PracticeSample.question": Policy.BLOCK,
            "learning.PracticeSample.text": Policy.BLOCK,
            "learning.SampleMessage.text": Policy.BLOCK,
            "learning.CoachingMoment.wish": Policy.BLOCK,
        }
    )
    register(
        {"learning.SampleMessage.sound": Policy.OFF},
        reason="The file gets a name of ours on arrival; the name it came with is kept nowhere.",
    )
    register({"learning.JournalEntry.text": Policy.BLOCK, "learning.JournalShare.text": Policy.BLOCK})
    register(
        {
            "learning.JournalShare.target_name": Policy.OFF,
            "learning.JournalShare.study": Policy.OFF,
            "learning.JournalShare.receipt": Policy.OFF,
        },
        reason="What the receiving course, group or study is called, and ids; nobody types here.",
    )
    register(
        {
            "learning.ImportRow.address": Policy.OFF,
            "learning.ImportRow.name": Policy.OFF,
            "learning.PeopleImport.unused": Policy.OFF,
        },
        reason="Addresses and names of professionals to invite, and titles of columns; forgotten after a week.",
    )
    register({"learning.Cohort.name": Policy.BLOCK, "learning.Meeting.title": Policy.BLOCK})
    register(
        {"learning.Meeting.place": Policy.OFF, "learning.Meeting.video_link": Policy.OFF},
        reason="The address of a venue or of a video room: it must hold a street or a link.",
    )
    register(
        {
            "learning.Enrolment.position_block": Policy.OFF,
            "learning.Reflection.block_id": Policy.OFF,
            "learning.Answer.chosen": Policy.OFF,
            "learning.RecallCard.key": Policy.OFF,
            "learning.RecallReview.chosen": Policy.OFF,
        },
        reason="Ids of blocks and options, checked against the edition; nobody types here.",
    )
