"""Byte ranges as RFC 9110 section 14 defines them; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_RANGES = 8
ONE = re.compile(r"^(\d{0,18})-(\d{0,18})$")


@dataclass(frozen=True)
class Span:
    """A stretch of a file: first and last byte, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Return how many bytes this stretch holds."""
        return self.last - self.first + 1


class NotSatisfiableError(ValueError):
    """No byte of the file lies in what was asked for (answered with 416)."""


def asked_span(header: str, size: int) -> Span | None:
    """Return the one stretch that a `Range` header asks for; None means: send the whole file.

    Ranges that overlap or touch are joined. Several separate ones, another unit, nonsense and a long list get the
    whole file, as the standard allows. Raises `NotSatisfiableError` when nothing asked for exists, `bytes=9-3` too.
    """
    unit, _equals, listed = header.partition("=")
    parts = [part.strip() for part in listed.split(",", MOST_RANGES)]
    if unit.strip().lower() != "bytes" or len(parts) > MOST_RANGES:
        return None
    matches = [ONE.match(part) for part in parts if part]
    if not matches or any(match is None or match.group() == "-" for match in matches):
        return None
    spans = [span for match in matches if match and (span := span_of(match[1], match[2], size))]
    if not spans:
        raise NotSatisfiableError
    return joined(spans)


def span_of(first: str, last: str, size: int) -> Span | None:
    """Return the stretch of one range, cut to the file; None when no byte of the file lies in it."""
    if not first:
        wanted = min(int(last), size)
        return Span(size - wanted, size - 1) if wanted else None
    begin = int(first)
    end = min(int(last), size - 1) if last else size - 1
    return Span(begin, end) if begin <= end else None


def joined(spans: list[Span]) -> Span | None:
    """Return these stretches as one when they overlap or touch; None when there are gaps between them."""
    ordered = sorted(spans, key=lambda span: span.first)
    whole = ordered[0]
    for span in ordered[1:]:
        if span.first > whole.last + 1:
            return None
        whole = Span(whole.first, max(whole.last, span.last))
    return whole
