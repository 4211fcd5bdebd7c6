"""Pages for machines: health, metrics, security contact."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

from core import health


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that this process is alive; asks nothing of others."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether database, migrations and cache can serve; 503 names the part that cannot."""
    failings = health.failings()
    warnings = {} if failings else health.warnings()
    status = 503 if failings else 200
    return JsonResponse({"ready": not failings, "failing": failings, "late": warnings}, status=status)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give Prometheus its figures: in production only with the token in `METRICS_TOKEN`."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    allowed = settings.METRICS_TOKEN and hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    if not (settings.METRICS_PUBLIC or allowed):
        raise Http404
    answer: HttpResponse = ExportToDjangoView(request)
    return answer


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell about a weakness (RFC 9116), when this installation named somebody."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {settings.SECURITY_EXPIRES}",
        "Preferred-Languages: nl, fr, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
