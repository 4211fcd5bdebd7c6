"""What this room tells the rest of the house."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import navigation, personal_data, tick
from courses.learning import sharing
from intervision.research import outside
from patientdata.policy import Policy, register
from portal import journal, rounds
from portal.models import PutOff
from portal.tasks import forget_put_off

A_DAY = 24 * 60


def register_all() -> None:
    """Fill the registries; called once when the house starts."""
    navigation.register(
        navigation.NavItem(
            _("Today"), "portal:home", audience=navigation.Audience.MEMBER, order=10, icon="today"
        )
    )
    personal_data.register(
        personal_data.PersonalData(
            model="portal.PutOff",
            field="user",
            export=_steps_put_off,
            erase=_erase,
            retention="Until the day on which the step comes back.",
        )
    )
    register({"portal.PutOff.key": Policy.OFF}, reason="The name of a step, made by the house.")
    for receiver in journal.RECEIVERS:
        sharing.register(receiver)
    outside.register("journal", journal.from_journals)
    tick.register("portal.forget_put_off", forget_put_off, every=A_DAY)
    rounds.register()


def _steps_put_off(user: Any) -> Iterable[dict[str, Any]]:
    for row in PutOff.objects.filter(user=user):
        yield {"step": row.key, "until": row.until.isoformat()}


def _erase(user: Any) -> None:
    PutOff.objects.filter(user=user).delete()
