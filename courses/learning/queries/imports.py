"""Lists of people that were read in, and what their rows are worth."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from accounts.permissions import Somebody
from courses.learning.models import ImportRow, PeopleImport, Verdict
from courses.learning.models.imports import GOOD
from courses.learning.queries.cohorts import cohorts_visible_to

PAGE = 100


def imports_visible_to(user: Somebody) -> QuerySet[PeopleImport]:
    """Return the lists of cohorts that this person looks after."""
    mine = PeopleImport.objects.filter(cohort__in=cohorts_visible_to(user).order_by())
    return mine.select_related("cohort__course")


@dataclass(frozen=True)
class Counts:
    """How many rows of a list can be used, and how many are worth what."""

    good: int
    bad: int
    by_verdict: list[tuple[str, int]]


def counts_of(people_import: PeopleImport) -> Counts:
    """Return the numbers of a list in one query."""
    found = dict(
        people_import.rows.order_by()
        .values_list("verdict")
        .annotate(n=Count("pk"))
        .values_list("verdict", "n")
    )
    good = sum(found.get(verdict, 0) for verdict in GOOD)
    listed = [(str(verdict.label), found[verdict]) for verdict in Verdict if verdict in found]
    return Counts(good, sum(found.values()) - good, listed)


@dataclass(frozen=True)
class RowView:
    """A row with its verdict in a sentence."""

    line: int
    address: str
    name: str
    good: bool
    sentence: str


@dataclass(frozen=True)
class RowPage:
    """A page of rows by line, with the line to go on from."""

    rows: list[RowView]
    first: bool
    after: int | None


def row_page(people_import: PeopleImport, *, after: int = 0, only_bad: bool = False) -> RowPage:
    """Return a page of rows behind a line; one query however many there are."""
    rows = people_import.rows.filter(line__gt=after).order_by("line")
    found = list((rows.exclude(verdict__in=GOOD) if only_bad else rows)[: PAGE + 1])
    shown = [_view(row) for row in found[:PAGE]]
    return RowPage(shown, after == 0, shown[-1].line if len(found) > PAGE else None)


def _view(row: ImportRow) -> RowView:
    return RowView(row.line, row.address, row.name, row.verdict in GOOD, sentence_of(row))


def sentence_of(row: ImportRow) -> str:
    """Return what a row is worth, in a sentence for the reader."""
    said = {
        Verdict.INVITE: _("Will be invited."),
        Verdict.AGAIN: _("Was invited before; gets a new link, the old one stops working."),
        Verdict.HERE: _("Is in this cohort already. Nothing is sent."),
        Verdict.DOUBLE: _("The same address stands on line %(line)s. This row is left out."),
        Verdict.NO_ADDRESS: _("There is no address on this line."),
        Verdict.BAD_ADDRESS: _("This address cannot be right. Is there a typing mistake?"),
        Verdict.LONG_NAME: _("The name has more than 100 signs. Shorten it."),
    }
    return said[Verdict(row.verdict)] % {"line": row.twin or ""}
