"""Addresses of stored files, outside the language prefix."""

from django.urls import URLPattern, URLResolver, path

from media.library import views

app_name = "library"
urlpatterns: list[URLPattern | URLResolver] = [
    path("bestanden/<path:path>", views.public_file, name="public_file"),
    path("beeld/<uuid:uuid>.mp4", views.film, name="film"),
    path("beeld/<uuid:uuid>.<slug:language>.vtt", views.captions, name="captions"),
    path("geluid/<uuid:uuid>.<slug:ending>", views.sound, name="sound"),
]
