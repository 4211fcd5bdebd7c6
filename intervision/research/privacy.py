"""What research holds about a person: participants' pseudonyms, researchers' reading marks (decision 9).

A participant's own copy says under which pseudonym they are known; erasing them breaks the only link to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.personal_data import PersonalData
from intervision.research.models import DeskMark, Participant

type Rows = Iterator[dict[str, Any]]


def export_pseudonyms(user: User) -> Rows:
    """Yield the studies in which the person has a pseudonym."""
    for participant in Participant.objects.filter(subject=user).select_related("study").order_by("pk"):
        yield {"study": participant.study.name, "pseudonym": participant.pseudonym}


def export_marks(user: User) -> Rows:
    """Yield when the researcher last read in each study."""
    for mark in DeskMark.objects.filter(researcher=user).select_related("study").order_by("pk"):
        yield {"study": mark.study.name, "read_at": mark.seen_at}


def erase_pseudonyms(user: User) -> None:
    """Break the link between the person and their pseudonyms."""
    Participant.objects.filter(subject=user).delete()


def erase_marks(user: User) -> None:
    """Forget how far the researcher read."""
    DeskMark.objects.filter(researcher=user).delete()


ENTRIES = (
    PersonalData(
        "research.Participant",
        "subject",
        export_pseudonyms,
        erase_pseudonyms,
        _("As long as the study; the link goes at once when the person has it erased."),
    ),
    PersonalData("research.DeskMark", "researcher", export_marks, erase_marks, _("As long as the study.")),
)
