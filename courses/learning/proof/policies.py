"""What the patient-data gate does with the texts of certificates and points."""

from __future__ import annotations

from patientdata.policy import Policy, register

WRITTEN_BY_US = {
    "BadgeKey": ("kid", "public_jwk", "private_key"),
    "Certificate": ("code", "holder_name", "course_title", "language", "criteria", "jwt"),
}


def register_policies() -> None:
    """Guard what leaders type; the rest is written by our own code."""
    register({"learning.Certificate.revocation_note": Policy.BLOCK})
    register(
        {f"learning.{model}.{name}": Policy.OFF for model, names in WRITTEN_BY_US.items() for name in names},
        reason="Keys, codes and what the account and the edition say already: nobody types here.",
    )
