"""What the patient-data gate does with this room's text fields."""

from __future__ import annotations

from patientdata.policy import Policy, register

WARNED = {
    "HomePage": ("headline", "lead", "actions", "body"),
    "ContentPage": ("lead", "body"),
    "MedicalIndexPage": ("lead", "body"),
    "MedicalPage": ("lead", "body", "professional"),
    "GlossaryTerm": ("term", "other_forms", "explanation"),
    "Source": ("title", "publisher", "remark", "remark_fr"),
}


def register_policies() -> None:
    """Register every text field of the public pages; editors are warned, never stopped."""
    register({f"pages.{model}.{field}": Policy.WARN for model, fields in WARNED.items() for field in fields})
    register(
        {"pages.Source.edition": Policy.OFF, "pages.Source.url": Policy.OFF},
        reason="An edition's date and an address on the web, which look like personal numbers and never are.",
    )
    register(
        {
            "pages.Source.key": Policy.OFF,
            "pages.Source.kind": Policy.OFF,
            "pages.Source.verified_facts": Policy.OFF,
        },
        reason="A short name, a choice from a list and a checksum: no running text.",
    )
