"""Rounds and practices for tests."""

import datetime as dt

import factory
from django.utils import timezone

from practices.models import Participation, Practice, Round, monday_of


class RoundFactory(factory.django.DjangoModelFactory):
    """A round that began eight weeks ago and runs half a year."""

    class Meta:
        model = Round

    name = factory.Sequence(lambda n: f"Ronde {n}")
    starts_on = factory.LazyFunction(lambda: monday_of(timezone.localdate()) - dt.timedelta(weeks=8))
    ends_on = factory.LazyAttribute(lambda round_: round_.starts_on + dt.timedelta(weeks=26))
    letter_target = 20


class PracticeFactory(factory.django.DjangoModelFactory):
    """A practice."""

    class Meta:
        model = Practice

    name = factory.Sequence(lambda n: f"Huisartsenpraktijk {n}")
    place = "Voorbeeldstad"


class ParticipationFactory(factory.django.DjangoModelFactory):
    """A practice in a round."""

    class Meta:
        model = Participation

    round = factory.SubFactory(RoundFactory)
    practice = factory.SubFactory(PracticeFactory)
