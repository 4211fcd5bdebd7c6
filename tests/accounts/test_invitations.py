"""Inviting somebody, and accepting once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts import afterwards, consent, scopes
from accounts.actions import invitations as actions
from accounts.models import Invitation, InvitationUse, Purpose, Role, ScopeKind, User
from accounts.permissions import SITE
from accounts.tasks import forget_unanswered
from core.models import AuditEntry
from tests.accounts.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
PRACTICE = (ScopeKind.PRACTICE, 7)
ANSWER = {
    "display_name": "Noor Haverkamp",
    "work_title": "praktijkondersteuner GGZ",
    "language": "nl",
    "sign_in_with": "password",
    "password": PASSWORD,
    "agree": "on",
}


@pytest.fixture(autouse=True)
def _two_practices(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {7: "De Esdoorn", 8: "De Linde"}
    monkeypatch.setattr(scopes, "_sources", {})
    scopes.register(
        ScopeKind.PRACTICE,
        choices_for=lambda user: names.items(),
        labels=lambda numbers: {number: names[number] for number in numbers},
    )


@pytest.fixture
def leader() -> User:
    return UserFactory(project_leader=True, display_name="Yvonne")


def link_in(mailoutbox) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", mailoutbox[-1].body)
    assert found
    return found.group(1)


def invite(leader: User, email: str = "noor@voorbeeld.test", **kwargs) -> Invitation:
    return actions.invite(email, kwargs.pop("role", Role.POH), scope=PRACTICE, language="nl", by=leader)


def test_the_project_leader_invites_a_practices_poh(client_for, leader: User, mailoutbox) -> None:
    typed = {"email": "Noor@Voorbeeld.test", "role": "poh", "scope": "practice:7", "language": "fr"}
    answer = client_for(leader).post("/project/uitnodigen/", typed)
    assert answer.status_code == 302
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.scope_id) == ("noor@voorbeeld.test", 7)
    assert mailoutbox[0].to == ["noor@voorbeeld.test"]
    assert link_in(mailoutbox).startswith("/fr/account/uitnodiging/")
    assert "De Esdoorn" in mailoutbox[0].body
    assert invitation.token_digest not in mailoutbox[0].body
    assert AuditEntry.objects.filter(action="accounts.invited", actor=leader.audit_id).exists()


@pytest.mark.parametrize("role", ["editor", "administrator", "researcher"])
def test_the_project_leader_cannot_hand_out_other_roles(client_for, leader: User, role: str) -> None:
    typed = {"email": "noor@voorbeeld.test", "role": role, "scope": "", "language": "nl"}
    assert client_for(leader).post("/project/uitnodigen/", typed).status_code == 422
    with pytest.raises(PermissionDenied):
        invite(leader, role=Role(role))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"email": "geen adres"}, "noor"),
        ({"email": "noor\x00@voorbeeld.test"}, ""),
        ({"email": "n" * 300 + "@voorbeeld.test"}, ""),
        ({"scope": ""}, "noor@voorbeeld.test"),
        ({"scope": "practice:999"}, "noor@voorbeeld.test"),
        ({"scope": "practice:x"}, "noor@voorbeeld.test"),
    ],
)
def test_wrong_input_is_refused_in_words_and_kept(
    client_for, leader: User, wrong: dict[str, str], words: str
) -> None:
    typed = {"email": "noor@voorbeeld.test", "role": "poh", "scope": "practice:7", "language": "nl"} | wrong
    answer = client_for(leader).post("/project/uitnodigen/", typed)
    assert answer.status_code == 422
    assert typed["email"].split("@")[0][:20].strip("\x00")[:4] in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_double_click_invites_once(client_for, leader: User) -> None:
    client = client_for(leader)
    typed = {"email": "noor@voorbeeld.test", "role": "poh", "scope": "practice:7", "language": "nl"}
    client.post("/project/uitnodigen/", typed)
    client.post("/project/uitnodigen/", typed)
    assert Invitation.objects.count() == 1


def test_inviting_says_nothing_about_whether_there_is_an_account(client_for, leader: User) -> None:
    UserFactory(email="noor@voorbeeld.test")
    client = client_for(leader)
    answers = []
    for email in ("noor@voorbeeld.test", "niemand@voorbeeld.test"):
        typed = {"email": email, "role": "poh", "scope": "practice:7", "language": "nl"}
        page = client.post("/project/uitnodigen/", typed, follow=True).content.decode()
        answers.append("onderweg" in page or "on its way" in page)
    assert answers == [True, True]


def test_accepting_makes_the_account_with_the_role_and_signs_in(
    client: Client, leader: User, mailoutbox
) -> None:
    invite(leader)
    link = link_in(mailoutbox)
    assert "De Esdoorn" in client.get(link).content.decode()
    client.post(link, ANSWER)
    user = User.objects.get(email="noor@voorbeeld.test")
    held = user.assignments.get()
    assert (held.role, held.scope_kind, held.scope_id) == ("poh", "practice", 7)
    assert user.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=user).verified
    assert consent.has_consent(user, Purpose.TERMS)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_with_a_passkey_no_password_is_set_and_the_passkey_comes_next(
    client: Client, leader: User, mailoutbox
) -> None:
    invite(leader)
    answer = client.post(link_in(mailoutbox), ANSWER | {"sign_in_with": "passkey", "password": ""})
    user = User.objects.get(email="noor@voorbeeld.test")
    assert not user.has_usable_password()
    assert answer["Location"] == "/account/2fa/webauthn/add/"
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": ""},
        {"password": "kort"},
        {"password": "password1234"},
        {"agree": ""},
        {"display_name": ""},
        {"display_name": "x" * 101},
        {"display_name": "No\x00or"},
        {"language": "de"},
        {"sign_in_with": "niets"},
    ],
)
def test_an_incomplete_answer_is_refused_and_kept(
    client: Client, leader: User, mailoutbox, wrong: dict[str, str]
) -> None:
    invite(leader)
    answer = client.post(link_in(mailoutbox), ANSWER | wrong)
    assert answer.status_code == 422
    assert "praktijkondersteuner GGZ" in answer.content.decode()
    assert not User.objects.filter(email="noor@voorbeeld.test").exists()


def _use(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(used=True)


def _withdraw(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=timezone.now())


def _expire(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("over", [_use, _withdraw, _expire])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_over_answers_410_in_words(
    client: Client, leader: User, mailoutbox, over, method
) -> None:
    over(invite(leader))
    answer = getattr(client, method)(link_in(mailoutbox), ANSWER)
    assert answer.status_code == 410
    assert "<h1>" in answer.content.decode()
    assert not User.objects.filter(email="noor@voorbeeld.test").exists()


def test_an_unknown_link_answers_410_too(client: Client) -> None:
    assert client.get("/account/uitnodiging/bestaat-niet/").status_code == 410


def test_an_invitation_is_valid_for_two_weeks(leader: User) -> None:
    left = invite(leader).expires_at - timezone.now()
    assert timedelta(days=13, hours=23) < left <= timedelta(days=14)


def test_the_second_of_two_uses_is_refused(leader: User) -> None:
    invitation = invite(leader)
    first, second = UserFactory(email="noor@voorbeeld.test"), UserFactory()
    actions.accept_as_member(invitation, by=first)
    with pytest.raises(actions.InvitationClosedError):
        actions.accept_as_member(invitation, by=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationUse.objects.create(invitation=invitation, user=second)


def test_of_two_uses_at_once_the_database_lets_one_through(leader: User) -> None:
    invitation = invite(leader)
    user = UserFactory(email="noor@voorbeeld.test")
    InvitationUse.objects.create(invitation=invitation, user=UserFactory())
    with pytest.raises(actions.InvitationClosedError):
        actions.accept_as_member(invitation, by=user)
    assert not user.assignments.exists()


def test_who_has_an_account_signs_in_and_accepts_there(client: Client, leader: User, mailoutbox) -> None:
    user = UserFactory(email="noor@voorbeeld.test")
    invite(leader, role=Role.GP)
    link = link_in(mailoutbox)
    assert "/account/login/?next=" in client.get(link).content.decode()
    client.force_login(user)
    client.post(link)
    assert user.assignments.get().role == "gp"


def test_somebody_else_cannot_accept(client_for, leader: User, mailoutbox) -> None:
    stranger = UserFactory()
    invitation = invite(leader)
    assert client_for(stranger).post(link_in(mailoutbox)).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.accept_as_member(invitation, by=stranger)


def test_sending_again_replaces_the_link(client_for, client: Client, leader: User, mailoutbox) -> None:
    invitation = invite(leader)
    first = link_in(mailoutbox)
    client_for(leader).post(f"/project/uitnodigen/{invitation.pk}/opnieuw/")
    assert client.get(first).status_code == 410
    assert client.get(link_in(mailoutbox)).status_code == 200
    assert Invitation.objects.count() == 1


def test_withdrawing_stops_the_link(client_for, client: Client, leader: User, mailoutbox) -> None:
    invitation = invite(leader)
    client_for(leader).post(f"/project/uitnodigen/{invitation.pk}/intrekken/")
    assert client.get(link_in(mailoutbox)).status_code == 410
    client_for(leader).post(f"/project/uitnodigen/{invitation.pk}/opnieuw/")
    assert len(mailoutbox) == 1


def test_the_project_leader_sees_no_invitations_for_other_roles(client_for, leader: User) -> None:
    boss = UserFactory(administrator=True)
    actions.invite("red@voorbeeld.test", Role.EDITOR, scope=SITE, language="nl", by=boss)
    assert "red@voorbeeld.test" not in client_for(leader).get("/project/uitnodigen/").content.decode()
    assert "red@voorbeeld.test" in client_for(boss).get("/project/uitnodigen/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(
    client_for, leader: User, rows: int, django_assert_max_num_queries
) -> None:
    for number in range(rows):
        invite(leader, f"mens{number}@voorbeeld.test")
    client = client_for(leader)
    with django_assert_max_num_queries(10):
        client.get("/project/uitnodigen/")


# --- what follows an invitation -----------------------------------------------------------------------------------


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Something to begin, as a room above offers it: number 3, called “Cursus”; tells who began."""
    found: list[tuple[str, int]] = []
    monkeypatch.setattr(afterwards, "_kinds", {})
    afterwards.register(
        "thing",
        afterwards.Afterwards(
            choices_for=lambda user: [(3, "Cursus")] if user.display_name == "Yvonne" else [],
            label=lambda number: "Cursus" if number == 3 else "",
            act=lambda member, number, inviter: found.append((member.email, number)),
            landing=lambda member, number: f"/mijn/?ding={number}",
        ),
    )
    return found


