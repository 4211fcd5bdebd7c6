"""Addresses of the house for machines: health, metrics, security contact."""

from django.urls import URLPattern, URLResolver, path

from core import views_machines as views

app_name = "machines"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
