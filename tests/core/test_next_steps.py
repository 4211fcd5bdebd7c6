"""What a person could do now, gathered from all wings."""

from __future__ import annotations

import datetime as dt

import pytest

from core import next_steps
from core.next_steps import NextStep, Wing


@pytest.fixture(autouse=True)
def _empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(next_steps, "_collectors", {})


def step(key: str, *, weight: int = 50, due: dt.date | None = None) -> NextStep:
    return NextStep(
        key=key, wing=Wing.TRAINING, icon="book", title=key, text="", url="/", weight=weight, due=due
    )


def test_the_heaviest_step_comes_first_and_then_the_one_that_is_due_soonest() -> None:
    soon, late = dt.date(2026, 11, 23), dt.date(2026, 12, 1)
    next_steps.register("b", lambda user: [step("whenever"), step("late", due=late)])
    next_steps.register("a", lambda user: [step("soon", due=soon), step("pressing", weight=90)])
    assert [found.key for found in next_steps.collect(None)] == ["pressing", "soon", "late", "whenever"]


def test_a_name_registered_again_replaces_the_first() -> None:
    next_steps.register("a", lambda user: [step("old")])
    next_steps.register("a", lambda user: [step("new")])
    assert [found.key for found in next_steps.collect(None)] == ["new"]
