"""User, roles and permissions, consent ledger, own-data export and erasure."""
