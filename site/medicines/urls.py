"""Addresses of substances."""

from django.urls import URLPattern, URLResolver, path

from medicines import views

app_name = "medicines"
urlpatterns: list[URLPattern | URLResolver] = [
    path("medische-informatie/middelen/", views.substance_list, name="substances"),
    path("medische-informatie/middelen/<slug:slug>/", views.substance, name="substance"),
    path("medische-informatie/waarden/<int:pk>/bevestigen/", views.confirm, name="confirm"),
]
