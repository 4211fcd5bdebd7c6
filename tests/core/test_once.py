"""What several parts of a page need is fetched once, where the view says so."""

from core.once import once, remember


class Somebody:
    pass


def test_without_a_view_that_says_so_each_question_is_asked():
    answers = iter([1, 2])
    user = Somebody()
    assert [once(user, "a", lambda: next(answers)) for _ in range(2)] == [1, 2]


def test_with_it_a_question_is_asked_once_per_person():
    answers = iter([1, 2])
    user, other = Somebody(), Somebody()
    remember(user)
    remember(other)
    assert [once(user, "a", lambda: next(answers)) for _ in range(2)] == [1, 1]
    assert once(other, "a", lambda: next(answers)) == 2
