"""Addresses of the house for machines: health, metrics, robots."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
