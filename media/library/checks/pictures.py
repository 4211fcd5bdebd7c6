"""Pictures: what they really are, and without what the camera wrote about place and person."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import IO, Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from media.library.checks.names import UploadRefusedError, extension

ENDINGS = {
    "JPEG": {"jpg", "jpeg"},
    "PNG": {"png"},
    "WEBP": {"webp"},
    "GIF": {"gif"},
    "AVIF": {"avif"},
}
KEEP = {"icc_profile", "transparency", "gamma", "duration", "loop", "background"}
MOST_PIXELS = 60_000_000


def clean_picture(file: IO[bytes], name: str) -> ContentFile[bytes]:
    """Return the same picture upright and without metadata (place, camera, comments, thumbnails).

    Raises `UploadRefusedError` for something that is no whole picture of a kind we take, SVG among them: it can carry
    script.
    """
    picture = open_picture(file)
    found = picture.format or ""
    if extension(name) not in ENDINGS[found]:
        raise UploadRefusedError(
            _(
                "The name of this file ends in .%(ending)s, but it is a %(found)s picture. Give it the right ending."
            )
            % {"ending": extension(name), "found": found},
            code="ending",
        )
    return ContentFile(without_metadata(picture), name=name)


def open_picture(file: IO[bytes]) -> Image.Image:
    """Return the picture, read to its last byte; raise `UploadRefusedError` when that does not work."""
    file.seek(0)
    if b"<svg" in file.read(4096).lower():
        raise UploadRefusedError(
            _("SVG pictures can carry script and are not taken. Save it as PNG or WebP and choose it again."),
            code="svg",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            file.seek(0)
            Image.open(file, formats=list(ENDINGS)).verify()
            file.seek(0)
            picture = Image.open(file, formats=list(ENDINGS))
            refuse_giant(picture)
            picture.load()
    except UnidentifiedImageError as error:
        raise UploadRefusedError(
            _("This file is no picture that can be shown. Choose a JPEG, PNG, WebP, GIF or AVIF."),
            code="no_picture",
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large() from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UploadRefusedError(
            _("This picture is damaged or cut off. Save it again and choose the new file."), code="damaged"
        ) from error
    return picture


def refuse_giant(picture: Image.Image) -> None:
    """Refuse a picture of more pixels than a page can need."""
    if picture.width * picture.height > MOST_PIXELS:
        raise too_large()


def too_large() -> UploadRefusedError:
    """Return the refusal of a picture with too many pixels."""
    return UploadRefusedError(
        _("This picture has more than %(pixels)d million pixels. Make it smaller and choose it again.")
        % {"pixels": MOST_PIXELS // 1_000_000},
        code="pixels",
    )


def without_metadata(picture: Image.Image) -> bytes:
    """Return the bytes of the picture, turned upright, with nothing in them but what is seen."""
    kind = picture.format or "PNG"
    frames = getattr(picture, "n_frames", 1)
    upright = picture if frames > 1 else ImageOps.exif_transpose(picture)
    turned = upright is not picture and upright.size != picture.size
    turned = turned or picture.getexif().get(0x0112, 1) != 1
    shown = picture if frames > 1 or not turned else upright
    shown.info = {key: value for key, value in picture.info.items() if key in KEEP}
    out = BytesIO()
    shown.save(out, format=kind, **save_options(kind, frames, turned))
    return out.getvalue()


def save_options(kind: str, frames: int, turned: bool) -> dict[str, Any]:
    """Return how a picture of this kind is written again with the least loss."""
    options: dict[str, Any] = {"save_all": True} if frames > 1 else {}
    if kind == "JPEG":
        options |= {"quality": 92 if turned else "keep", "optimize": True}
    if kind in {"WEBP", "AVIF"}:
        options |= {"quality": 90, "exif": b""}
    return options
