"""What the patient-data gate does with the texts of certificates and points."""

from __future__ import annotations

from patientdata.policy import Policy, register

REGISTER_TEXTS = ("name", "profession", "format_text", "format_text_fr", "remark")
WRITTEN_BY_US = {
    "BadgeKey": ("kid", "public_jwk", "private_key"),
    "RecordMark": ("kind",),
    "StatementTurn": ("kind",),
    "ToldFact": ("kind",),
    "PresenceBatch": ("occasion", "title"),
    "PresenceRow": ("occasion", "name", "number", "former_number"),
    "Certificate": ("code", "holder_name", "course_title", "language", "criteria", "jwt"),
}


def register_policies() -> None:
    """Guard what leaders type; the rest is written by our own code."""
    register({"learning.Certificate.revocation_note": Policy.BLOCK})
    register({f"learning.Register.{name}": Policy.WARN for name in REGISTER_TEXTS})
    register(
        {
            "learning.RegistrationNumber.number": Policy.OFF,
            "learning.Register.pattern": Policy.OFF,
            "learning.Accreditation.category": Policy.OFF,
            "learning.Accreditation.accreditation_id": Policy.OFF,
        },
        reason="A professional's own number, checked against the register's format, and what such numbers look like.",
    )
    register(
        {f"learning.{model}.{name}": Policy.OFF for model, names in WRITTEN_BY_US.items() for name in names},
        reason="Keys, codes and what the account and the edition say already: nobody types here.",
    )
