"""The question bank on the editors' desk."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.exercises.models import Question, Quiz


class QuestionFilter(WagtailFilterSet):
    """Questions by kind, level, module or theme, and language."""

    theme = django_filters.AllValuesFilter(
        field_name="theme", label=_("module or theme"), empty_label=_("All")
    )

    class Meta:
        model = Question
        fields = ["kind", "level", "theme", "locale"]


class QuestionViewSet(SnippetViewSet):
    """The bank of questions, with what uses them."""

    model = Question
    icon = "help"
    menu_label = _("Questions")
    list_display = ["title", "kind", "level", "theme", "locale"]
    filterset_class = QuestionFilter
    search_fields = ["title", "prompt"]


class QuizViewSet(SnippetViewSet):
    """Quizzes: questions of the bank in an order."""

    model = Quiz
    icon = "tasks"
    menu_label = _("Quizzes")
    list_display = ["title", "draw", "pass_percent", "attempts", "minutes", "locale"]
    list_filter = ["locale"]
    search_fields = ["title"]


class ExercisesGroup(SnippetViewSetGroup):
    """Everything that learners do."""

    items = (QuestionViewSet, QuizViewSet)
    menu_icon = "help"
    menu_label = _("Exercises")
    menu_order = 250


register_snippet(ExercisesGroup)
