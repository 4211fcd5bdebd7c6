"""What visitors see of training costs the same however many courses and lessons there are."""

import pytest

from core import kept
from tests.courses.factories import make_index, make_lesson, make_module, make_small_course

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("of_a_course", [False, True])
def test_a_visitor_costs_few_queries(client, rows, of_a_course, django_assert_max_num_queries):
    courses = [make_small_course(f"cursus-{number}") for number in range(rows)]
    for number in range(rows):
        make_lesson(make_module(courses[0], f"module-{number}"), f"les-{number}")
    address = courses[0].url if of_a_course else make_index().url
    kept.forget()
    client.get(address)
    with django_assert_max_num_queries(10):
        assert client.get(address).status_code == 200
