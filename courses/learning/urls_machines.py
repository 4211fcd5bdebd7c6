"""Addresses that machines ask: what verifies a credential. Outside the language prefix."""

from django.urls import URLPattern, URLResolver, path

from courses.learning.views import machines

app_name = "learning_machines"
urlpatterns: list[URLPattern | URLResolver] = [
    path(".well-known/jwks.json", machines.jwks, name="jwks"),
    path("badges/uitgever/", machines.issuer, name="issuer"),
    path("badges/prestatie/<uuid:key>/", machines.achievement, name="achievement"),
    path("badges/beeld.png", machines.badge_picture, name="badge_picture"),
    path("badges/status/<int:key>/", machines.status_list, name="status_list"),
]
