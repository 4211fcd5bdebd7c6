"""Whether somebody earned a certificate: one pure function from facts to criteria in words.

No measure of skill, no self-coding, no ending of a conversation and nothing of a patient is among the facts
(curriculum, section 2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.catalogue.certificates import Rules

ALL_RIGHT = 100


@dataclass(frozen=True)
class QuizFact:
    """A quiz of the edition with somebody's best attempt, in per cent; None when none was handed in.

    `pass_mark` is the quiz's own, in per cent, None where it has none; `required` asks for everything right.
    """

    title: str
    best: int | None
    pass_mark: int | None = None
    required: bool = False

    def passed(self, rules: Rules) -> bool:
        """Say whether the best attempt is good enough."""
        if self.best is None:
            return False
        mark = self.pass_mark if self.pass_mark is not None else rules.pass_mark
        return self.best >= (ALL_RIGHT if self.required else mark)


@dataclass(frozen=True)
class Facts:
    """What is known of one enrolment; `open` is False once it was closed."""

    lessons_done: int
    lessons_total: int
    training_day: bool
    coachings: int
    quizzes: tuple[QuizFact, ...] = ()
    open: bool = True


@dataclass(frozen=True)
class Criterion:
    """One thing that a certificate asks: what (`goal`), whether it is met, and what is still needed in words."""

    key: str
    met: bool
    goal: str
    needed: str = ""


def criteria(rules: Rules, facts: Facts) -> tuple[Criterion, ...]:
    """Return everything that the rules ask, met or not, in the reader's language."""
    asked = []
    if rules.lessons:
        asked.append(_lessons(facts))
    if rules.training_day:
        asked.append(_training_day(facts))
    if rules.coachings:
        asked.append(_coachings(rules, facts))
    return (*asked, *_quizzes(rules, facts))


def earned(rules: Rules, facts: Facts) -> bool:
    """Say whether the certificate is earned; a course that gives none, or asks nothing, is never enough."""
    asked = criteria(rules, facts)
    return rules.given and facts.open and bool(asked) and all(criterion.met for criterion in asked)


def _lessons(facts: Facts) -> Criterion:
    left = max(facts.lessons_total - facts.lessons_done, 0)
    goal = ngettext("The lesson done", "All %(count)s lessons done", facts.lessons_total)
    needed = ngettext("%(count)s lesson to go.", "%(count)s lessons to go.", left)
    return Criterion(
        key="lessons",
        met=facts.lessons_total > 0 and left == 0,
        goal=goal % {"count": facts.lessons_total},
        needed=needed % {"count": left} if left else "",
    )


def _training_day(facts: Facts) -> Criterion:
    needed = _("Sign in with the code in the room, or let the trainer tick your name.")
    return Criterion(
        key="training_day",
        met=facts.training_day,
        goal=_("Training day attended"),
        needed="" if facts.training_day else needed,
    )


def _coachings(rules: Rules, facts: Facts) -> Criterion:
    left = max(rules.coachings - facts.coachings, 0)
    goal = ngettext(
        "At least one coaching moment held", "At least %(count)s coaching moments held", rules.coachings
    )
    needed = ngettext("%(count)s coaching moment to go.", "%(count)s coaching moments to go.", left)
    return Criterion(
        key="coachings",
        met=left == 0,
        goal=goal % {"count": rules.coachings},
        needed=needed % {"count": left} if left else "",
    )


def _quizzes(rules: Rules, facts: Facts) -> Iterable[Criterion]:
    """Required quizzes count whether or not the rules ask for all quizzes."""
    for number, quiz in enumerate(facts.quizzes):
        if rules.quizzes or quiz.required:
            yield _quiz(rules, quiz, f"quiz-{number}")


def _quiz(rules: Rules, quiz: QuizFact, key: str) -> Criterion:
    mark = ALL_RIGHT if quiz.required else (rules.pass_mark if quiz.pass_mark is None else quiz.pass_mark)
    names = {"quiz": quiz.title, "mark": mark}
    if mark == ALL_RIGHT:
        goal = _("“%(quiz)s”: everything right") % names
    elif mark:
        goal = _("“%(quiz)s”: at least %(mark)s%% right") % names
    else:
        goal = _("“%(quiz)s” handed in") % names
    met = quiz.passed(rules)
    return Criterion(key=key, met=met, goal=goal, needed="" if met else _still(quiz))


def _still(quiz: QuizFact) -> str:
    if quiz.best is None:
        return _("Not handed in yet.")
    return _("Your best attempt: %(best)s%% right. Try again when you like.") % {"best": quiz.best}
