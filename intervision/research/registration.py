"""What research tells the house at start: gate policies, personal data, navigation, demo content."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts import scopes
from accounts.models import ScopeKind, User
from accounts.permissions import Permission, Somebody, can
from core import next_steps, personal_data
from core.demo import register_demo
from core.navigation import Audience, NavItem, Place
from core.navigation import register as register_navigation
from intervision.research import demo, privacy, steps
from intervision.research.queries import studies_to_staff, study_names
from patientdata.policy import Policy
from patientdata.policy import register as register_policies


def register_all() -> None:
    """Register everything, once."""
    register_policies({"research.Study.name": Policy.BLOCK, "research.Study.question": Policy.BLOCK})
    personal_data.register(*privacy.ENTRIES)
    register_navigation(
        NavItem(
            _("Research"), "research:desk", audience=Audience.MEMBER, order=45, icon="chart", allowed=_reads
        ),
        NavItem(
            _("Study"),
            "research:project",
            place=Place.ACCOUNT,
            audience=Audience.MEMBER,
            order=46,
            icon="chart",
            allowed=_manages,
        ),
    )
    scopes.register(ScopeKind.STUDY, choices_for=studies_to_staff, labels=study_names)
    next_steps.register("research", steps.steps_for)
    register_demo("research", 100, demo.load)


def _manages(user: Somebody) -> bool:
    return can(user, Permission.MANAGE_STUDIES)


def _reads(user: Somebody) -> bool:
    return isinstance(user, User) and can(user, Permission.READ_CONSENTED)