def test_a_new_member_begins_and_arrives_where_the_invitation_leads(
    client_for, leader: User, mailoutbox, begun
) -> None:
    typed = {"email": "noor@voorbeeld.test", "role": "poh", "scope": "practice:7", "language": "nl"}
    assert client_for(leader).post("/project/uitnodigen/", {**typed, "after": "thing:3"}).status_code == 302
    assert "Cursus" in mailoutbox[0].body
    answer = Client().post(link_in(mailoutbox), ANSWER)
    assert answer["Location"] == "/mijn/?ding=3"
    assert begun == [("noor@voorbeeld.test", 3)]


def test_a_member_begins_too_on_accepting(client_for, leader: User, mailoutbox, begun) -> None:
    member = UserFactory(email="noor@voorbeeld.test")
    actions.invite(member.email, Role.POH, scope=PRACTICE, language="nl", by=leader, after="thing:3")
    assert client_for(member).post(link_in(mailoutbox))["Location"] == "/mijn/?ding=3"
    assert begun == [(member.email, 3)]


@pytest.mark.parametrize("after", ["thing:4", "other:3", "thing:x"])
def test_nobody_lets_an_invitation_lead_to_what_is_not_theirs_to_give(
    leader: User, begun, after: str
) -> None:
    with pytest.raises(PermissionDenied):
        actions.invite("a@b.test", Role.POH, scope=PRACTICE, language="nl", by=leader, after=after)


