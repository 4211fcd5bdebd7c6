"""Addresses of feeds, enclosures, transcripts and embeds."""

from django.urls import URLPattern, URLResolver

app_name = "podcast"
urlpatterns: list[URLPattern | URLResolver] = []
