"""Base models, audit trail, outbox, storages, template tags, health; knows no feature."""
