"""Whether somebody earned a certificate: one pure function from facts to criteria in words.

No measure of skill, no self-coding, no ending of a conversation and nothing of a patient is among the facts
(curriculum, section 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.catalogue.certificates import Rules

ALL_RIGHT = 100
MOST_NAMED = 3  # quizzes named one by one; more would be a list of their own


@dataclass(frozen=True)
class QuizFact:
    """A quiz of the edition with somebody's best attempt, in per cent; None when none was handed in.

    `pass_mark` is the quiz's own, in per cent, None where it has none; `required` asks for everything right.
    """

    title: str
    best: int | None
    pass_mark: int | None = None
    required: bool = False

    def mark(self, rules: Rules) -> int:
        """Return what is needed, in per cent: everything, the quiz's own pass mark, or that of the course."""
        if self.required:
            return ALL_RIGHT
        return rules.pass_mark if self.pass_mark is None else self.pass_mark

    def passed(self, rules: Rules) -> bool:
        """Say whether the best attempt is good enough."""
        return self.best is not None and self.best >= self.mark(rules)


@dataclass(frozen=True)
class Facts:
    """What is known of one enrolment; `open` is False once it was closed.

    `samples` counts practice samples on which a trainer gave feedback, whatever the feedback said.
    """

    lessons_done: int
    lessons_total: int
    training_day: bool
    coachings: int
    samples: int = 0
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
    if rules.samples:
        asked.append(_samples(rules, facts))
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


def _samples(rules: Rules, facts: Facts) -> Criterion:
    left = max(rules.samples - facts.samples, 0)
    goal = ngettext(
        "At least one practice sample looked at by a trainer",
        "At least %(count)s practice samples looked at by a trainer",
        rules.samples,
    )
    needed = ngettext("%(count)s practice sample to go.", "%(count)s practice samples to go.", left)
    return Criterion(
        key="samples",
        met=left == 0,
        goal=goal % {"count": rules.samples},
        needed=needed % {"count": left} if left else "",
    )


def _quizzes(rules: Rules, facts: Facts) -> Iterable[Criterion]:
    """Ask for all quizzes together where the rules do, and for each that must be all right by its name."""
    free = [quiz for quiz in facts.quizzes if not quiz.required]
    if rules.quizzes and free:
        yield _all_quizzes(rules, free)
    for number, quiz in enumerate(quiz for quiz in facts.quizzes if quiz.required):
        met = quiz.passed(rules)
        goal = _("“%(quiz)s”: everything right") % {"quiz": quiz.title}
        yield Criterion(f"required-{number}", met, goal, "" if met else _still(rules, quiz))


def _all_quizzes(rules: Rules, quizzes: Sequence[QuizFact]) -> Criterion:
    missing = [quiz for quiz in quizzes if not quiz.passed(rules)]
    goal = ngettext("The quiz passed", "All %(count)s quizzes passed", len(quizzes)) % {"count": len(quizzes)}
    needed = " ".join(f"“{quiz.title}”: {_still(rules, quiz)}" for quiz in missing[:MOST_NAMED])
    if len(missing) > MOST_NAMED:
        more = len(missing) - MOST_NAMED
        needed += " " + ngettext("And %(count)s more.", "And %(count)s more.", more) % {"count": more}
    return Criterion("quizzes", not missing, goal, needed)


def _still(rules: Rules, quiz: QuizFact) -> str:
    if quiz.best is None:
        return _("not handed in yet.")
    return _("%(best)s%% right at best, %(mark)s%% is needed.") % {
        "best": quiz.best,
        "mark": quiz.mark(rules),
    }
