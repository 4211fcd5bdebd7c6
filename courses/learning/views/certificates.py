"""Certificates: the holder's own screen and papers, and the public page on which anybody checks one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.learning import badges, documents
from courses.learning.models import Certificate
from courses.learning.queries.certificates import (
    certificate_by_code,
    certificate_views,
    certificates_of,
    credential_of,
)

GONE = 410
NO_INDEX = "noindex, nofollow, noarchive"


def limited[View: Callable[..., Any]](view: View) -> View:
    """Answer 429 to who tries too many codes from one place; shared by all workers through the cache."""
    return cast(
        "View", ratelimit.decorator(app="allauth.account", action="certificate", limit_get=True)(view)
    )


@login_not_required
@never_cache
@limited
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Say of a code whose certificate it is and whether it still holds; anybody may ask who has the code."""
    found = certificate_by_code(code)
    if found is None:
        raise Http404
    context = {"certificate": found, "hours": documents.hours_in_words(found)}
    status = GONE if found.status == "erased" else 200
    answer = render(request, "learning/certificate.html", context, status=status)
    answer["X-Robots-Tag"] = NO_INDEX
    return answer


@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """Show somebody's own certificates and what is still needed for one."""
    return render(request, "learning/certificates.html", {"views": certificate_views(request.user)})


@require_safe
def certificate_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out one's own certificate on paper."""
    found = _own(request, pk)
    return _file(documents.certificate_pdf(found), "application/pdf", found, "pdf")


@require_safe
def credential_jwt(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the signed credential, which anybody can verify without asking us."""
    found = _own(request, pk)
    return _file(found.jwt.encode(), "application/vc+jwt", found, "jwt")


@require_safe
def credential_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out what the credential says, for reading; the signature is in the other file."""
    found = _own(request, pk)
    return _file(credential_of(found), "application/ld+json", found, "json")


@require_safe
def badge(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the picture of the badge with the credential in it."""
    found = _own(request, pk)
    return _file(badges.picture_with(found, documents.badge_picture()), "image/png", found, "png")


def _own(request: HttpRequest, pk: int) -> Certificate:
    """Return the person's own certificate; anybody else's does not exist for them."""
    return get_object_or_404(certificates_of(request.user).exclude(jwt=""), pk=pk)


def _file(content: bytes, kind: str, found: Certificate, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    name = f"{slugify(found.course_title) or 'training'}-{found.shown_code}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
