"""What the patient-data gate does with this room's text fields."""

from __future__ import annotations

from patientdata.policy import Policy, register

QUESTION = (
    "title",
    "theme",
    "prompt",
    "options",
    "unit",
    "right_feedback",
    "else_feedback",
    "model_answer",
    "explanation",
)
QUIZ = ("title", "intro", "questions")


def register_policies() -> None:
    """Warn editors; their examples are invented."""
    register({f"exercises.Question.{field}": Policy.WARN for field in QUESTION})
    register({f"exercises.Quiz.{field}": Policy.WARN for field in QUIZ})
