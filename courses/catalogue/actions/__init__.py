"""What changes editions, and what is said above them."""

from courses.catalogue.actions.corrections import (
    CORRECTION_ISSUED,
    CORRECTION_WITHDRAWN,
    NothingToCorrectError,
    issue_correction,
    settle_correction,
    withdraw_correction,
)
from courses.catalogue.actions.editions import CourseNotReadyError, Cut, cut_edition

__all__ = [
    "CORRECTION_ISSUED",
    "CORRECTION_WITHDRAWN",
    "CourseNotReadyError",
    "Cut",
    "NothingToCorrectError",
    "cut_edition",
    "issue_correction",
    "settle_correction",
    "withdraw_correction",
]
