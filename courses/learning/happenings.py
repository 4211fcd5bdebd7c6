"""What happens to a learner and may earn something: a lesson done, an attempt handed in, a day attended, a coaching held.

An action says so inside its transaction; whoever wants to act on it connects in `AppConfig.ready` and waits for the commit.
"""

from __future__ import annotations

from django.dispatch import Signal

from courses.learning.models import Enrolment

progressed = Signal()


def tell(enrolment: Enrolment | int) -> None:
    """Say that something changed for this enrolment (or the one with this primary key)."""
    pk = enrolment.pk if isinstance(enrolment, Enrolment) else enrolment
    progressed.send(sender=Enrolment, enrolment_id=pk)
