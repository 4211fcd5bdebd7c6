"""Addresses of this room on the editors' desk."""

from django.urls import path

from courses.catalogue import views

urlpatterns = [path("<int:pk>/edities/", views.editions, name="catalogue_editions")]
