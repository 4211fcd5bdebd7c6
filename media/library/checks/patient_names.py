"""The name of a file may not name a patient: it ends up in addresses and lists."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from media.library.checks.names import UploadRefusedError
from patientdata.gate import require_clean
from patientdata.kinds import PatientDataFound


def check_nobody_named(field: str, name: str) -> None:
    """Refuse a file name in which the gate surely recognises a person; `field` as `app_label.Model.field`."""
    words = PurePosixPath(name).stem.replace("_", " ")
    try:
        require_clean(field, words, confirmed=True)
    except PatientDataFound as found:
        first = found.findings[0]
        raise UploadRefusedError(
            _(
                "The name of this file may point to a patient (“%(passage)s”). Give the file another name and choose it again."
            )
            % {"passage": words[first.start : first.end]},
            code="patient",
        ) from found