def test_what_is_gone_by_then_keeps_nobody_out(leader: User, mailoutbox, begun, monkeypatch) -> None:
    actions.invite("noor@voorbeeld.test", Role.POH, scope=PRACTICE, language="nl", by=leader, after="thing:3")
    monkeypatch.setattr(afterwards, "_kinds", {})
    assert Client().post(link_in(mailoutbox), ANSWER).status_code == 302
    assert User.objects.filter(email="noor@voorbeeld.test").exists()


def test_the_name_that_the_inviter_gave_stands_in_the_form_and_is_forgotten_afterwards(
    leader: User, mailoutbox
) -> None:
    actions.invite("noor@voorbeeld.test", Role.POH, scope=PRACTICE, language="nl", by=leader, name="Noor H.")
    assert "Hallo Noor H.," in mailoutbox[0].body
    assert 'value="Noor H."' in Client().get(link_in(mailoutbox)).text
    Client().post(link_in(mailoutbox), ANSWER)
    assert Invitation.objects.get().name == ""


def test_who_runs_a_cohort_invites_practice_people_to_it_and_nobody_else(begun) -> None:
    scopes.register(
        ScopeKind.COHORT, choices_for=lambda user: [(5, "Voorjaar")], labels=lambda ids: {5: "Voorjaar"}
    )
    trainer, cohort = UserFactory(trainer=True), (ScopeKind.COHORT, 5)
    made = actions.invite("noor@voorbeeld.test", Role.POH, scope=cohort, language="nl", by=trainer)
    assert (made.scope_kind, made.scope_id) == cohort
    for role, scope in [(Role.TRAINER, cohort), (Role.POH, (ScopeKind.COHORT, 6)), (Role.POH, SITE)]:
        with pytest.raises(PermissionDenied):
            actions.invite("noor@voorbeeld.test", role, scope=scope, language="nl", by=trainer)


def test_invitations_that_nobody_answered_are_forgotten_after_ninety_days(leader: User) -> None:
    invite(leader)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=89))
    assert forget_unanswered.call() == 0
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=91))
    assert forget_unanswered.call() == 1
