"""Sources: who confirms them, and what makes them unconfirmed again."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from core.models import AuditEntry
from pages.actions import verify_source, withdraw_verification
from tests.accounts.factories import UserFactory
from tests.pages.factories import SourceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["poh", "gp", "editor", "administrator", "researcher"])
def test_only_a_medical_reviewer_confirms_a_source(role):
    source = SourceFactory.create()
    with pytest.raises(PermissionDenied):
        verify_source(source, by=UserFactory.create(**{role: True}))
    source.refresh_from_db()
    assert not source.verified


def test_a_confirmation_says_who_and_when_and_stands_in_the_audit_trail():
    source, reviewer = SourceFactory.create(), UserFactory.create(medical_reviewer=True)
    verify_source(source, by=reviewer, review_due=dt.date(2027, 5, 1))
    source.refresh_from_db()
    assert source.verified
    assert source.verified_by == reviewer
    assert source.review_due == dt.date(2027, 5, 1)
    assert AuditEntry.objects.get(action="pages.source_verified").object_id == str(source.pk)


@pytest.mark.parametrize(
    ("field", "value", "still"),
    [
        ("edition", "2027", False),
        ("title", "Andere titel", False),
        ("url", "https://voorbeeld.test/", False),
        ("remark", "Alleen gelezen.", True),
    ],
)
def test_changing_a_fact_about_the_document_makes_it_unconfirmed(field, value, still):
    source = SourceFactory.create()
    verify_source(source, by=UserFactory.create(medical_reviewer=True))
    setattr(source, field, value)
    source.save()
    assert source.verified is still


def test_a_confirmation_can_be_taken_back():
    source, reviewer = SourceFactory.create(), UserFactory.create(medical_reviewer=True)
    verify_source(source, by=reviewer)
    withdraw_verification(source, by=reviewer)
    assert not source.verified


@pytest.mark.parametrize(
    ("due", "overdue"), [(None, False), (dt.date(2026, 11, 1), True), (dt.date(2026, 11, 2), False)]
)
def test_a_source_is_overdue_after_its_day(due, overdue):
    assert SourceFactory.build(review_due=due).overdue(dt.date(2026, 11, 2)) is overdue
