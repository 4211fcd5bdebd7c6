"""Scoring of answers: pure, from a question's facts and what was given to an outcome. One file per way of answering."""

from courses.exercises.scoring.answering import accept, comment, is_whole, score
from courses.exercises.scoring.arranging import halves, placed
from courses.exercises.scoring.drawing import arranged, draw
from courses.exercises.scoring.results import QuizRules, Tally, percent
from courses.exercises.scoring.spec import (
    AnswerRefusedError,
    Given,
    Kind,
    OptionSpec,
    Outcome,
    QuestionSpec,
    Refusal,
    Spot,
)
from courses.exercises.scoring.typed import normalised, number_in

__all__ = [
    "AnswerRefusedError",
    "Given",
    "Kind",
    "OptionSpec",
    "Outcome",
    "QuestionSpec",
    "QuizRules",
    "Refusal",
    "Spot",
    "Tally",
    "accept",
    "arranged",
    "comment",
    "draw",
    "halves",
    "is_whole",
    "normalised",
    "number_in",
    "percent",
    "placed",
    "score",
]
