"""Errors that several subjects of this room share."""


class NotAllowedError(Exception):
    """The person may not do this here."""
