"""Addresses of the house for people."""

from django.urls import URLPattern, URLResolver, path

from core import views, views_gallery

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [
    path("onderdelen/", views_gallery.gallery, name="gallery"),
    path("postbus/", views.postbox, name="postbox"),
    path("postbus/<uuid:pk>/", views.postbox_mail, name="postbox_mail"),
]
