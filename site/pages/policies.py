"""What the patient-data gate does with this room's text fields."""

from __future__ import annotations

from patientdata.policy import Policy, register


def register_policies() -> None:
    """Register every text field of the public pages; editors are warned, never stopped."""
    register(
        {
            "pages.HomePage.headline": Policy.WARN,
            "pages.HomePage.lead": Policy.WARN,
            "pages.HomePage.body": Policy.WARN,
            "pages.Source.title": Policy.WARN,
            "pages.Source.publisher": Policy.WARN,
            "pages.Source.remark": Policy.WARN,
            "pages.Source.remark_fr": Policy.WARN,
        }
    )
    register(
        {"pages.Source.edition": Policy.OFF, "pages.Source.url": Policy.OFF},
        reason="An edition's date and an address on the web, which look like personal numbers and never are.",
    )
