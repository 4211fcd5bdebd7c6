"""Addresses of certificates and what belongs to them; part of the room's own."""

from django.urls import URLPattern, URLResolver, path

from courses.learning.views import certificates

addresses: list[URLPattern | URLResolver] = [
    path("mijn/certificaten/", certificates.certificates, name="certificates"),
    path("mijn/certificaten/<int:pk>/certificaat.pdf", certificates.certificate_pdf, name="certificate_pdf"),
    path("mijn/certificaten/<int:pk>/bewijs.jwt", certificates.credential_jwt, name="credential_jwt"),
    path("mijn/certificaten/<int:pk>/bewijs.json", certificates.credential_json, name="credential_json"),
    path("mijn/certificaten/<int:pk>/insigne.png", certificates.badge, name="badge"),
    path("certificaat/<slug:code>/", certificates.certificate, name="certificate"),
]
