"""Whether an MP3 is whole: its frames are counted from the last stretch of the file (ISO/IEC 11172-3, 2.4.1)."""

from __future__ import annotations

from typing import IO

LAST = 32_768
RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
HERTZ = (44_100, 48_000, 32_000)


def is_cut_off(file: IO[bytes], size: int) -> bool:
    """Say whether the file ends in the middle of a frame, or before the length that its first frame announces."""
    announced = announced_bytes(file, size)
    if announced is not None and announced > size:
        return True
    file.seek(max(0, size - LAST))
    return ends_in_frame(without_trailers(file.read()))


def announced_bytes(file: IO[bytes], size: int) -> int | None:
    """Return the length in bytes that a Xing or Info header announces, with the tag before it; None without one."""
    file.seek(0)
    head = file.read(10)
    tag = 0
    if head[:3] == b"ID3":
        tag = 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9])
    file.seek(tag)
    first = file.read(256)
    for mark in (b"Xing", b"Info"):
        at = first.find(mark)
        if at >= 0 and first[at + 7] & 3 == 3:
            return tag + int.from_bytes(first[at + 12 : at + 16], "big")
    return None


def without_trailers(tail: bytes) -> bytes:
    """Return the last stretch without an ID3v1 or APE tag after the sound."""
    if tail[-128:-125] == b"TAG":
        tail = tail[:-128]
    if tail[-32:-24] == b"APETAGEX":
        tail = tail[: -32 - int.from_bytes(tail[-20:-16], "little")]
    return tail


def ends_in_frame(tail: bytes) -> bool:
    """Walk the chain of frames in the last stretch and say whether the last one is incomplete."""
    at = first_chain(tail)
    while at is not None and at + 4 <= len(tail):
        length = frame_length(tail[at : at + 4])
        if length is None:
            return False
        if at + length > len(tail):
            return True
        at += length
    return at is not None and tail[at : at + 1] == b"\xff"


def first_chain(tail: bytes) -> int | None:
    """Return where three frames in a row begin; None when there is no such place."""
    at = tail.find(b"\xff")
    while at >= 0:
        second = after(tail, at)
        third = after(tail, second) if second is not None else None
        if third is not None and frame_length(tail[third : third + 4]) is not None:
            return at
        at = tail.find(b"\xff", at + 1)
    return None


def after(tail: bytes, at: int) -> int | None:
    """Return where the frame at this place ends; None when there is no frame."""
    length = frame_length(tail[at : at + 4])
    return None if length is None else at + length


def frame_length(header: bytes) -> int | None:
    """Return the bytes of a layer III frame by its header; None when this is no header."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return None
    version, rate, hertz = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or rate in (0, 15) or hertz == 3:
        return None
    padding = header[2] >> 1 & 1
    if version == 3:
        return 144_000 * RATES_1[rate] // HERTZ[hertz] + padding
    return 72_000 * RATES_2[rate] // (HERTZ[hertz] // (2 if version == 2 else 4)) + padding
