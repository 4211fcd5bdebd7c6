"""The name and the size of an upload."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from media.library.holding import held_by


class UploadRefusedError(ValidationError):
    """An upload that is not kept; the message says why and what to do, in the visitor's language."""


def extension(name: str) -> str:
    """Return the ending of a file name in lower case, without its dot."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def check_name(name: str) -> None:
    """Refuse a name that says something else than what one sees: control and direction marks, folders."""
    hidden = any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"} for letter in name)
    if hidden or "/" in name or "\\" in name or name in {"", ".", ".."}:
        raise UploadRefusedError(
            _(
                "The name of this file holds characters that cannot be kept. Give the file a plain name and choose it again."
            ),
            code="name",
        )
    if len(name) > 200:
        raise UploadRefusedError(
            _("The name of this file is too long. Make it shorter than 200 characters."), code="name"
        )


def check_size(size: int, limit: int | None = None) -> None:
    """Refuse an empty file and one of more than `limit` bytes (`MAX_UPLOAD_BYTES` when not given)."""
    most = settings.MAX_UPLOAD_BYTES if limit is None else limit
    if size == 0:
        raise UploadRefusedError(_("This file is empty. Choose another one."), code="empty")
    if size > most:
        raise UploadRefusedError(
            _("This file is %(size)s. At most %(most)s can be uploaded.")
            % {"size": filesizeformat(size), "most": filesizeformat(most)},
            code="size",
        )


def refuse_other_content(item: Any) -> None:
    """Refuse another content for a file that is kept as it is for somebody, for example in an edition of a course."""
    holders = held_by(item)
    if holders:
        raise UploadRefusedError(
            _(
                "People follow this file in %(holders)s, so its content stays. "
                "Add the new one as a file of its own and choose that in the lesson."
            )
            % {"holders": ", ".join(holders[:5])},
            code="held",
        )
