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
from media.library.models import Audience, Captions, Download, Film, Picture, Sound

ORIENTATION = 0x0112
GPS = 0x8825
CAPTIONS = """WEBVTT

00:00:00.500 --> 00:00:02.000
<v Rie>Ik heb uw brief gelezen.

00:00:02.500 --> 00:00:04.000
<v Noor>Twee keer, denk ik.
"""


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


def box(name: bytes, *parts: bytes) -> bytes:
    """Return one box of an MP4."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), name) + body


def mp4_bytes(*, codec: bytes = b"avc1", seconds: float = 12.5, size: tuple[int, int] = (640, 360)) -> bytes:
    """Return an MP4 with one track of moving picture: the headers of a film, and no frames."""
    header = box(b"mvhd", bytes(12), struct.pack(">II", 1000, int(seconds * 1000)), bytes(80))
    shape = box(b"tkhd", bytes(76), struct.pack(">II", size[0] << 16, size[1] << 16))
    handler = box(b"hdlr", bytes(8), b"vide", bytes(13))
    described = box(b"stsd", bytes(4), struct.pack(">I", 1), box(codec, bytes(78)))
    media = box(b"mdia", handler, box(b"minf", box(b"stbl", described)))
    return (
        box(b"ftyp", b"isom", bytes(8))
        + box(b"moov", header, box(b"trak", shape, media))
        + box(b"mdat", bytes(32))
    )


def make_film(data: bytes | None = None, name: str = "les.mp4", **fields: object) -> Film:
    """Return a stored film with Dutch captions."""
    film = Film(
        title=str(fields.pop("title", "Aan de telefoon")),
        file=ContentFile(mp4_bytes() if data is None else data, name=name),
    )
    for key, value in fields.items():
        setattr(film, key, value)
    setattr(film, "captions", [Captions(language="nl", text=CAPTIONS)])  # noqa: B010 -- a relation that is set before saving
    film.save()
    return film
