"""Addresses of this room on the editors' desk."""

from django.urls import path

from courses.catalogue import views, views_corrections

urlpatterns = [
    path("<int:pk>/edities/", views.editions, name="catalogue_editions"),
    path("correcties/", views_corrections.corrections, name="catalogue_corrections"),
    path("correcties/nieuw/<str:key>/", views_corrections.correct, name="catalogue_correct"),
    path("correcties/<int:pk>/", views_corrections.correction, name="catalogue_correction"),
    path("correcties/<int:pk>/intrekken/", views_corrections.withdraw, name="catalogue_withdraw"),
    path("correcties/<int:pk>/klopt/<int:edition>/", views_corrections.settle, name="catalogue_settle"),
]
