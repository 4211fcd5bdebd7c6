"""What this room tells the rest of the house: navigation, next steps, personal data, demo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import scopes
from accounts.models import ScopeKind, User
from accounts.permissions import Permission, can
from core import navigation, next_steps, personal_data
from core.demo import register_demo
from patientdata.policy import Policy, register
from practices.demo import load
from practices.models import Participation, WeekCount
from practices.queries import (
    desk_participations_for,
    own_participations,
    practice_names,
    practices_to_staff,
)

MINUTES_TO_COUNT = 2


def register_all() -> None:
    """Fill the registries; called once when the house starts."""
    _register_navigation()
    _register_policies()
    next_steps.register("practices", steps_for)
    scopes.register(
        ScopeKind.PRACTICE,
        choices_for=lambda user: ((practice.pk, str(practice)) for practice in practices_to_staff(user)),
        labels=practice_names,
    )
    personal_data.register(
        personal_data.PersonalData(
            model="practices.WeekCount",
            field="counted_by",
            export=_counted_weeks,
            erase=_forget_counter,
            retention="As long as the round's figures are kept; who counted goes with the account.",
        )
    )
    register_demo("practices", 70, load)


def _register_policies() -> None:
    register({"practices.Round.name": Policy.BLOCK})
    register({"practices.Comparison.text": Policy.WARN, "practices.Comparison.text_fr": Policy.WARN})
    register(
        {"practices.Practice.name": Policy.OFF, "practices.Practice.place": Policy.OFF},
        reason="An organisation's own name and town; many practices carry a doctor's family name.",
    )


def _register_navigation() -> None:
    navigation.register(
        navigation.NavItem(
            gettext_lazy("Practice"),
            "practices:practices",
            audience=navigation.Audience.MEMBER,
            order=30,
            icon="practice",
            allowed=lambda user: can(user, Permission.VIEW_PRACTICE),
        ),
        navigation.NavItem(
            gettext_lazy("Project"),
            "practices:desk",
            audience=navigation.Audience.MEMBER,
            order=35,
            icon="flag",
            allowed=lambda user: can(user, Permission.MANAGE_ROUNDS),
        ),
    )


def steps_for(user: User) -> Iterable[next_steps.NextStep]:
    """Return what practices ask of this person now: count last week or this one, or look after who is behind."""
    if can(user, Permission.MANAGE_ROUNDS):
        yield from _project_steps(user)
    if not can(user, Permission.COUNT_LETTERS):
        return
    today = timezone.localdate()
    for participation in own_participations(user)[:3]:
        running = participation.round.starts_on <= today <= participation.round.ends_on
        if running and can(user, Permission.COUNT_LETTERS, participation):
            yield _count_step(participation)


def _project_steps(user: User) -> Iterable[next_steps.NextStep]:
    """Return, for who leads rounds that run now: which have practices that did not count last week."""
    behind = Counter(row.round for row in desk_participations_for(user) if row.overdue)
    for round_, count in sorted(behind.items(), key=lambda found: found[0].pk)[:3]:
        text = ngettext(
            "%(count)s practice did not count last week.",
            "%(count)s practices did not count last week.",
            count,
        )
        yield next_steps.NextStep(
            key=f"practices.behind.{round_.pk}",
            wing=next_steps.Wing.PRACTICE,
            icon="flag",
            title=_("See who could use a call in “%(round)s”") % {"round": round_.name},
            text=text % {"count": count},
            url=reverse("practices:round", args=[round_.pk]),
            minutes=5,
            weight=45,
            action=_("To the round"),
        )


def _count_step(participation: Participation) -> next_steps.NextStep:
    target = participation.round.letter_target
    sent = {"letters": participation.letters, "target": target}
    text = _("%(letters)s of %(target)s letters went out so far.") % sent
    return next_steps.NextStep(
        key=f"practices.count.{participation.pk}",
        wing=next_steps.Wing.PRACTICE,
        icon="letter",
        title=_("Count last week's letters and responses") if participation.overdue else _("Count this week"),
        text=text,
        url=participation.get_absolute_url(),
        minutes=MINUTES_TO_COUNT,
        weight=80 if participation.overdue else 30,
        action=_("Count now"),
    )


def _counted_weeks(user: Any) -> Iterable[dict[str, Any]]:
    for row in WeekCount.objects.filter(counted_by=user).order_by("week"):
        yield {"week": row.week.isoformat(), **row.counts}


def _forget_counter(user: Any) -> None:
    WeekCount.objects.filter(counted_by=user).update(counted_by=None)
