"""Addresses of the house for people."""

from django.urls import URLPattern, URLResolver, path

from core import views

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [
    path("postbus/", views.postbox, name="postbox"),
    path("postbus/<uuid:pk>/", views.postbox_mail, name="postbox_mail"),
]
