"""The post box of a development machine."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.models import OutboxMail

SHOWN = 50


@login_not_required
@never_cache
@require_safe
def postbox(request: HttpRequest) -> HttpResponse:
    """Show the newest mails, so that somebody trying the house can follow their links; development only."""
    _only_in_development()
    return render(request, "core/postbox.html", {"mails": OutboxMail.objects.order_by("-created_at")[:SHOWN]})


@login_not_required
@never_cache
@require_safe
def postbox_mail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one mail as text, with its links to click."""
    _only_in_development()
    return render(request, "core/postbox_mail.html", {"mail": get_object_or_404(OutboxMail, pk=pk)})


def _only_in_development() -> None:
    if not settings.SHOW_POSTBOX:
        raise Http404
