"""The question bank on the editors' desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.exercises.models import Question, Quiz


class QuestionViewSet(SnippetViewSet):
    """The bank of questions, with what uses them."""

    model = Question
    icon = "help"
    menu_label = _("Questions")
    list_display = ["title", "kind", "locale"]
    list_filter = ["kind"]
    search_fields = ["title", "prompt"]


class QuizViewSet(SnippetViewSet):
    """Quizzes: questions of the bank in an order."""

    model = Quiz
    icon = "tasks"
    menu_label = _("Quizzes")
    list_display = ["title", "locale"]
    search_fields = ["title"]


class ExercisesGroup(SnippetViewSetGroup):
    """Everything that learners do."""

    items = (QuestionViewSet, QuizViewSet)
    menu_icon = "help"
    menu_label = _("Exercises")
    menu_order = 250


register_snippet(ExercisesGroup)
