"""Real bytes of real kinds, made on the spot; rows around them."""

from __future__ import annotations

import io
import math
import struct
import wave
import zipfile

from django.core.files.base import ContentFile
from PIL import Image

from accounts.actions import assign_role
from accounts.models import Role, User
from media.library.models import Audience, Download, Picture, Sound

ORIENTATION = 0x0112
GPS = 0x8825


def picture_bytes(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a picture with a little variation in it."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, format=kind)
    return out.getvalue()


def photo_from_a_phone() -> bytes:
    """Return a JPEG that lies on its side and says where it was taken, by whom and with what."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Telefoonmaker"
    exif[0x013B] = "Een Fotograaf"
    exif.get_ifd(GPS).update({1: "N", 2: (51.0, 58.0, 48.0), 3: "E", 4: (5.0, 54.0, 36.0)})
    out = io.BytesIO()
    Image.linear_gradient("L").resize((60, 40)).convert("RGB").save(
        out, format="JPEG", exif=exif, comment=b"thuis"
    )
    return out.getvalue()


def wav_bytes(seconds: float = 0.5, hertz: int = 8000) -> bytes:
    """Return a soft tone as WAV."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(hertz)
        tone = (int(3000 * math.sin(2 * math.pi * 440 * n / hertz)) for n in range(int(seconds * hertz)))
        file.writeframes(b"".join(struct.pack("<h", level) for level in tone))
    return out.getvalue()


def mp3_bytes(frames: int = 60) -> bytes:
    """Return silent MPEG-1 layer III frames: 64 kbit/s, 44.1 kHz, mono, no padding: 208 bytes and 26 ms each."""
    return (b"\xff\xfb\x50\xc4" + bytes(204)) * frames


def docx_bytes(*, macros: bool = False) -> bytes:
    """Return a zip that holds the parts of a Word file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", "<w:document/>")
        if macros:
            parts.writestr("word/vbaProject.bin", b"program")
    return out.getvalue()


def make_user(email: str, role: Role | None = None) -> User:
    """Return a person with this role for the whole site."""
    user = User.objects.create_user(email, "Motiverend-2026!", display_name=email.split("@")[0])
    if role:
        assign_role(user, role, by=None)
    return user


def make_sound(data: bytes | None = None, name: str = "aflevering.mp3", **fields: object) -> Sound:
    """Return a stored sound."""
    fields = {"title": "Aflevering", **fields}
    return Sound.objects.create(file=ContentFile(data or mp3_bytes(), name=name), **fields)


def make_download(audience: Audience = Audience.MEMBERS, data: bytes = b"%PDF-1.7 inhoud") -> Download:
    """Return a stored document."""
    return Download.objects.create(title="Kaart", audience=audience, file=ContentFile(data, name="kaart.pdf"))


def make_picture(data: bytes | None = None, name: str = "trap.png") -> Picture:
    """Return a stored picture."""
    return Picture.objects.create(title="Trap", file=ContentFile(data or picture_bytes(), name=name))
