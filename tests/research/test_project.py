"""The project leader's page about the study."""

from __future__ import annotations

import pytest

from accounts.models import Role
from intervision.research.actions import create_study
from intervision.research.models import Study
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(UserFactory.create(roles=[Role.PROJECT_LEADER]))
    return client


def test_a_project_leader_makes_the_study_once_and_describes_it_afterwards(desk):
    desk.post("/project/onderzoek/", {"name": "Geleerde lessen", "question": "Wat hielp?"})
    desk.post("/project/onderzoek/", {"name": "Geleerde lessen 2027", "question": "Wat hielp?"})
    assert [study.name for study in Study.objects.all()] == ["Geleerde lessen 2027"]


def test_the_page_names_who_reads_in_the_study_and_not_who_agreed(desk):
    create_study(name="Geleerde lessen", by=None)
    researcher = UserFactory.create(roles=[Role.RESEARCHER], display_name="Onno Onderzoeker")
    page = desk.get("/project/onderzoek/").content.decode()
    assert researcher.display_name in page


def test_a_project_leader_does_not_read_the_sources(desk):
    study = create_study(name="Geleerde lessen", by=None)
    assert desk.get(study.get_absolute_url()).status_code in {403, 404}


def test_a_name_with_patient_data_is_refused_and_kept(desk):
    answer = desk.post("/project/onderzoek/", {"name": "Casus mevrouw Jansen", "question": ""})
    assert answer.status_code == 422
    assert "mevrouw Jansen" in answer.content.decode()
    assert not Study.objects.exists()
