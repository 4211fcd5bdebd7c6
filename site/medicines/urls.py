"""Addresses of substances."""

from django.urls import URLPattern, URLResolver

app_name = "medicines"
urlpatterns: list[URLPattern | URLResolver] = []
