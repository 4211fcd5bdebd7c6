"""The demo accounts of the contract, loaded once and then left to their owners."""

from __future__ import annotations

import pytest

from accounts import demo
from accounts.models import Role, User
from core.demo import DemoReport

pytestmark = pytest.mark.django_db
ROLES = {
    **{f"poh{number}@demo.test": Role.POH for number in ("", 2, 3, 4, 5, 6, 7, 8)},
    "huisarts@demo.test": Role.GP,
    "trainer@demo.test": Role.TRAINER,
    "begeleider@demo.test": Role.FACILITATOR,
    "redacteur@demo.test": Role.EDITOR,
    "medisch@demo.test": Role.MEDICAL_REVIEWER,
    "onderzoeker@demo.test": Role.RESEARCHER,
    "onderzoeker2@demo.test": Role.RESEARCHER,
    "projectleider@demo.test": Role.PROJECT_LEADER,
    "beheerder@demo.test": Role.ADMINISTRATOR,
}


def test_everybody_of_the_contract_is_there_and_can_sign_in(settings, client) -> None:
    demo.load(DemoReport())
    found = {
        user.email: user.assignments.get().role for user in User.objects.filter(email__endswith="@demo.test")
    }
    assert found == ROLES
    client.post("/account/login/", {"login": "poh@demo.test", "password": settings.DEMO_PASSWORD})
    assert "_auth_user_id" in client.session


def test_a_second_time_changes_nothing() -> None:
    demo.load(DemoReport())
    User.objects.filter(email="poh@demo.test").update(display_name="Zelf veranderd")
    second = DemoReport()
    demo.load(second)
    assert second.made == []
    assert User.objects.get(email="poh@demo.test").display_name == "Zelf veranderd"
