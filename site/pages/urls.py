"""Addresses of the public site that are not Wagtail pages."""

from django.urls import URLPattern, URLResolver, path

from pages import views

app_name = "pages"
urlpatterns: list[URLPattern | URLResolver] = [
    path("zoeken/", views.search, name="search"),
]
