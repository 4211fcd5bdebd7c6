"""Addresses outside the language prefix: what verifies a credential, and what the picture in the room leads to."""

from django.urls import URLPattern, URLResolver, path

from courses.learning.views import machines, room

app_name = "learning_machines"
urlpatterns: list[URLPattern | URLResolver] = [
    path("aanwezig/<str:token>/", room.attend, name="attendance"),
    path(".well-known/jwks.json", machines.jwks, name="jwks"),
    path("badges/uitgever/", machines.issuer, name="issuer"),
    path("badges/prestatie/<uuid:key>/", machines.achievement, name="achievement"),
    path("badges/beeld.png", machines.badge_picture, name="badge_picture"),
    path("badges/status/<int:key>/", machines.status_list, name="status_list"),
]
