"""Addresses of the research desk."""

from django.urls import URLPattern, URLResolver, path

from intervision.research import views, views_project

app_name = "research"
urlpatterns: list[URLPattern | URLResolver] = [
    path("project/onderzoek/", views_project.study, name="project"),
    path("onderzoek/", views.desk, name="desk"),
    path("onderzoek/<int:pk>/", views.sources, name="sources"),
    path("onderzoek/<int:pk>/gegeven/", views.handed, name="handed"),
]
