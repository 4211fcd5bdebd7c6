"""Addresses that calendar programs keep, outside the language prefix."""

from django.urls import path

from notifications import views_calendar

urlpatterns = [path("kalender/<str:token>.ics", views_calendar.feed, name="calendar_feed")]
