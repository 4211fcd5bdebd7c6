"""Routes that send the admin's own sign-in to allauth."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
