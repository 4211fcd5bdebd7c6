"""Public addresses that are not Wagtail pages: search, and files for machines."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from pages.cache import kept_for_visitors
from pages.search import search as search_pages
from pages.sitemap import entries, without_members_pages


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found for `q`; 400 with a sentence when it cannot be looked for."""
    answer = search_pages(request.GET.get("q", ""), member=request.user.is_authenticated)
    return render(request, "pages/search.html", {"answer": answer}, status=400 if answer.message else 200)


@kept_for_visitors
@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page with its translations."""
    public = Page.objects.live().public().filter(depth__gt=1)
    context = {"entries": entries(without_members_pages(public))}
    return render(request, "pages/sitemap.xml", context, content_type="application/xml")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what is not for them."""
    closed = ("/beheer/", "/account/", "/zoeken/", "/fr/beheer/", "/fr/account/", "/fr/zoeken/")
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
