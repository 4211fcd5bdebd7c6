"""Substances and the tables that compare them."""

from medicines.models.substance import Brand, Country, HalfLife, Strength, Substance, SubstanceKind
from medicines.models.table import Confirmation, EquivalenceTable, Equivalent, TableIsFixed

__all__ = [
    "Brand",
    "Confirmation",
    "Country",
    "EquivalenceTable",
    "Equivalent",
    "HalfLife",
    "Strength",
    "Substance",
    "SubstanceKind",
    "TableIsFixed",
]
