"""Why the half year after the training day is built as it is: one sentence each, with its source.

The sentences are about learning, not about medicine; each names the source by its key among the editors' sources, where
the medical reviewer confirms it, and says so as long as nobody did. Nothing here promises a skill.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pages.models import Source

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Reason:
    """A sentence on why something helps; `source` is the key of what it rests on, `named` its name without the database."""

    title: _StrPromise
    sentence: _StrPromise
    source: str
    named: str


REASONS = (
    Reason(
        _("Why coaching"),
        _(
            "After a training day alone, what people can do fades within six months. "
            "With three or four coaching moments it stayed."
        ),
        "schwalbe-2014",
        "Schwalbe e.a. (2014)",
    ),
    Reason(
        _("Why feedback on a sample"),
        _(
            "Practising with feedback made people better. In the same study, practising without it "
            "made them listen with less empathy."
        ),
        "care-louie",
        "CARE, Louie e.a.",
    ),
    Reason(
        _("Why repeat"),
        _(
            "What comes back over weeks is kept better than what is learned in one go: "
            "a small to medium difference over 23 studies."
        ),
        "jmir-2024-e57760",
        "JMIR 2024;e57760",
    ),
    Reason(
        _("What not to expect"),
        _(
            "Talking well stays a craft. Fourteen months after a training, Dutch practice nurses had gained "
            "on 2 of 24 skills."
        ),
        "jansink-2013",
        "Jansink e.a. (2013)",
    ),
)


@dataclass(frozen=True)
class ReasonView:
    """A reason with its source as it stands today; `url` is empty and `checked` False when the source is not loaded."""

    title: str
    sentence: str
    label: str
    url: str
    second_hand: bool
    checked: bool


def reasons(chosen: Iterable[Reason] = REASONS) -> list[ReasonView]:
    """Return the reasons with their sources, in one query."""
    wanted = list(chosen)
    found = {source.key: source for source in Source.objects.filter(key__in=[one.source for one in wanted])}
    return [_view(one, found.get(one.source)) for one in wanted]


def _view(reason: Reason, source: Source | None) -> ReasonView:
    return ReasonView(
        title=str(reason.title),
        sentence=str(reason.sentence),
        label=source.citation if source else reason.named,
        url=source.url if source else "",
        second_hand=bool(source and source.second_hand),
        checked=bool(source and source.verified),
    )
