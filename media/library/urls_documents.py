"""Addresses of documents under the names that Wagtail looks up; the view is ours."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from wagtail.documents.views.serve import authenticate_with_password

from media.library import views

urlpatterns = [
    path("<int:document_id>/<str:document_filename>", views.document, name="wagtaildocs_serve"),
    path(
        "wachtwoord/<int:restriction_id>/",
        login_not_required(authenticate_with_password),
        name="wagtaildocs_authenticate_with_password",
    ),
]
