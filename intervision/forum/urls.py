"""Addresses of the forum: ids only."""

from django.urls import URLPattern, URLResolver, path

from intervision.forum.views import drafts, facilitating, managing, reading, writing

app_name = "forum"
urlpatterns: list[URLPattern | URLResolver] = [
    path("intervisie/", reading.index, name="index"),
    path("intervisie/groepen/", managing.groups, name="groups"),
    path("intervisie/groepen/nieuw/", managing.new_group, name="new_group"),
    path("intervisie/groepen/<int:pk>/", managing.manage_group, name="manage_group"),
    path("intervisie/groepen/<int:pk>/erbij/", managing.let_in, name="let_in"),
    path("intervisie/groepen/<int:pk>/lid/<int:membership>/einde/", managing.end, name="end_membership"),
    path("intervisie/groep/<int:pk>/", reading.group, name="group"),
    path("intervisie/groep/<int:pk>/nieuw/", writing.new_topic, name="new_topic"),
    path("intervisie/groep/<int:pk>/voorbeeld/", writing.preview, name="preview"),
    path("intervisie/groep/<int:pk>/mensen/", writing.people, name="people"),
    path("intervisie/onderwerp/<int:pk>/", reading.topic, name="topic"),
    path("intervisie/onderwerp/<int:pk>/stand/", facilitating.set_state, name="topic_state"),
    path("intervisie/bericht/<int:pk>/", reading.post, name="post"),
    path("intervisie/bericht/<int:pk>/bewerken/", writing.edit, name="edit"),
    path("intervisie/bericht/<int:pk>/verwijderen/", writing.delete, name="delete"),
    path("intervisie/bericht/<int:pk>/geschiedenis/", reading.history, name="history"),
    path("intervisie/bericht/<int:pk>/citeren/", writing.quote, name="quote"),
    path("intervisie/concepten/", drafts.drafts, name="drafts"),
    path("intervisie/concepten/<int:pk>/weg/", drafts.discard, name="discard_draft"),
    path("intervisie/concept/<slug:kind>/<int:target_id>/", drafts.save, name="save_draft"),
]
