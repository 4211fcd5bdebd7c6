"""What ffmpeg hears in a sound file, where ffmpeg is present: loudness, true peak, and the drawn wave."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from array import array
from dataclasses import dataclass, field
from pathlib import Path

BARS = 150
HERTZ = 8000
SLOWEST = 900
MEASURED = re.compile(r"\{[^{}]*\"input_i\"[^{}]*\}", re.DOTALL)


@dataclass(frozen=True)
class Heard:
    """Loudness in LUFS, true peak in dBTP, and the wave as `BARS` heights from 0 to 100."""

    loudness: float | None = None
    true_peak: float | None = None
    peaks: list[int] = field(default_factory=list)


def ffmpeg() -> str | None:
    """Return where ffmpeg is; None on a machine without it."""
    return shutil.which("ffmpeg")


def hear(path: Path, seconds: float) -> Heard:
    """Return what is heard in the file; nothing where ffmpeg is absent or cannot read it."""
    program = ffmpeg()
    if program is None:
        return Heard()
    loudness, true_peak = measure_loudness(program, path)
    return Heard(loudness, true_peak, draw_wave(program, path, seconds))


def measure_loudness(program: str, path: Path) -> tuple[float | None, float | None]:
    """Return loudness (EBU R 128) and true peak of the whole file."""
    asked = ["-af", "loudnorm=print_format=json", "-f", "null", "-"]
    done = subprocess.run(  # noqa: S603 -- our own program, the path is a file we stored
        [program, "-hide_banner", "-nostdin", "-i", str(path), *asked],
        capture_output=True,
        text=True,
        timeout=SLOWEST,
        check=False,
    )
    found = MEASURED.search(done.stderr)
    if not found:
        return None, None
    numbers = json.loads(found.group())
    return finite(numbers["input_i"]), finite(numbers["input_tp"])


def finite(written: str) -> float | None:
    """Return a number; None for the minus infinity of silence."""
    return None if "inf" in written else round(float(written), 2)


def draw_wave(program: str, path: Path, seconds: float) -> list[int]:
    """Return the wave, read in pieces so that a long file never lies in memory."""
    command = [
        program,
        "-v",
        "error",
        "-nostdin",
        "-i",
        str(path),
        "-ac",
        "1",
        "-ar",
        str(HERTZ),
        "-f",
        "s16le",
        "-",
    ]
    bucket = max(1, round(seconds * HERTZ / BARS)) * 2
    heights: list[int] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603 -- as above
        while process.stdout and (piece := process.stdout.read(bucket)):
            samples = array("h", piece[: len(piece) // 2 * 2])
            heights.append(sum(map(abs, samples)) // max(1, len(samples)))
    loudest = max(heights, default=0) or 1
    return [round(100 * height / loudest) for height in heights[:BARS]]
