"""What the member's home puts first for who does not follow training: each role its own work, and only that."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import WorkflowState

from accounts import consent
from accounts.actions.recovery import approve_recovery, open_recovery
from accounts.models import Purpose
from intervision.research.actions import create_study, open_study
from portal.queries import agenda_of
from tests.accounts.factories import UserFactory
from tests.accounts.test_sign_in import with_app
from tests.forum.factories import make_group, make_post, make_topic, poh
from tests.pages.factories import SourceFactory, content_page, medical_page
from tests.practices.factories import ParticipationFactory

pytestmark = pytest.mark.django_db


def waits_for(user):
    """Return the steps of somebody by key, and what each says."""
    agenda = agenda_of(user)
    return {step.key: step.text for step in [agenda.now, *agenda.others] if step}


def test_a_researcher_reads_what_is_new_since_the_last_visit():
    author, researcher = poh(), UserFactory.create(researcher=True)
    study = create_study(name="Geleerde lessen", by=None)
    topic = make_topic(make_group(members=[author]), author)
    consent.give(author, consent.text(Purpose.READ_POSTS, "nl"))
    key = f"research.read.{study.pk}"
    assert waits_for(researcher)[key] == "1 bericht is met je gedeeld."
    open_study(study, by=researcher)
    assert key not in waits_for(researcher)
    make_post(topic, author, "Nog een.")
    assert waits_for(researcher)[key] == "1 bericht kwam erbij sinds je vorige bezoek."
    assert key not in waits_for(author)


def test_a_project_leader_sees_which_round_has_practices_that_did_not_count():
    behind = ParticipationFactory.create()
    ParticipationFactory.create(round=behind.round, last_counted_week=timezone.localdate())
    key = f"practices.behind.{behind.round_id}"
    assert waits_for(UserFactory.create(project_leader=True))[key] == "1 praktijk telde vorige week niet."
    assert key not in waits_for(UserFactory.create(poh=True))


def test_a_recovery_waits_for_two_other_administrators():
    lost, first, second = (UserFactory.create(administrator=True) for _ in range(3))
    with_app(lost)
    request = open_recovery(lost, by=None)
    assert "accounts.recoveries" not in waits_for(lost)
    assert waits_for(first)["accounts.recoveries"] == "1 mens wacht op je akkoord."
    approve_recovery(request, by=first)
    assert "accounts.recoveries" not in waits_for(first)
    assert "accounts.recoveries" in waits_for(second)


@pytest.mark.parametrize(
    ("role", "asked"), [("editor", True), ("researcher", True), ("poh", False), ("gp", False)]
)
def test_a_passkey_is_asked_of_who_sees_more_than_a_practice(role, asked):
    assert ("accounts.passkey" in waits_for(UserFactory.create(**{role: True}))) is asked


def test_who_has_a_second_factor_is_not_asked_again():
    editor = UserFactory.create(editor=True)
    with_app(editor)
    assert "accounts.passkey" not in waits_for(editor)


def test_the_desk_asks_each_for_their_own_part():
    editor, reviewer = UserFactory.create(editor=True), UserFactory.create(medical_reviewer=True)
    SourceFactory.create()
    page = content_page(title="Handen in")
    page.save_revision(user=editor)
    state = page.get_workflow().start(page, editor)
    assert waits_for(reviewer)["pages.review"] == "1 tekst wacht op je nakijken."
    assert waits_for(reviewer)["pages.confirm"] == "1 bron is nog niet bevestigd."
    assert "pages.mend" not in waits_for(editor)
    state.current_task_state.reject(user=reviewer)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES
    assert waits_for(editor)["pages.mend"] == "1 tekst kwam terug met opmerkingen."
    assert "pages.review" not in waits_for(reviewer)


def test_a_medical_page_past_its_day_is_due_again():
    medical_page(review_due=timezone.localdate() - dt.timedelta(days=1))
    editor = UserFactory.create(editor=True)
    assert waits_for(editor)["pages.renew"] == "1 medische pagina had al opnieuw nagekeken moeten zijn."
