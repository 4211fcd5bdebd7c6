"""What professionals read about substances."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Prefetch, QuerySet

from medicines.models import Brand, EquivalenceTable, Equivalent, HalfLife, Strength, Substance


def substances() -> QuerySet[Substance]:
    """Return all substances with their brands, by Dutch name."""
    found: QuerySet[Substance] = Substance.objects.prefetch_related("brands").order_by("name")
    return found


def substance_with_facts() -> QuerySet[Substance]:
    """Return substances with every fact and its source; six queries for one substance."""
    found: QuerySet[Substance] = Substance.objects.select_related("caution_source").prefetch_related(
        Prefetch("brands", Brand.objects.select_related("source")),
        Prefetch("half_lives", HalfLife.objects.select_related("source")),
        Prefetch("strengths", Strength.objects.select_related("source")),
    )
    return found


def newest_equivalents(substance: Substance) -> list[Equivalent]:
    """Return what the newest version of each table says of this substance, in the order of the tables."""
    newest = EquivalenceTable.objects.values("source").annotate(last=Max("version"))
    versions = {row["source"]: row["last"] for row in newest}
    rows = (
        Equivalent.objects.filter(substance=substance)
        .select_related("table__source", "confirmation")
        .order_by("table__pk")
    )
    return [row for row in rows if versions[row.table.source_id] == row.table.version]


@dataclass(frozen=True)
class Strengths:
    """Strengths of one form in one country, as one source names them."""

    first: Strength
    mg: list[Decimal]


def grouped_strengths(substance: Substance) -> list[Strengths]:
    """Return the strengths of a substance, one line per country, form, halving and source."""
    lines: dict[tuple[object, ...], Strengths] = {}
    for strength in substance.strengths.all():
        key = (strength.country, strength.form, strength.may_be_halved, strength.source_id)
        lines.setdefault(key, Strengths(strength, [])).mg.append(strength.mg)
    return list(lines.values())


@dataclass(frozen=True)
class Spread:
    """How far the sources lie apart."""

    least: Decimal
    greatest: Decimal

    @property
    def differs(self) -> bool:
        """Say whether two sources name different values."""
        return self.least != self.greatest

    @property
    def factor(self) -> Decimal:
        """Return the greatest over the least, one decimal."""
        return (self.greatest / self.least).quantize(Decimal("0.1"))


def spread(rows: list[Equivalent]) -> Spread | None:
    """Return how far readable values lie apart; None when none could be read."""
    bounds = [row.bounds for row in rows if row.bounds]
    if not bounds:
        return None
    return Spread(min(low for low, _high in bounds), max(high for _low, high in bounds))
