"""What verifiers of credentials ask for: keys, issuer, achievement, status. Public, outside the language prefix."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from courses.catalogue.models import CoursePage
from courses.learning import badges, documents
from courses.learning.badge_keys import public_keys
from courses.learning.models import BadgeKey
from courses.learning.queries.certificates import no_longer_good, status_cache_key

STATUS_SECONDS = 20  # with the half minute that a reader may keep it, withdrawn is known within one
LINKED_DATA = "application/ld+json"


@login_not_required
@cache_control(public=True, max_age=300)
@require_safe
def jwks(request: HttpRequest) -> JsonResponse:
    """Give the public keys with which credentials of this platform are verified (RFC 7517)."""
    return JsonResponse(public_keys(), content_type="application/jwk-set+json")


@login_not_required
@cache_control(public=True, max_age=300)
@require_safe
def issuer(request: HttpRequest) -> JsonResponse:
    """Say who issues (an Open Badges profile)."""
    return JsonResponse(badges.issuer().to_dict(), content_type=LINKED_DATA)


@login_not_required
@cache_control(public=True, max_age=300)
@require_safe
def achievement(request: HttpRequest, key: UUID) -> JsonResponse:
    """Say which course a credential is about."""
    course = CoursePage.objects.live().filter(translation_key=key).order_by("locale_id").first()
    if course is None:
        raise Http404
    with translation.override(course.locale.language_code):
        found = badges.achievement_of(str(key), course.title, course.lead)
    return JsonResponse(found.to_dict(), content_type=LINKED_DATA)


@login_not_required
@cache_control(public=True, max_age=3600)
@require_safe
def badge_picture(request: HttpRequest) -> HttpResponse:
    """Give the picture of the badge."""
    return HttpResponse(documents.badge_picture(), content_type="image/png")


@login_not_required
@cache_control(public=True, max_age=STATUS_SECONDS)
@require_safe
def status_list(request: HttpRequest, key: int) -> HttpResponse:
    """Give the signed list of what no longer holds (Bitstring Status List)."""
    found = get_object_or_404(BadgeKey, pk=key)
    name = status_cache_key(found.pk)
    signed = cache.get(name)
    if signed is None:
        signed = badges.signed_status_list(found, no_longer_good(found))
        cache.set(name, signed, STATUS_SECONDS)
    return HttpResponse(signed, content_type="application/vc+jwt")
