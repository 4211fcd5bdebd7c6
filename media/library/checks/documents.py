"""Documents: an allow list by content, so that a renamed program or a page with script stays out."""

from __future__ import annotations

import zipfile
from typing import IO

from django.utils.translation import gettext as _

from media.library.checks.names import UploadRefusedError, extension

OFFICE = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
PLAIN = {"txt", "csv", "vtt", "srt", "ics"}
ENDINGS = {"pdf", *OFFICE, *OPEN_DOCUMENT, *PLAIN}
HEAD = 65_536


def check_document(file: IO[bytes], name: str) -> None:
    """Refuse a document whose content is not what its ending says, or that can carry a program."""
    ending = extension(name)
    if ending not in ENDINGS:
        raise UploadRefusedError(
            _("Files that end in .%(ending)s are not taken. Choose one of these: %(kinds)s.")
            % {"ending": ending, "kinds": ", ".join(sorted(ENDINGS))},
            code="ending",
        )
    if not holds(file, ending):
        raise UploadRefusedError(
            _(
                "The name of this file ends in .%(ending)s, but its content is something else. Save it again as %(ending)s."
            )
            % {"ending": ending},
            code="content",
        )


def holds(file: IO[bytes], ending: str) -> bool:
    """Say whether the content is what this ending promises."""
    file.seek(0)
    if ending == "pdf":
        return b"%PDF-" in file.read(1024)
    if ending in PLAIN:
        return is_text(file.read(HEAD))
    return is_office(file, ending)


def is_text(start: bytes) -> bool:
    """Say whether these bytes are text and no page with markup that a browser would run."""
    try:
        text = start.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(start) - 4:
            return False
        text = start[: error.start].decode("utf-8-sig")
    return "\0" not in text and not any(
        mark in text.lower() for mark in ("<script", "<html", "<svg", "<!doctype")
    )


def is_office(file: IO[bytes], ending: str) -> bool:
    """Say whether this is an office file of this kind without macros; only the list of parts is read."""
    try:
        with zipfile.ZipFile(file) as parts:
            names = set(parts.namelist())
            if any(part.lower().endswith("vbaproject.bin") for part in names):
                raise UploadRefusedError(
                    _("This file carries a program (macros). Save it without macros and choose it again."),
                    code="macros",
                )
            if ending in OFFICE:
                return OFFICE[ending] in names
            return "mimetype" in names and parts.open("mimetype").read(200).startswith(OPEN_DOCUMENT[ending])
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return False
