"""What a password must be, told in the house's own words: colleagues are spoken to as colleagues."""

from __future__ import annotations

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class UnlikeYourself(password_validation.UserAttributeSimilarityValidator):
    """Refuse what looks like the person's own name or address."""

    def __init__(self, max_similarity: float = 0.7) -> None:
        super().__init__(("email", "display_name"), max_similarity)

    def get_error_message(self) -> str:
        """Say why it was refused; `verbose_name` is filled in by Django."""
        return _("This password looks too much like your own details (%(verbose_name)s).")

    def get_help_text(self) -> str:
        """Say it beforehand."""
        return _("Not your own name or address.")


class LongEnough(password_validation.MinimumLengthValidator):
    """Refuse what is shorter than `min_length` characters."""

    def get_error_message(self) -> str:
        """Say why it was refused."""
        return ngettext(
            "This password is too short: it needs at least %(least)d character.",
            "This password is too short: it needs at least %(least)d characters.",
            self.min_length,
        ) % {"least": self.min_length}

    def get_help_text(self) -> str:
        """Say it beforehand."""
        return ngettext(
            "At least %(least)d character; a sentence is fine.",
            "At least %(least)d characters; a sentence is fine.",
            self.min_length,
        ) % {"least": self.min_length}


class NotAmongTheUsual(password_validation.CommonPasswordValidator):
    """Refuse the twenty thousand passwords that everybody tries first."""

    def get_error_message(self) -> str:
        """Say why it was refused."""
        return _("Many people use this password, so it is easy to guess. Choose another.")

    def get_help_text(self) -> str:
        """Say it beforehand."""
        return _("Not one that many people use.")
