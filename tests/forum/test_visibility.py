"""Who sees which group, topic and post."""

import pytest
from django.urls import reverse

from accounts.actions import end_role
from accounts.models import RoleAssignment
from accounts.permissions import forget_grants
from intervision.forum.actions import end_membership
from intervision.forum.models import GroupKind, Membership
from intervision.forum.queries import groups_visible_to, posts_visible_to, readers_of, topics_visible_to
from intervision.forum.reader_queries import company_of, news_for, opened, readable_groups
from tests.accounts.factories import UserFactory
from tests.forum.factories import make_group, make_topic, poh

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    people = {
        "member": poh(),
        "stranger": poh(),
        "ex-member": poh(),
        "former nurse": poh(),
        "facilitator": UserFactory.create(),
        "facilitator elsewhere": UserFactory.create(),
        "researcher": UserFactory.create(researcher=True),
        "gp": UserFactory.create(gp=True),
        "administrator": UserFactory.create(administrator=True),
        "inactive member": poh(),
        "visitor": None,
    }
    members = [people[who] for who in ("member", "ex-member", "former nurse", "inactive member")]
    closed = make_group(members=members, facilitator=people["facilitator"])
    make_group(facilitator=people["facilitator elsewhere"])
    open_group = make_group(kind=GroupKind.OPEN)
    people["private"] = make_topic(closed, people["member"])
    people["open"] = make_topic(open_group, people["member"])
    end_membership(Membership.objects.get(user=people["ex-member"]), by=None)
    end_role(RoleAssignment.objects.get(user=people["former nurse"]), by=None)
    people["inactive member"].is_active = False
    people["inactive member"].save()
    return people


SEES = [
    ("member", True, True),
    ("stranger", False, True),
    ("ex-member", False, True),
    ("former nurse", False, False),
    ("facilitator", True, True),
    ("facilitator elsewhere", False, True),
    ("researcher", False, False),
    ("gp", False, False),
    ("administrator", False, False),
    ("inactive member", False, False),
]


@pytest.mark.parametrize(("who", "private", "everybody"), SEES)
def test_who_sees_a_closed_and_an_open_group(scene, who, private, everybody):
    user = scene[who]
    forget_grants(user)
    for topic, expected in ((scene["private"], private), (scene["open"], everybody)):
        assert groups_visible_to(user).filter(pk=topic.group_id).exists() is expected
        assert topics_visible_to(user).filter(pk=topic.pk).exists() is expected
        assert posts_visible_to(user).filter(topic=topic).exists() is expected
        assert readers_of(topic.group).filter(pk=user.pk).exists() is expected


@pytest.mark.parametrize(("who", "private", "everybody"), SEES)
def test_the_prepared_questions_of_pages_know_the_same_rule(scene, who, private, everybody):
    user = scene[who]
    forget_grants(user)
    for topic, expected in ((scene["private"], private), (scene["open"], everybody)):
        assert (topic.group in readable_groups(user)) is expected
        assert (opened(user, topic.pk) == topic) is expected
        assert (topic in news_for(user)) is expected
    assert (user in company_of(scene["private"].group)) is private


PAGES = [
    "forum:group",
    "forum:new_topic",
    "forum:topic",
    "forum:post",
    "forum:history",
    "forum:edit",
    "forum:delete",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "who", ["stranger", "ex-member", "facilitator elsewhere", "researcher", "gp", "administrator"]
)
def test_a_private_page_is_not_found_by_others(scene, client_for, who, page):
    topic = scene["private"]
    pk = {"group": topic.group_id, "new_topic": topic.group_id, "topic": topic.pk}.get(
        page[6:], topic.posts.get().pk
    )
    client = client_for(scene[who])
    assert client.get(reverse(page, args=[pk])).status_code == 404
    missing = client.get(reverse(page, args=[999_999]))
    assert missing.status_code == 404


def test_a_visitor_is_sent_to_sign_in(scene, client_for):
    answer = client_for(None).get(reverse("forum:topic", args=[scene["private"].pk]))
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


def test_membership_ends_at_its_term(scene, time_machine):
    membership = Membership.objects.get(user=scene["member"])
    membership.ends_at = membership.starts_at.replace(year=membership.starts_at.year + 1)
    membership.save()
    assert groups_visible_to(scene["member"]).filter(pk=membership.group_id).exists()
    time_machine.move_to(membership.ends_at)
    assert not groups_visible_to(scene["member"]).filter(pk=membership.group_id).exists()


def test_group_pages_never_say_who_read_what(scene, client_for):
    client = client_for(scene["member"])
    before = client.get(reverse("forum:topic", args=[scene["private"].pk])).content
    client_for(scene["facilitator"]).get(reverse("forum:topic", args=[scene["private"].pk]))
    after = client.get(reverse("forum:topic", args=[scene["private"].pk])).content
    assert before.count(scene["facilitator"].display_name.encode()) == after.count(
        scene["facilitator"].display_name.encode()
    )
