"""The demo conversations load whole, through the gate, and only once."""

import pytest

from accounts import demo as accounts_demo
from accounts.models import User
from core.demo import DemoReport
from intervision.forum import demo
from intervision.forum.actions import edit_post
from intervision.forum.models import Mention, Post, Quote, Topic
from intervision.research import demo as research_demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    report = DemoReport()
    for room in (accounts_demo, demo, research_demo):
        room.load(report)
    return report


def again():
    report = DemoReport()
    demo.load(report)
    research_demo.load(report)
    return report


def test_loading_twice_changes_nothing(loaded):
    before = list(Post.objects.order_by("pk").values())
    report = again()
    assert not report.made + report.refreshed + report.left_alone
    assert list(Post.objects.order_by("pk").values()) == before


def test_conversations_are_whole(loaded):
    assert Topic.objects.count() == 9
    assert not Quote.objects.filter(is_lost=True).exists()
    assert all(quote.end - quote.start < 200 for quote in Quote.objects.all())
    assert Mention.objects.count() >= 5
    assert not Post.objects.filter(source__contains="{{").exists()


def test_moments_and_numbers_run_the_same_way(loaded):
    for topic in Topic.objects.all():
        moments = list(topic.posts.order_by("number").values_list("created_at", flat=True))
        assert moments == sorted(moments)
        assert topic.last_post_at == moments[-1]


def test_what_somebody_changed_is_left_alone(loaded):
    post = Post.objects.filter(author__email="poh@demo.test", number=1).first()
    edit_post(post, text="Zelf veranderd", seen_revision=1, by=User.objects.get(email="poh@demo.test"))
    Post.objects.filter(pk=post.pk).update(demo_checksum="anders")
    report = again()
    assert len(report.left_alone) == 1
    post.refresh_from_db()
    assert post.source == "Zelf veranderd"


def test_what_changed_in_the_files_is_refreshed(loaded):
    post = Post.objects.filter(author__email="poh@demo.test", number=1).first()
    source = post.source
    Post.objects.filter(pk=post.pk).update(demo_checksum="ouder", source="Ouder", html="<p>Ouder</p>")
    report = again()
    post.refresh_from_db()
    assert len(report.refreshed) == 1
    assert (post.source, post.revision) == (source, 1)
