"""Which stretch of a file a Range header asks for."""

import pytest

from media.library.ranges import NotSatisfiableError, Span, asked_span


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-9", Span(0, 9)),
        ("bytes=90-", Span(90, 99)),
        ("bytes=90-500", Span(90, 99)),
        ("bytes=-10", Span(90, 99)),
        ("bytes=-500", Span(0, 99)),
        ("bytes=0-0", Span(0, 0)),
        ("bytes= 5-6", Span(5, 6)),
        ("Bytes=5-6", Span(5, 6)),
        ("bytes=0-9,5-20", Span(0, 20)),
        ("bytes=0-9, 10-20", Span(0, 20)),
        ("bytes=5-9,200-300", Span(5, 9)),
        ("bytes=0-9,50-60", None),
        ("bytes=" + ",".join(["0-"] * 500), None),
        ("bytes=a-b", None),
        ("bytes=-", None),
        ("bytes=", None),
        ("bytes", None),
        ("", None),
        ("items=0-9", None),
        ("bytes=1-2-3", None),
        ("bytes=--3", None),
        ("bytes=" + "9" * 400 + "-", None),
    ],
)
def test_what_a_header_asks_of_a_file_of_a_hundred_bytes(header, span):
    assert asked_span(header, 100) == span


@pytest.mark.parametrize(
    "header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=9-3", "bytes=200-300,400-500"]
)
def test_what_cannot_be_given(header):
    with pytest.raises(NotSatisfiableError):
        asked_span(header, 100)


def test_an_empty_file_has_no_ranges():
    with pytest.raises(NotSatisfiableError):
        asked_span("bytes=0-", 0)
