"""What research puts on a researcher's list of next steps."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Permission, can
from core.next_steps import NextStep, Wing
from intervision.research.models import Study
from intervision.research.queries import mark_of, new_since_visit, sources_of, studies_visible_to

MOST_STUDIES = 3
MOST_MINUTES = 20


def steps_for(user: User) -> Iterator[NextStep]:
    """Return a step for each study in which there is something to read."""
    if not can(user, Permission.READ_CONSENTED):
        return
    for study in studies_visible_to(user)[:MOST_STUDIES]:
        mark = mark_of(user, study)
        sources = sources_of(study) if mark is None else new_since_visit(sources_of(study), mark)
        if count := sources.count():
            yield _read(study, count, first=mark is None)


def _read(study: Study, count: int, *, first: bool) -> NextStep:
    new = ngettext(
        "%(count)s message came since your last visit.",
        "%(count)s messages came since your last visit.",
        count,
    )
    shared = ngettext(
        "%(count)s message was shared with you.", "%(count)s messages were shared with you.", count
    )
    return NextStep(
        key=f"research.read.{study.pk}",
        wing=Wing.RESEARCH,
        icon="quote",
        title=_("Read what is new in “%(study)s”") % {"study": study.name},
        text=(shared if first else new) % {"count": count},
        url=study.get_absolute_url() if first else f"{study.get_absolute_url()}?nieuw=1",
        minutes=min(count, MOST_MINUTES),
        weight=60,
        action=_("Start reading"),
    )
