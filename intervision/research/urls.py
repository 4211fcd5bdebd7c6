"""Addresses of the research desk."""

from django.urls import URLPattern, URLResolver, path

from intervision.research import views

app_name = "research"
urlpatterns: list[URLPattern | URLResolver] = [
    path("onderzoek/", views.desk, name="desk"),
    path("onderzoek/<int:pk>/", views.sources, name="sources"),
]
