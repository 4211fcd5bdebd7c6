"""Reading timed texts (WebVTT, SubRip) to the millisecond, and writing them again; pure.

What is written out is made anew from the sentences, so that nothing but text and speakers survives of what came in.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import srt
import webvtt
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media.library.timecode import clock, srt_clock, vtt_clock

MOST_CUES = 20_000
MOST_CHARACTERS = 2_000_000
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
SCRIPT = re.compile(r"<\s*(script|style)\b.*?(<\s*/\s*\1\s*>|$)", re.IGNORECASE | re.DOTALL)


class TimedTextError(ValidationError):
    """A timed text that cannot be read; the message says where it goes wrong and what to do."""


@dataclass(frozen=True)
class Line:
    """A sentence with who says it, from `start` to `end` in milliseconds."""

    start: int
    end: int
    speaker: str
    text: str


def read_timed_text(text: str) -> list[Line]:
    """Return the sentences of a WebVTT or SubRip text, in order.

    Raises `TimedTextError` in words: nothing in it, an end before its beginning, sentences out of order.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MOST_CHARACTERS:
        raise TimedTextError(_("This text is longer than any episode. Check whether it is the right file."))
    lines = [line for line in raw_lines(text) if line.text]
    if not lines:
        raise TimedTextError(
            _("There are no sentences with a time in this text. A WebVTT file begins with the word WEBVTT."),
            code="empty",
        )
    check_times(lines)
    check_order(lines)
    return lines


def raw_lines(text: str) -> list[Line]:
    """Return what the readers make of the text, not yet checked."""
    try:
        if text.lstrip().startswith("WEBVTT"):
            found = webvtt.from_string(text).captions[:MOST_CUES]
            return [line_of(from_clock(cue.start), from_clock(cue.end), cue.raw_text) for cue in found]
        subtitles = list(srt.parse(text, ignore_errors=False))[:MOST_CUES]
        return [line_of(whole_ms(cue.start), whole_ms(cue.end), cue.content) for cue in subtitles]
    except (
        webvtt.errors.MalformedFileError,
        webvtt.errors.MalformedCaptionError,
        srt.SRTParseError,
    ) as error:
        raise unreadable() from error


def line_of(start: int, end: int, raw: str) -> Line:
    """Return a sentence without markup; a voice tag or a name before a colon in capitals is the speaker."""
    voice = VOICE.search(raw)
    text = TAG.sub("", SCRIPT.sub("", raw))
    return Line(start, end, plain(voice[1]) if voice else "", plain(text))


def plain(text: str) -> str:
    """Return text on one line, entities resolved, without control characters."""
    resolved = html.unescape(text)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in resolved).split())


def from_clock(written: str) -> int:
    """Return the milliseconds of a WebVTT moment (webvtt-py's own seconds are cut to whole ones)."""
    clock_part, _dot, part = written.partition(".")
    seconds = 0
    for number in clock_part.split(":"):
        seconds = seconds * 60 + int(number)
    return seconds * 1000 + int(part.ljust(3, "0")[:3] or 0)


def whole_ms(moment: timedelta) -> int:
    """Return a length of time in milliseconds."""
    return moment // timedelta(milliseconds=1)


def check_times(lines: Sequence[Line]) -> None:
    """Raise `TimedTextError` when a line of times was taken for text because it could not be read."""
    for line in lines:
        if "-->" in line.text:
            raise unreadable()


def unreadable() -> TimedTextError:
    """Return the refusal of a text whose times cannot be read."""
    return TimedTextError(
        _(
            "This is no WebVTT or SRT text: a time cannot be read. Each sentence has a line such as %(example)s."
        )
        % {"example": "00:00:04.000 --> 00:00:07.500"},
        code="unreadable",
    )


def check_order(lines: Sequence[Line]) -> None:
    """Raise `TimedTextError` when a sentence ends before it begins, or begins before the one above it."""
    before = 0
    for line in lines:
        if line.end <= line.start:
            raise TimedTextError(
                _("The sentence at %(moment)s ends before it begins: “%(text)s”.") % said(line),
                code="backwards",
            )
        if line.start < before:
            raise TimedTextError(
                _(
                    "The sentence at %(moment)s stands below one that begins later: “%(text)s”. Put them in order."
                )
                % said(line),
                code="order",
            )
        before = line.start


def said(line: Line) -> dict[str, str]:
    """Return what a message needs to point at a sentence."""
    return {"moment": clock(line.start), "text": line.text[:60]}


def remarks(lines: Sequence[Line], seconds: float) -> list[str]:
    """Return what an editor should look at: sentences that overlap, long gaps, text beyond the end of the sound."""
    found = []
    overlaps = [b for a, b in itertools.pairwise(lines) if b.start < a.end]
    if overlaps:
        found.append(
            ngettext(
                "%(count)d sentence begins before the one above it has ended, at %(moment)s.",
                "%(count)d sentences begin before the one above them has ended, the first at %(moment)s.",
                len(overlaps),
            )
            % {"count": len(overlaps), "moment": clock(overlaps[0].start)}
        )
    gaps = [a for a, b in itertools.pairwise(lines) if b.start - a.end > 15_000]
    if gaps:
        found.append(
            _("Nothing is written for more than fifteen seconds after %(moment)s.")
            % {"moment": clock(gaps[0].end)}
        )
    if seconds and lines and lines[-1].end > seconds * 1000 + 1000:
        found.append(
            _("The text goes on after the end of the sound (%(moment)s).")
            % {"moment": clock(int(seconds * 1000))}
        )
    return found


def write_vtt(lines: Sequence[Line]) -> str:
    """Return the sentences as WebVTT with speakers."""
    cues = [f"{vtt_clock(x.start)} --> {vtt_clock(x.end)}\n{voiced(x)}\n" for x in lines]
    return "\n".join(["WEBVTT\n", *cues])


def voiced(line: Line) -> str:
    """Return the text of a WebVTT cue; markup in it stays text."""
    text = html.escape(line.text, quote=False)
    return f"<v {html.escape(line.speaker, quote=False)}>{text}</v>" if line.speaker else text


def write_srt(lines: Sequence[Line]) -> str:
    """Return the sentences as SubRip, the speaker before each change of voice."""
    named = zip(lines, ["", *(line.speaker for line in lines)], strict=False)
    cues = [
        f"{number}\n{srt_clock(x.start)} --> {srt_clock(x.end)}\n"
        f"{x.speaker + ': ' if x.speaker and x.speaker != before else ''}{x.text}\n"
        for number, (x, before) in enumerate(named, start=1)
    ]
    return "\n".join(cues)


def write_plain(lines: Sequence[Line]) -> str:
    """Return the whole text to read, a paragraph for each change of voice."""
    paragraphs: list[str] = []
    before: str | None = None
    for line in lines:
        if line.speaker == before and paragraphs:
            paragraphs[-1] += f" {line.text}"
        else:
            paragraphs.append(f"{line.speaker}: {line.text}" if line.speaker else line.text)
        before = line.speaker
    return "\n\n".join(paragraphs) + "\n"
