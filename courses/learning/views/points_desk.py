"""The desk of points: what was granted, who was there, and the lists for the registers."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import member
from core.tables import Cell, Row, xlsx_answer
from courses.learning.actions.points import (
    NotGrantedError,
    NothingNewError,
    TooEarlyError,
    make_lists,
)
from courses.learning.models import Accreditation, PasteForm, PresenceBatch, PresenceRow
from courses.learning.paging import slice_of
from courses.learning.permissions import may_in_project, may_manage_certificate
from courses.learning.queries.points import (
    Occasion,
    accreditations,
    batches_visible_to,
    occasion_rows,
    occasions,
    rows_of,
    without_number,
)

MOST_SHOWN = 500
MOST_NAMES = 50
PIECE = 1000


@require_safe
def points_desk(request: HttpRequest) -> HttpResponse:
    """Show what was granted or asked for, and the lists made last."""
    _require(request)
    page = slice_of(
        batches_visible_to(request.user),
        "made_at",
        before=request.GET.get("voor", ""),
        after=request.GET.get("na", ""),
    )
    context = {
        "accreditations": accreditations(),
        "batches": page.rows,
        "older_url": f"?na={page.older}" if page.older else "",
        "newer_url": f"?voor={page.newer}" if page.newer else "",
        "may": may_in_project(request.user),
    }
    return render(request, "learning/points_desk.html", context)


@require_safe
def points_occasions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the occasions that an accreditation gives points for, and of how many the register heard."""
    _require(request)
    accreditation = get_object_or_404(accreditations(), pk=pk)
    context = {"accreditation": accreditation, "rows": occasion_rows(accreditation, request.user)}
    return render(request, "learning/points_occasions.html", context)


@require_POST
def points_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the list of an occasion; lead to it."""
    _require(request)
    accreditation = get_object_or_404(accreditations(), pk=pk)
    chosen = _occasion(request, accreditation)
    try:
        made = make_lists(chosen, by=member(request))
    except NotGrantedError:
        messages.error(
            request, _("The register has not granted these points yet, so there is nothing to report.")
        )
    except TooEarlyError:
        messages.error(request, _("The register takes presence only after the meeting. Come back then."))
    except NothingNewError:
        messages.info(request, _nothing_new(chosen))
    else:
        return redirect("learning:points_batch", pk=made[0].pk)
    return redirect("learning:points_occasions", pk=pk)


def _occasion(request: HttpRequest, accreditation: Accreditation) -> Occasion:
    wanted = request.POST.get("occasion", "")
    for one in occasions(accreditation, request.user):
        if one.key == wanted:
            return one
    raise Http404


def _nothing_new(chosen: Occasion) -> str:
    names = without_number(chosen, MOST_NAMES)
    if not names:
        return _(
            "Everybody who was there was reported already. The lists made earlier stand under Accreditation points."
        )
    return _(
        "Nobody new can be reported: these people have entered no number of this register yet: %(names)s."
    ) % {"names": ", ".join(names)}


@require_safe
def points_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a list to paste, with its files."""
    batch = _batch(request, pk)
    shown = list(batch.rows.order_by("pk")[: MOST_SHOWN + 1])
    context = {
        "batch": batch,
        "rows": shown[:MOST_SHOWN],
        "more": len(shown) > MOST_SHOWN,
        "pasted": "" if batch.corrects else "".join(_pasted(batch, shown[:MOST_SHOWN])),
    }
    return render(request, "learning/points_batch.html", context)


@require_safe
def points_paste(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Hand out the numbers, one a line, as the register takes a pasted list."""
    batch = _batch(request, pk)
    if batch.corrects:
        raise Http404
    answer = StreamingHttpResponse(_pasted(batch, rows_of(batch)), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name(batch)}.txt"'
    return answer


def _pasted(batch: PresenceBatch, rows: Iterator[PresenceRow] | list[PresenceRow]) -> Iterator[str]:
    """Yield the numbers in pieces; who was erased since leaves no line."""
    mark = "#" if batch.accreditation.register.paste_form == PasteForm.HASH else ""
    piece: list[str] = []
    for row in rows:
        if row.number:
            piece.append(f"{mark}{row.number}\n")
        if len(piece) >= PIECE:
            yield "".join(piece)
            piece = []
    yield "".join(piece)


@require_safe
def points_xlsx(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the list as a spreadsheet; asked again it is the same file."""
    batch = _batch(request, pk)
    header = [_("Registration number"), _("Name"), _("Occasion"), _("Held on"), _("Category"), _("Points")]
    header.append(_("Number of the accreditation"))
    if batch.corrects:
        header += [_("What"), _("Former number")]
    return xlsx_answer(_name(batch), header, _cells(batch), made_at=batch.made_at)


def _cells(batch: PresenceBatch) -> Iterator[Row]:
    granted = batch.accreditation
    for row in rows_of(batch):
        cells: list[Cell] = [row.number, row.name, batch.title, row.held_on or batch.held_on]
        cells += [granted.category, granted.points, granted.accreditation_id]
        if batch.corrects:
            cells += [row.get_change_display(), row.former_number]
        yield cells


def _name(batch: PresenceBatch) -> str:
    kind = "correcties" if batch.corrects else "presentie"
    return f"{kind}-{slugify(batch.accreditation.register.name)}-{batch.held_on:%Y-%m-%d}-{batch.pk}"


def _batch(request: HttpRequest, pk: int) -> PresenceBatch:
    _require(request)
    return get_object_or_404(batches_visible_to(request.user), pk=pk)


def _require(request: HttpRequest) -> None:
    if not may_manage_certificate(request.user):
        raise PermissionDenied
