"""What the patient-data gate does with this room's text fields."""

from __future__ import annotations

from patientdata.policy import Policy, register


def register_policies() -> None:
    """Warn editors; their examples are invented."""
    register(
        {
            "exercises.Question.title": Policy.WARN,
            "exercises.Question.prompt": Policy.WARN,
            "exercises.Question.options": Policy.WARN,
            "exercises.Question.explanation": Policy.WARN,
            "exercises.Quiz.title": Policy.WARN,
            "exercises.Quiz.intro": Policy.WARN,
            "exercises.Quiz.questions": Policy.WARN,
        }
    )
