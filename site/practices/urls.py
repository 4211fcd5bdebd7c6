"""Addresses of practices and the project leader's desk."""

from __future__ import annotations

import datetime as dt

from django.urls import URLPattern, URLResolver, path, register_converter

from practices import views, views_desk


class DayConverter:
    """A day in an address, as 2026-11-23."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> dt.date:
        """Return the day; an impossible one (2026-02-30) is no address."""
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        """Return the day as it stands in the address."""
        return value.isoformat()


register_converter(DayConverter, "day")

app_name = "practices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("praktijk/", views.practices, name="practices"),
    path("praktijk/<int:pk>/", views.practice, name="practice"),
    path("praktijk/<int:pk>/week/<day:monday>/", views.week, name="week"),
    path("project/", views_desk.desk, name="desk"),
    path("project/ronde/nieuw/", views_desk.round_form, name="round_new"),
    path("project/ronde/<int:pk>/", views_desk.round_, name="round"),
    path("project/ronde/<int:pk>/wijzigen/", views_desk.round_form, name="round_change"),
    path("project/ronde/<int:pk>/praktijk/", views_desk.join, name="join"),
]
