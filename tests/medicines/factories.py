"""Substances and tables for tests."""

from __future__ import annotations

from decimal import Decimal

import factory

from medicines.models import EquivalenceTable, Equivalent, Substance, SubstanceKind
from tests.pages.factories import SourceFactory


class SubstanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Substance

    slug = factory.Sequence(lambda n: f"substance-{n}")
    name = factory.Sequence(lambda n: f"middel {n}")
    name_fr = factory.LazyAttribute(lambda o: f"{o.name} (fr)")
    kind = SubstanceKind.BENZODIAZEPINE


class TableFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EquivalenceTable

    source = factory.SubFactory(SourceFactory)
    short_name = factory.Sequence(lambda n: f"Tabel {n}")
    checksum = "0" * 64


class EquivalentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Equivalent

    table = factory.SubFactory(TableFactory)
    substance = factory.SubFactory(SubstanceFactory)
    low = Decimal("1")
