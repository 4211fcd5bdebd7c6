"""What certificates and points tell the rest of the house."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import tick
from core.navigation import Audience, NavItem, Place
from core.navigation import register as register_link
from courses.learning import happenings
from courses.learning.permissions import (
    may_follow,
    may_manage_certificate,
    may_see_colleagues,
    may_see_totals,
)
from courses.learning.proof import personal_data, policies
from courses.learning.queries.certificates import certificate_places
from courses.learning.tasks import certificates as certificate_tasks
from courses.learning.tasks import records as record_tasks
from notifications.kinds import NoticeKind
from notifications.kinds import register as register_notices


def register() -> None:
    """Fill the registries; called once when the house starts."""
    personal_data.register()
    policies.register_policies()
    happenings.progressed.connect(certificate_tasks.when_progressed, dispatch_uid="learning.certificates")
    tick.register(
        "learning.certificates", certificate_tasks.issue_certificates, every=certificate_tasks.ROUND_MINUTES
    )
    tick.register("learning.records", record_tasks.tell_record_store, every=record_tasks.EVERY_MINUTES)
    _register_links()
    register_notices(
        NoticeKind("learning.certificate", say=_say_ready, places=certificate_places, icon="done")
    )


def _register_links() -> None:
    register_link(
        NavItem(
            _("Certificates and points"),
            "learning:certificates",
            place=Place.ACCOUNT,
            audience=Audience.MEMBER,
            order=40,
            icon="done",
            allowed=may_follow,
        ),
        NavItem(
            _("Training in figures"),
            "learning:totals",
            audience=Audience.MEMBER,
            order=36,
            icon="chart",
            allowed=may_see_totals,
        ),
        NavItem(
            _("Certificates"),
            "learning:certificate_desk",
            audience=Audience.MEMBER,
            order=36,
            icon="done",
            allowed=lambda user: may_manage_certificate(user) and not may_see_totals(user),
        ),
        NavItem(
            _("Training of my practice"),
            "learning:colleagues",
            place=Place.ACCOUNT,
            audience=Audience.MEMBER,
            order=35,
            icon="chart",
            allowed=may_see_colleagues,
        ),
    )


def _say_ready(_count: int, place: str) -> str:
    return gettext("Your certificate of “%(place)s” is ready.") % {"place": place}
