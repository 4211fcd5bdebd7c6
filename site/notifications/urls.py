"""Addresses of the notices."""

from django.urls import path

from notifications import views, views_calendar

app_name = "notifications"
urlpatterns = [
    path("mijn/meldingen/", views.notices, name="list"),
    path("mijn/meldingen/gelezen/", views.all_read, name="all_read"),
    path("mijn/meldingen/<int:pk>/", views.open_notice, name="open"),
    path("mijn/agenda/", views_calendar.calendar, name="calendar"),
    path("mijn/agenda/stoppen/", views_calendar.end_calendar, name="end_calendar"),
]
