"""Addresses of the notices."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("mijn/meldingen/", views.notices, name="list"),
    path("mijn/meldingen/gelezen/", views.all_read, name="all_read"),
    path("mijn/meldingen/<int:pk>/", views.open_notice, name="open"),
]
