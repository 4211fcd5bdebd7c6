"""Addresses of corrections, former editions and moving learners; part of the room's own."""

from django.urls import URLPattern, URLResolver, path

from courses.learning.views import corrections, earlier, editions

addresses: list[URLPattern | URLResolver] = [
    path("training/correctie/<int:pk>/", corrections.correction, name="correction"),
    path("training/eerder/<int:course>/", earlier.earlier, name="earlier"),
    path("training/eerder/<int:enrolment>/<int:lesson>/", earlier.earlier_lesson, name="earlier_lesson"),
    path("project/edities/", editions.editions, name="editions"),
    path("project/edities/<int:pk>/", editions.move, name="move"),
]
