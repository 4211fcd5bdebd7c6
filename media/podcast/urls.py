"""Addresses of feeds, enclosures, transcripts and embeds."""

from django.urls import URLPattern, URLResolver, path

from media.podcast import views

app_name = "podcast"
urlpatterns: list[URLPattern | URLResolver] = [
    path("podcast/<slug:show>/feed.xml", views.feed, name="feed"),
    path("podcast/audio/<uuid:uuid>.<slug:ending>", views.enclosure, name="enclosure"),
    path("podcast/transcript/<uuid:uuid>.<slug:language>.<slug:ending>", views.transcript, name="transcript"),
    path("podcast/chapters/<uuid:uuid>.json", views.chapters, name="chapters"),
    path("embed/<uuid:uuid>/", views.embed, name="embed"),
]
