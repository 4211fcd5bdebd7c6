"""Whether a course gives a certificate and for what, in one line for whoever looks at its overview."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.catalogue import queries as catalogue
from courses.catalogue.certificates import Rules, rules_from, rules_of
from courses.catalogue.models import CoursePage, ItemKind
from courses.catalogue.models.certificate_rules import GivesCertificate
from courses.catalogue.queries import Outline
from courses.learning.eligibility import Facts, QuizFact, criteria


def certificate_line(outline: Outline) -> str:
    """Return what this edition asks for its certificate, or that it gives none, in the reader's language."""
    return _line(rules_of(outline), _nothing_done(outline, _quizzes(outline)))


def draft_line(course: CoursePage, outline: Outline, newest: Outline | None) -> str:
    """Return the same for a course's draft; its quizzes are those of the newest edition, where there is one."""
    names = [one.name for one in GivesCertificate._meta.get_fields()]
    rules = rules_from({name: getattr(course, name) for name in names})
    return _line(rules, _nothing_done(outline, _quizzes(newest) if newest else ()))


def _nothing_done(outline: Outline, quizzes: tuple[QuizFact, ...]) -> Facts:
    return Facts(
        lessons_done=0,
        lessons_total=len(outline.lessons),
        training_day=False,
        coachings=0,
        samples=0,
        quizzes=quizzes,
    )


def _line(rules: Rules, nothing_done: Facts) -> str:
    if not rules.given:
        return _("This training gives no certificate.")
    goals = [_small(criterion.goal) for criterion in criteria(rules, nothing_done)]
    words = {"hours": _hours(rules), "goals": get_text_list(goals, _("and"))}
    if rules.hours:
        return _("Certificate of %(hours)s for: %(goals)s.") % words
    return _("Certificate for: %(goals)s.") % words


def _quizzes(outline: Outline) -> tuple[QuizFact, ...]:
    """Return the quizzes, none handed in; one that stands in two lessons counts once."""
    quizzes = {item.key: item for item in outline.items if item.kind == ItemKind.QUIZ}
    marks = ((item.title, catalogue.quiz_rules(item)) for item in quizzes.values())
    return tuple(QuizFact(title, None, mark.pass_percent, mark.required_all) for title, mark in marks)


def _hours(rules: Rules) -> str:
    hours = (rules.hours or Decimal(0)).normalize()
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == 1 else 2) % {
        "hours": number_format(Decimal(f"{hours:f}"))
    }


def _small(goal: str) -> str:
    return goal[:1].lower() + goal[1:]
