"""Geometry of the practice's charts: pure numbers, drawn by the templates as SVG."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from practices.models import WeekCount

FLOOR = 250
TALLEST = 200
SHORTEST = 6
FUNNEL_WIDTH = 1056
WEEK_FLOOR = 180
WEEK_TALLEST = 140
WEEK_WIDTH = 64
BAR_WIDTH = 22


@dataclass(frozen=True)
class Step:
    """One step of the stair: a count, its words, and where it stands (in units of the drawing)."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float

    @property
    def text_x(self) -> float:
        """Return where the number starts."""
        return self.x + 14

    @property
    def text_y(self) -> float:
        """Return the baseline of the number above the step."""
        return self.y - 12


def stair(steps: Sequence[tuple[str, int]]) -> list[Step]:
    """Return the funnel as steps that go down, as high as their counts beside the largest one."""
    largest = max((value for _label, value in steps), default=0) or 1
    width = FUNNEL_WIDTH / max(len(steps), 1)
    return [
        _step(label, value, number * width, width, largest) for number, (label, value) in enumerate(steps)
    ]


def _step(label: str, value: int, x: float, width: float, largest: int) -> Step:
    height = max(round(TALLEST * value / largest), SHORTEST)
    return Step(
        label=label, value=value, x=round(x, 1), y=FLOOR - height, width=round(width + 0.5, 1), height=height
    )


@dataclass(frozen=True)
class WeekBars:
    """The letters and responses of one week, as two bars."""

    week: dt.date
    letters: int
    responses: int
    x: float
    letters_height: float
    responses_height: float

    @property
    def letters_y(self) -> float:
        """Return the top of the letters' bar."""
        return WEEK_FLOOR - self.letters_height

    @property
    def responses_y(self) -> float:
        """Return the top of the responses' bar."""
        return WEEK_FLOOR - self.responses_height

    @property
    def responses_x(self) -> float:
        """Return where the responses' bar starts."""
        return self.x + BAR_WIDTH + 3

    @property
    def middle(self) -> float:
        """Return the middle of the two bars, for the week's number."""
        return self.x + BAR_WIDTH


def week_bars(weeks: Sequence[WeekCount]) -> list[WeekBars]:
    """Return each counted week as two bars, all on one scale."""
    largest = max([*(row.letters for row in weeks), *(row.responses for row in weeks), 1])
    return [_bars(row, number, largest) for number, row in enumerate(weeks)]


def _bars(row: WeekCount, number: int, largest: int) -> WeekBars:
    return WeekBars(
        week=row.week,
        letters=row.letters,
        responses=row.responses,
        x=number * WEEK_WIDTH + 8,
        letters_height=round(WEEK_TALLEST * row.letters / largest, 1),
        responses_height=round(WEEK_TALLEST * row.responses / largest, 1),
    )
