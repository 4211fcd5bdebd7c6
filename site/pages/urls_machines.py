"""Addresses of the public site for machines, outside the language prefix."""

from django.urls import URLPattern, URLResolver, path

from pages import views

app_name = "pages_machines"
urlpatterns: list[URLPattern | URLResolver] = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
