"""A hundred cuts of the connection and ten killed browsers: never more than a second of typing, never a second attempt."""

from __future__ import annotations

import random

from courses.learning.models import Attempt
from courses.learning.queries import outline_of
from tests.browser.cuts import Course, cut_at_random
from tests.browser.test_offline import LESSON

CUTS = 100
KILLS = 10
A_ROW = 20  # cuts in one text: an answer has its greatest length


def test_the_connection_cut_at_a_hundred_random_moments(page, sign_in, writer, cut):
    sign_in(page, writer)
    course = Course(page.context, LESSON, outline_of(writer.enrolments.get()))
    for _row in range(CUTS // A_ROW):
        cut_at_random(course, times=A_ROW)
        course.clear()


def test_ten_killed_browsers(killed, writer):
    chance = random.Random()
    for _number in range(KILLS):
        killed(chance.uniform(0.3, 2.5))
    assert Attempt.objects.count() == 1
