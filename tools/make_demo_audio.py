"""Make the demo's sound from its scripts: episodes with timed texts, and a trainer's feedback; the results are committed.

Usage: `python tools/make_demo_audio.py [slug …|feedback]`. Needs espeak-ng and ffmpeg. Each sentence is spoken on its own, so that
the texts' times are exact: a sentence begins where the ones before it, and the pauses, add up to.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from media.library import waves

HOME = Path(__file__).resolve().parent.parent / "demo" / "podcast"
FEEDBACK = HOME.parent / "learning" / "feedback.yaml"
LANGUAGES = ("nl", "fr")
PAUSE = 0.45
PAUSE_BEFORE_CHAPTER = 1.1
LOUDNESS = -15.9
SHAPE = (
    "highpass=f=80,acompressor=threshold=-22dB:ratio=4:attack=3:release=80:makeup=4,"
    "loudnorm=I=-16:TP=-3:LRA=7"
)


@dataclass
class Sentence:
    """One spoken sentence: who says it, in both languages, and when (seconds)."""

    who: str
    words: dict[str, str]
    start: float
    end: float


def main(slugs: list[str]) -> None:
    """Make all episodes, or those named."""
    for folder in sorted(HOME.iterdir()):
        if (folder / "script.yaml").exists() and (not slugs or folder.name in slugs):
            for language in LANGUAGES:
                make(folder, language)
    if not slugs or "feedback" in slugs:
        make_feedback(FEEDBACK)


def make_feedback(script: Path) -> None:
    """Make the spoken feedback of the demo's trainer beside its script."""
    given = yaml.safe_load(script.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as work:
        sound, rate = bytearray(), 22_050
        for words in given["lines"]:
            spoken, rate = say(given["voice"], "nl", words, Path(work))
            sound += spoken + bytes(2 * round(PAUSE * rate))
        write_wave(Path(work) / "all.wav", sound, rate)
        encode(Path(work) / "all.wav", script.with_suffix(".mp3"))
    print(script.stem, f"{len(sound) / 2 / rate:.1f} s")


def make(folder: Path, language: str) -> None:
    """Make the sound in one language, its texts in both, and its chapters."""
    script = yaml.safe_load((folder / "script.yaml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as work:
        sentences, chapters = speak(script, language, Path(work))
        encode(Path(work) / "all.wav", folder / f"{language}.mp3")
    wave_drawn = draw_wave(folder / f"{language}.mp3", sentences[-1].end)
    (folder / f"{language}.peaks.json").write_text(json.dumps(wave_drawn) + "\n", encoding="utf-8")
    for other in LANGUAGES:
        text = vtt(script, sentences, other)
        (folder / f"{language}.{other}.vtt").write_text(text, encoding="utf-8")
    lines = [f"{start:.3f} {title}\n" for start, title in chapters]
    (folder / f"{language}.chapters.txt").write_text("".join(lines), encoding="utf-8")
    print(folder.name, language, f"{sentences[-1].end:.1f} s")


def speak(
    script: dict[str, Any], language: str, work: Path
) -> tuple[list[Sentence], list[tuple[float, str]]]:
    """Speak all sentences into `all.wav`; return them with their times, and the chapters."""
    sentences: list[Sentence] = []
    chapters: list[tuple[float, str]] = []
    sound, rate, now = bytearray(), 22_050, 0.0
    for line in script["lines"]:
        ((who, words),) = line.items()
        if who == "chapter":
            silence = PAUSE_BEFORE_CHAPTER if sentences else 0.3
            chapters.append((now if sentences else 0.0, words[language]))
        else:
            spoken, rate = say(script["voices"][who], language, words[language], work)
            sound += spoken
            length = len(spoken) / 2 / rate
            sentences.append(Sentence(who, words, now, now + length))
            now, silence = now + length, PAUSE
        sound += bytes(2 * round(silence * rate))
        now = len(sound) / 2 / rate
    write_wave(work / "all.wav", sound, rate)
    return sentences, chapters


def write_wave(path: Path, sound: bytearray, rate: int) -> None:
    """Write 16-bit samples of one channel as WAV."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(sound))


def say(voice: dict[str, Any], language: str, words: str, work: Path) -> tuple[bytes, int]:
    """Return one sentence as 16-bit samples, and their rate."""
    path = work / "one.wav"
    command = [
        "espeak-ng",
        "-v",
        voice[language],
        "-s",
        str(voice["speed"]),
        "-p",
        "45",
        "-w",
        str(path),
        words,
    ]
    subprocess.run(command, check=True)
    with wave.open(str(path), "rb") as file:
        return file.readframes(file.getnframes()), file.getframerate()


def encode(source: Path, target: Path) -> None:
    """Write a mono MP3 of 48 kbit/s at -16 LUFS, without dates, so that a second run gives the same bytes."""
    shaped = source.with_name("shaped.wav")
    ffmpeg("-i", str(source), "-af", SHAPE, "-ac", "1", "-ar", "44100", str(shaped))
    loudness, _peak = waves.measure_loudness(waves.ffmpeg() or "ffmpeg", shaped)
    gain = LOUDNESS - (loudness if loudness is not None else LOUDNESS)
    level = f"volume={gain:.2f}dB,alimiter=limit=0.7:level=false"
    plain = ("-map_metadata", "-1", "-fflags", "+bitexact", "-id3v2_version", "3")
    ffmpeg("-i", str(shaped), "-af", level, "-b:a", "48k", *plain, str(target))


def ffmpeg(*arguments: str) -> None:
    """Run ffmpeg; stop with its own message when it fails."""
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", *arguments], check=True)


def draw_wave(sound: Path, seconds: float) -> list[int]:
    """Return the wave that the player draws, so that a machine without ffmpeg shows it too."""
    program = waves.ffmpeg()
    return waves.draw_wave(program, sound, seconds) if program else []


def vtt(script: dict[str, Any], sentences: list[Sentence], language: str) -> str:
    """Return the timed text in one language, with who speaks."""
    cues = [
        f"{clock(sentence.start)} --> {clock(sentence.end)}\n"
        f"<v {script['names'][sentence.who][language]}>{sentence.words[language]}</v>\n"
        for sentence in sentences
    ]
    return "\n".join(["WEBVTT\n", *cues])


def clock(seconds: float) -> str:
    """Return a moment as WebVTT writes it."""
    thousandths = round(seconds * 1000)
    return f"{thousandths // 3_600_000:02}:{thousandths // 60_000 % 60:02}:{thousandths // 1000 % 60:02}.{thousandths % 1000:03}"


if __name__ == "__main__":
    main(sys.argv[1:])
