"""Why something cannot be done, for several subjects of this room; the screens say it in a sentence."""

from __future__ import annotations


class NotAllowedError(Exception):
    """The person may not do this here."""


class NothingToFollowError(Exception):
    """The course has no edition yet."""


class OtherCohortError(Exception):
    """The person follows this course with another cohort."""


class ListInUseError(Exception):
    """The list of people is being used, was used, or is gone."""


class TooFewSeatsError(Exception):
    """More people are coming than there would be seats; `taken` says how many."""

    def __init__(self, taken: int) -> None:
        super().__init__(taken)
        self.taken = taken


class MeetingOverError(Exception):
    """The meeting was cancelled or has begun: nobody can answer any more."""


class CodeRefusedError(Exception):
    """The code in the room is not (or no longer) right, or the meeting is not about to begin."""


class NotInvitedError(Exception):
    """The person does not belong to the people of this meeting."""
