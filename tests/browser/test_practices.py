"""A practice counts its week, and the home follows, in a real browser."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, ScopeKind
from practices.actions import count_week
from practices.models import WeekCount, monday_of
from tests.accounts.factories import UserFactory
from tests.practices.factories import ParticipationFactory


@pytest.fixture
def participation():
    return ParticipationFactory.create()


@pytest.fixture
def poh(participation):
    user = UserFactory.create(
        display_name="Noor Haverkamp", roles=[Role.POH], scope=(ScopeKind.PRACTICE, participation.practice_id)
    )
    week = monday_of(timezone.localdate()) - dt.timedelta(weeks=1)
    numbers = {"letters": 8, "calls": 0, "responses": 2, "conversations": 1}
    count_week(participation, week=week, counts=numbers, version=0, by=user)
    return user


def test_a_nurse_counts_this_week_and_sees_the_stair(page, sign_in, axe, poh, participation):
    sign_in(page, poh)
    page.goto(reverse("portal:home"))
    axe(page)
    page.get_by_role("link", name="Tel nu").click()
    axe(page)
    page.get_by_label("Brieven verstuurd").fill("4")
    page.get_by_role("button", name="Bewaar deze week").click()
    page.get_by_text("Bewaard.").wait_for()
    assert page.locator(".chart--funnel .fn").all_text_contents() == ["20", "12", "2", "1"]
    assert WeekCount.objects.filter(participation=participation).count() == 2


def test_a_number_that_cannot_be_right_is_told_beside_the_field(
    page, sign_in, axe, poh, participation, complaints
):
    complaints.expected.append("422")
    sign_in(page, poh)
    page.goto(participation.get_absolute_url())
    page.get_by_role("spinbutton", name="Reacties").fill("30")
    page.get_by_role("button", name="Bewaar deze week").click()
    page.get_by_text("Ontbreken er brieven").first.wait_for()
    axe(page)
    assert page.get_by_role("spinbutton", name="Reacties").input_value() == "30"


@pytest.mark.parametrize("width", [320, 1280])
def test_the_desk_and_the_practice_have_no_violation_and_fit(page, sign_in, axe, poh, participation, width):
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, UserFactory.create(project_leader=True))
    for address in (reverse("practices:desk"), reverse("practices:round_new")):
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    sign_in(page, poh)
    page.goto(participation.get_absolute_url())
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
