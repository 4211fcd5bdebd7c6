"""Addresses of the member's home."""

from django.urls import URLPattern, URLResolver, path

from portal import views

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("mijn/", views.home, name="home"),
    path("mijn/later/", views.later, name="later"),
]
