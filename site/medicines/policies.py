"""What the patient-data gate does with this room's text fields."""

from __future__ import annotations

from patientdata.policy import Policy, register


def register_policies() -> None:
    """Register every text field; none of them is running text of a person about a person."""
    register(
        {"medicines.Substance.caution": Policy.WARN, "medicines.Substance.caution_fr": Policy.WARN},
    )
    register(
        {
            f"medicines.{field}": Policy.OFF
            for field in (
                "Substance.slug",
                "Substance.name",
                "Substance.name_fr",
                "Substance.kind",
                "Substance.half_life_class",
                "Brand.country",
                "Brand.name",
                "HalfLife.hours",
                "HalfLife.metabolite_hours",
                "Strength.country",
                "Strength.form",
                "EquivalenceTable.short_name",
                "EquivalenceTable.checksum",
            )
        },
        reason="Names of medicines, figures and choices from a list, which editors copy from a printed source.",
    )
