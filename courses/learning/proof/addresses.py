"""Addresses of certificates and what belongs to them; part of the room's own."""

from django.urls import URLPattern, URLResolver, path

from courses.learning.views import (
    certificate_desk,
    certificates,
    colleagues,
    exports,
    overview,
    points,
    points_desk,
    totals,
)

addresses: list[URLPattern | URLResolver] = [
    path("mijn/certificaten/", certificates.certificates, name="certificates"),
    path("mijn/certificaten/<int:pk>/certificaat.pdf", certificates.certificate_pdf, name="certificate_pdf"),
    path("mijn/certificaten/<int:pk>/bewijs.jwt", certificates.credential_jwt, name="credential_jwt"),
    path("mijn/certificaten/<int:pk>/bewijs.json", certificates.credential_json, name="credential_json"),
    path("mijn/certificaten/<int:pk>/insigne.png", certificates.badge, name="badge"),
    path("certificaat/<slug:code>/", certificates.certificate, name="certificate"),
    path("mijn/punten/", points.points, name="points"),
    path("mijn/punten/weg/<int:pk>/", points.number_delete, name="number_delete"),
    path("project/training/certificaten/", certificate_desk.certificate_desk, name="certificate_desk"),
    path(
        "project/training/certificaten/<int:pk>/",
        certificate_desk.certificate_detail,
        name="certificate_detail",
    ),
    path(
        "project/training/certificaten/<int:pk>/intrekken/",
        certificate_desk.certificate_revoke,
        name="certificate_revoke",
    ),
    path(
        "project/training/certificaten/<int:pk>/nieuw/",
        certificate_desk.certificate_reissue,
        name="certificate_reissue",
    ),
    path("project/training/punten/", points_desk.points_desk, name="points_desk"),
    path("project/training/punten/<int:pk>/", points_desk.points_occasions, name="points_occasions"),
    path("project/training/punten/<int:pk>/lijst/", points_desk.points_list, name="points_list"),
    path("project/training/punten/lijst/<int:pk>/", points_desk.points_batch, name="points_batch"),
    path("project/training/punten/lijst/<int:pk>/nummers.txt", points_desk.points_paste, name="points_paste"),
    path(
        "project/training/punten/lijst/<int:pk>/presentie.xlsx", points_desk.points_xlsx, name="points_xlsx"
    ),
    path("begeleiding/groepen/", overview.overviews, name="overviews"),
    path("begeleiding/groepen/<int:pk>/", overview.overview, name="overview"),
    path(
        "begeleiding/groepen/<int:pk>/voortgang.<slug:kind>", overview.overview_table, name="overview_table"
    ),
    path("praktijk/training/", colleagues.colleagues, name="colleagues"),
    path("project/training/", totals.totals, name="totals"),
    path("project/training/totalen.csv", totals.totals_csv, name="totals_csv"),
    path("project/training/uitvoer/", exports.exports, name="exports"),
]
