"""Questions and quizzes: snippets that lessons choose (decision 2)."""

from courses.exercises.models.question import Level, Question, QuestionKind
from courses.exercises.models.quiz import Quiz

__all__ = ["Level", "Question", "QuestionKind", "Quiz"]
