"""The six-month plan as its learner sees it: what, when, and how it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import Somebody
from courses.learning import intervision
from courses.learning.intervision import Sitting
from courses.learning.models import CoachingMoment, FollowUpPlan
from courses.learning.plan import LAST_WEEK, PlanStep, StepKind, days_late, end_of_week, is_running, plan_from
from courses.learning.queries.following import enrolments_of

COACHING_TITLES = (
    gettext_lazy("Coaching 1: the phone call"),
    gettext_lazy("Coaching 2: the first conversation"),
    gettext_lazy("Coaching 3: before the evaluation"),
    gettext_lazy("Coaching 4: your last sample beside your first"),
)
COACHING_TEXTS = (
    gettext_lazy("Bring a sample: how you open the call after two silent weeks, written out or simulated."),
    gettext_lazy("Bring a sample of a first conversation. What did you hear, and what did you do with it?"),
    gettext_lazy("Three months after the letters come the evaluations. Practise one beforehand."),
    gettext_lazy("Put your last sample beside your first. What do you do differently now?"),
)
INTERVISION_TITLES = (
    gettext_lazy("Intervision: something that went wrong"),
    gettext_lazy("Intervision: something that went well"),
    gettext_lazy("Intervision: colleagues talk about your case"),
)


@dataclass(frozen=True)
class StepView:
    """One step of the plan on its learner's screen.

    `state` is done, now, late, planned or empty (still to come); `when` says the date in words; `moment` is the
    coaching moment behind it, if it is one, and `url` leads to the intervision behind it, if one is known.
    """

    step: PlanStep
    title: str
    text: str
    when: str
    state: str
    moment: CoachingMoment | None = None
    url: str = ""


@dataclass(frozen=True)
class PlanView:
    """A whole plan: the course, its days, its steps in order."""

    plan: FollowUpPlan
    course: str
    day: dt.date
    until: dt.date
    week: int
    running: bool
    steps: tuple[StepView, ...]


def plans_of(user: Somebody) -> list[FollowUpPlan]:
    """Return the person's own plans in courses that they follow now, the latest first; one query."""
    own = FollowUpPlan.objects.filter(enrolment__in=enrolments_of(user).values("pk"))
    return list(own.select_related("enrolment__edition", "enrolment__cohort").order_by("-day", "-pk"))


def plan_views(plans: Sequence[FollowUpPlan], *, now: dt.datetime | None = None) -> list[PlanView]:
    """Return plans with all their steps, in one query and what intervision asks, however many there are."""
    moments: dict[int, dict[int, CoachingMoment]] = {}
    wanted = CoachingMoment.objects.filter(enrolment__in=[plan.enrolment_id for plan in plans])
    for moment in wanted.select_related("meeting", "trainer"):
        moments.setdefault(moment.enrolment_id, {})[moment.number] = moment
    at = now or timezone.now()
    met = _sittings(plans)
    return [
        _plan_view(plan, moments.get(plan.enrolment_id, {}), met.get(plan.enrolment.user_id, []), at)
        for plan in plans
    ]


def _sittings(plans: Sequence[FollowUpPlan]) -> dict[int, list[Sitting]]:
    """Return the intervisions of the people whose plans these are, by user, over all the plans' weeks."""
    if not plans:
        return {}
    first, last = min(plan.day for plan in plans), max(plan.day for plan in plans)
    since, until = _start_of(first), _start_of(end_of_week(last, LAST_WEEK) + dt.timedelta(days=1))
    return intervision.sittings_of({plan.enrolment.user_id for plan in plans}, since, until)


def _start_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _plan_view(
    plan: FollowUpPlan, moments: dict[int, CoachingMoment], met: Sequence[Sitting], now: dt.datetime
) -> PlanView:
    within = [one for one in met if is_running(plan.day, timezone.localdate(one.starts_at))]
    counting = intervision.that_count(within, now)
    today = timezone.localdate(now)
    return PlanView(
        plan=plan,
        course=plan.enrolment.edition.title,
        day=plan.day,
        until=end_of_week(plan.day, LAST_WEEK),
        week=max(1, -(-(today - plan.day).days // 7)),
        running=is_running(plan.day, today),
        steps=tuple(_step_view(step, moments, counting, now) for step in plan_from(plan.day)),
    )


def _step_view(
    step: PlanStep, moments: dict[int, CoachingMoment], met: Sequence[Sitting], now: dt.datetime
) -> StepView:
    today = timezone.localdate(now)
    if step.kind is StepKind.COACHING:
        return _coaching(step, moments.get(step.number), now)
    if step.kind is StepKind.INTERVISION:
        return _intervision(step, met[step.number - 1] if step.number <= len(met) else None, today)
    if step.kind is StepKind.RECALL:
        text = _("Questions from the lessons come back: five at most, twice a week, three minutes each time.")
        when = _("through %(day)s") % {"day": _day(step.due)}
        return StepView(step, _("Repeat"), text, when, "past" if step.due < today else "now")
    text = _("Certificate, the mirror once more, and what you learned for colleagues and researchers.")
    return StepView(step, _("Round off"), text, _in_week_of(step), "")


def _intervision(step: PlanStep, sitting: Sitting | None, today: dt.date) -> StepView:
    title = str(INTERVISION_TITLES[step.number - 1])
    text = _("With your group, by a method. Each meeting gives a proof for your register.")
    if sitting is None:
        return StepView(step, title, text, _in_week_of(step), "past" if step.due < today else "")
    start = timezone.localtime(sitting.starts_at)
    if sitting.attended:
        when, state = _("held on %(day)s") % {"day": _day(start.date())}, "done"
    else:
        when, state = _at(start), "planned"
    return StepView(step, title, text, when, state, url=sitting.url)


def _at(start: dt.datetime) -> str:
    return _("%(day)s at %(time)s") % {"day": _day(start.date()), "time": date_format(start, "H:i")}


def _coaching(step: PlanStep, moment: CoachingMoment | None, now: dt.datetime) -> StepView:
    title, text = str(COACHING_TITLES[step.number - 1]), str(COACHING_TEXTS[step.number - 1])
    state, when = coaching_stand(moment, now) if moment else ("", _in_week_of(step))
    return StepView(step, title, text, when or _in_week_of(step), state, moment)


def coaching_stand(moment: CoachingMoment, now: dt.datetime) -> tuple[str, str]:
    """Return how a coaching moment stands (done, planned, late or empty) and when, in words (empty for its usual week)."""
    if moment.held_at:
        return "done", _("held on %(day)s") % {"day": _day(timezone.localdate(moment.held_at))}
    meeting = moment.meeting
    if meeting is not None and meeting.cancelled_at is None and meeting.ends_at > now:
        return "planned", _at(timezone.localtime(meeting.starts_at))
    late = days_late(moment.due_on, timezone.localdate(now))
    if late:
        return "late", ngettext("%(count)s day late", "%(count)s days late", late) % {"count": late}
    return "", ""


def _in_week_of(step: PlanStep) -> str:
    """Say until when a step is meant to be done: the last day of its week."""
    words = {"week": step.week, "day": _day(step.due)}
    return _("week %(week)s, by %(day)s") % words


def _day(day: dt.date) -> str:
    return date_format(day, "j F")


def moment_name(number: int) -> str:
    """Return what the coaching moment of this number is called."""
    if 1 <= number <= len(COACHING_TITLES):
        return str(COACHING_TITLES[number - 1])
    return _("Coaching %(number)s") % {"number": number}
