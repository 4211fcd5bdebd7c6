"""The trainer as a receiver of journal entries; the receivers of other wings are registered above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from courses.learning.actions.sharing import tell_trainers
from courses.learning.models import ShareAudience
from courses.learning.queries import enrolments_of, trainers_of
from courses.learning.sharing import Destination, Receiver, Shown


def trainers(writer: User) -> Iterator[Destination]:
    """Offer each course in which the writer has a trainer."""
    for enrolment in enrolments_of(writer):
        names = [trainer.display_name for trainer in trainers_of(enrolment)]
        if names:
            yield Destination(
                ShareAudience.TRAINER,
                enrolment.pk,
                enrolment.edition.title,
                _("On the desk of: %(names)s. Nobody else.") % {"names": ", ".join(names)},
            )


def as_trainers_see_it(writer: User, day: dt.date, text: str) -> Shown:
    """Trainers see who wrote it, and on which day."""
    return Shown(name=writer.display_name, when=date_format(day, "j F Y"), text=text)


TRAINER = Receiver(
    ShareAudience.TRAINER,
    label=gettext_lazy("My trainer"),
    destinations=trainers,
    shown=as_trainers_see_it,
    deliver=tell_trainers,
)
