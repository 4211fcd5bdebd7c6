"""What the patient-data gate does with this room's text fields."""

from __future__ import annotations

from patientdata.policy import Policy, register

EDITORIAL = (
    "PodcastIndexPage.intro",
    "ShowPage.description",
    "ShowPage.author",
    "ShowPage.owner_name",
    "ShowPage.license",
    "ShowPage.copyright",
    "ShowPage.funding_text",
    "EpisodePage.summary",
    "EpisodePage.notes",
    "EpisodePage.content_warning",
    "EpisodePerson.name",
    "EpisodePerson.about",
    "Chapter.title",
    "Transcript.text",
)


def register_policies() -> None:
    """Register every text field of shows and episodes."""
    register({f"podcast.{field}": Policy.WARN for field in EDITORIAL})
    register(
        {"podcast.ShowPage.owner_email": Policy.OFF, "podcast.ShowPage.funding_url": Policy.OFF},
        reason="An address that is meant to be public, of an organisation.",
    )
    register(
        {"podcast.Cue.speaker": Policy.OFF, "podcast.Cue.text": Policy.OFF},
        reason="Read from the transcript, which the gate has looked at.",
    )
