"""Policies of the rooms below this one, which cannot register them by themselves."""

from __future__ import annotations

from patientdata.policy import Policy, register


def register_rooms_below() -> None:
    """Register the text fields of `core` and `accounts`."""
    register(
        {
            "core.AuditEntry.action": Policy.OFF,
            "core.AuditEntry.object_type": Policy.OFF,
            "core.AuditEntry.object_id": Policy.OFF,
            "core.AuditEntry.before": Policy.OFF,
            "core.AuditEntry.after": Policy.OFF,
            "core.AuditEntry.previous": Policy.OFF,
            "core.AuditEntry.digest": Policy.OFF,
        },
        reason="Written by our own code: names of actions, ids, states and hashes; nobody types here.",
    )
    register(
        {
            "core.OutboxMail.key": Policy.OFF,
            "core.OutboxMail.recipient": Policy.OFF,
            "core.OutboxMail.sender": Policy.OFF,
            "core.OutboxMail.subject": Policy.OFF,
            "core.OutboxMail.text": Policy.OFF,
            "core.OutboxMail.html": Policy.OFF,
            "core.OutboxMail.headers": Policy.OFF,
            "core.OutboxMail.attachments": Policy.OFF,
        },
        reason="A mail to a member holds that member's address; its words come from our templates.",
    )
    register(
        {
            "accounts.User.password": Policy.OFF,
            "accounts.User.email": Policy.OFF,
            "accounts.User.display_name": Policy.OFF,
            "accounts.User.work_title": Policy.OFF,
        },
        reason="The member's own name, address and work; the gate is about patients.",
    )
    register(
        {
            "accounts.Invitation.email": Policy.OFF,
            "accounts.Invitation.name": Policy.OFF,
            "accounts.Invitation.afterwards": Policy.OFF,
            "accounts.Invitation.token_digest": Policy.OFF,
            "accounts.RecoveryRequest.token_digest": Policy.OFF,
            "accounts.ConsentEntry.study": Policy.OFF,
            "accounts.ConsentEntry.text_digest": Policy.OFF,
            "accounts.ConsentState.study": Policy.OFF,
        },
        reason="The invited person's own address, digests, and keys from our own code; nobody types about patients here.",
    )
