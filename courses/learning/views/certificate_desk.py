"""The project leader's desk of certificates: find one, withdraw it, make a new copy."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import member
from courses.learning.actions.certificates import NoChangeError, reissue, revoke
from courses.learning.forms.certificates import RevokeForm
from courses.learning.models import Certificate, RevocationReason
from courses.learning.paging import slice_of
from courses.learning.permissions import may_in_project, may_manage_certificate
from courses.learning.queries.certificates import certificates_visible_to, history_of, searched
from patientdata.kinds import PatientDataFound

UNPROCESSABLE = 422


@require_safe
def certificate_desk(request: HttpRequest) -> HttpResponse:
    """List the certificates, the newest first; a name or a code narrows the list."""
    if not may_manage_certificate(request.user):
        raise PermissionDenied
    wanted = request.GET.get("q", "").strip()
    found = searched(certificates_visible_to(request.user), wanted)
    page = slice_of(found, "issued_at", before=request.GET.get("voor", ""), after=request.GET.get("na", ""))
    kept = {"q": wanted} if wanted else {}
    context = {
        "certificates": page.rows,
        "wanted": wanted,
        "may": may_in_project(request.user),
        "older_url": f"?{urlencode({**kept, 'na': page.older})}" if page.older else "",
        "newer_url": f"?{urlencode({**kept, 'voor': page.newer})}" if page.newer else "",
    }
    return render(request, "learning/certificate_desk.html", context)


@require_safe
def certificate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one certificate with its former copies, and what can be done with it."""
    return _detail(request, _managed(request, pk), RevokeForm())


@require_POST
def certificate_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a certificate."""
    found, form = _managed(request, pk), RevokeForm(request.POST)
    if not form.is_valid() or not _revoke(request, found, form):
        return _detail(request, found, form, status=UNPROCESSABLE)
    messages.success(request, _("The certificate is withdrawn; its page says so now."))
    return redirect("learning:certificate_detail", pk=found.pk)


def _revoke(request: HttpRequest, found: Certificate, form: RevokeForm) -> bool:
    try:
        revoke(
            found,
            because=RevocationReason(form.cleaned_data["because"]),
            note=form.cleaned_data["note"],
            confirmed=form.gate_confirmed,
            by=member(request),
        )
    except PatientDataFound as error:
        form.present(error)
        return False
    return True


@require_POST
def certificate_reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new copy with the holder's present name."""
    found = _managed(request, pk)
    try:
        copy = reissue(found, by=member(request))
    except NoChangeError:
        messages.info(
            request, _("There is nothing to renew: this copy is right as it is, or not the newest.")
        )
        return redirect("learning:certificate_detail", pk=found.pk)
    messages.success(request, _("Here is the new copy. The holder finds it among their certificates."))
    return redirect("learning:certificate_detail", pk=copy.pk)


def _managed(request: HttpRequest, pk: int) -> Certificate:
    if not may_manage_certificate(request.user):
        raise PermissionDenied
    return get_object_or_404(certificates_visible_to(request.user), pk=pk)


def _detail(request: HttpRequest, found: Certificate, form: RevokeForm, *, status: int = 200) -> HttpResponse:
    context = {"certificate": found, "history": history_of(found), "form": form}
    return render(request, "learning/certificate_detail.html", context, status=status)
