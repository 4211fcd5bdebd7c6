"""Addresses of practices and the project leader's desk."""

from django.urls import URLPattern, URLResolver

app_name = "practices"
urlpatterns: list[URLPattern | URLResolver] = []
