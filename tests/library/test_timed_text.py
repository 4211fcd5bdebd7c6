"""Texts with times: read to the millisecond, refused in words, written again without anything but text."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from media.library.timecode import clock, exact_clock, read_clock
from media.library.timed_text import (
    Line,
    TimedTextError,
    read_timed_text,
    remarks,
    write_plain,
    write_srt,
    write_vtt,
)
from media.podcast.timecode import TimecodeFormField
from tests.podcast.factories import VTT

SRT = """1
00:00:00,000 --> 00:00:01,500
Hoe begon het?

2
00:00:01,600 --> 00:00:03,188
Met een verhuizing.
"""


def test_webvtt_keeps_milliseconds_and_speakers():
    lines = read_timed_text(VTT)
    assert [(x.start, x.end) for x in lines] == [(0, 1500), (1600, 3188), (3400, 5000)]
    assert [x.speaker for x in lines] == ["Interviewer", "Mevrouw T.", "Mevrouw T."]


@pytest.mark.parametrize("text", [SRT, SRT.replace("\n", "\r\n"), "\ufeff" + SRT])
def test_subrip_is_read_too(text):
    assert read_timed_text(text)[1] == Line(1600, 3188, "", "Met een verhuizing.")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("WEBVTT\n", "empty"),
        ("Gewoon een verhaal zonder tijden.", "unreadable"),
        ("WEBVTT\n\n00:00:05.000 --> 00:00:02.000\nTerug\n", "backwards"),
        ("WEBVTT\n\n00:05.000 --> 00:07.000\nLater\n\n00:01.000 --> 00:02.000\nEerder\n", "order"),
        (SRT.replace("00:00:01,600", "een moment"), "unreadable"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_what_cannot_be_read_is_told_in_words(text, code, language):
    with translation.override(language), pytest.raises(TimedTextError) as refused:
        read_timed_text(text)
    assert refused.value.code == code
    assert "sentence" not in refused.value.messages[0]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>Hallo",
        "<b onclick=alert(1)>Hallo</b>",
        "&lt;img src=x onerror=alert(1)&gt; Hallo",
        "<v Jan><i>Hallo</i>",
    ],
)
def test_nothing_but_text_survives(inside):
    lines = read_timed_text(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{inside}\n")
    written = write_vtt(lines)
    assert "Hallo" in written
    assert "<script" not in written
    assert "<b" not in written
    assert "<img" not in written


def test_what_is_written_reads_back_the_same():
    lines = read_timed_text(VTT)
    assert read_timed_text(write_vtt(lines)) == lines
    assert [(x.start, x.end) for x in read_timed_text(write_srt(lines))] == [(x.start, x.end) for x in lines]


def test_the_whole_text_has_a_paragraph_for_each_voice():
    assert write_plain(read_timed_text(VTT)) == (
        "Interviewer: Hoe begon het voor u?\n\n"
        "Mevrouw T.: Ik heb die week slecht geslapen. En toen één helder moment.\n"
    )


def test_an_editor_is_told_of_overlaps_gaps_and_text_after_the_end():
    lines = [Line(0, 5000, "", "a"), Line(4000, 6000, "", "b"), Line(40_000, 50_000, "", "c")]
    with translation.override("nl"):
        found = remarks(lines, seconds=45)
    assert len(found) == 3
    assert "0:04" in found[0]
    assert remarks(read_timed_text(VTT), seconds=5) == []


@pytest.mark.parametrize(
    ("written", "ms"),
    [
        ("0:00", 0),
        ("4:16", 256_000),
        ("90:00", 5_400_000),
        ("1:02:03", 3_723_000),
        ("0:03.188", 3188),
        (" 0:03,5 ", 3500),
    ],
)
def test_moments_are_written_as_people_do(written, ms):
    assert read_clock(written) == ms
    assert read_clock(exact_clock(ms)) == ms


@pytest.mark.parametrize("written", ["4", "4:77", "1:75:00", "a:b", "-1:00", "4:16:"])
def test_what_is_no_moment_is_refused_in_words(written):
    with translation.override("nl"), pytest.raises(ValidationError) as refused:
        TimecodeFormField().clean(written)
    assert "4:16" in refused.value.messages[0]


@pytest.mark.parametrize(("ms", "shown"), [(0, "0:00"), (59_999, "0:59"), (3_600_000, "1:00:00")])
def test_moments_are_shown_short(ms, shown):
    assert clock(ms) == shown
