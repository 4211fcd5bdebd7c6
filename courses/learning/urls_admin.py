"""Addresses of this room on the editors' desk."""

from django.urls import path

from courses.learning.views import regrading

urlpatterns = [path("<int:pk>/", regrading.regrade, name="learning_regrade")]
