"""How good an answer is: every kind of question, typed the way people type."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from courses.exercises.scoring import (
    AnswerRefusedError,
    Given,
    Kind,
    OptionSpec,
    Outcome,
    QuestionSpec,
    QuizRules,
    Refusal,
    accept,
    arranged,
    comment,
    draw,
    is_whole,
    normalised,
    number_in,
    percent,
    placed,
    score,
)


def question(kind: Kind, right: str = "", **facts) -> QuestionSpec:
    """A question with the options a, b, c and d."""
    options = tuple(
        OptionSpec(key, key, key in right, "", partner=key.upper() if kind is Kind.MATCH else "")
        for key in "abcd"
    )
    return QuestionSpec(title="", kind=kind, prompt="", options=options, **facts)


def typed(kind: Kind, accepted=(), near=(), **facts) -> QuestionSpec:
    """A question with accepted forms and foreseen ones, whose feedback names the form."""
    options = [OptionSpec(f"goed-{form}", form, right=True, feedback="") for form in accepted]
    options += [OptionSpec(f"bijna-{form}", form, right=False, feedback=f"over {form}") for form in near]
    return QuestionSpec(
        title="",
        kind=kind,
        prompt="",
        options=tuple(options),
        right_feedback="goed zo",
        else_feedback="iets anders",
        **facts,
    )


def chosen(keys: str) -> Given:
    return Given(tuple(keys))


def in_order(keys: str) -> Given:
    return Given(tuple(f"{key}:{place}" for place, key in enumerate(keys, start=1)))


def matched(pairs: str) -> Given:
    """Pairs as `aB cD`: a gets the right half of b."""
    spec = question(Kind.MATCH)
    other = {option.partner: option.partner_key for option in spec.options}
    return Given(tuple(f"{pair[0]}:{other[pair[1]]}" for pair in pairs.split()))


@pytest.mark.parametrize(
    ("kind", "right", "picked", "outcome"),
    [
        (Kind.SINGLE, "b", "b", Outcome.RIGHT),
        (Kind.SINGLE, "b", "a", Outcome.WRONG),
        (Kind.MULTIPLE, "bc", "cb", Outcome.RIGHT),
        (Kind.MULTIPLE, "bc", "b", Outcome.PARTLY),
        (Kind.MULTIPLE, "bc", "bd", Outcome.PARTLY),
        (Kind.MULTIPLE, "bc", "abcd", Outcome.PARTLY),
        (Kind.MULTIPLE, "bc", "ad", Outcome.WRONG),
        (Kind.HOTSPOT, "b", "b", Outcome.RIGHT),
        (Kind.HOTSPOT, "bc", "c", Outcome.RIGHT),
        (Kind.HOTSPOT, "b", "d", Outcome.WRONG),
    ],
)
def test_a_choice_is_right_only_when_it_is_the_whole_key(kind, right, picked, outcome):
    assert score(question(kind, right), chosen(picked)) is outcome


@pytest.mark.parametrize(
    ("kind", "picked", "refusal"),
    [
        (Kind.SINGLE, "", Refusal.NOTHING),
        (Kind.MULTIPLE, "", Refusal.NOTHING),
        (Kind.HOTSPOT, "", Refusal.NOTHING),
        (Kind.SINGLE, "ab", Refusal.TOO_MANY),
        (Kind.HOTSPOT, "ab", Refusal.TOO_MANY),
        (Kind.SINGLE, "z", Refusal.UNKNOWN),
        (Kind.MULTIPLE, "az", Refusal.UNKNOWN),
    ],
)
def test_a_choice_that_does_not_fit_the_question_is_refused(kind, picked, refusal):
    with pytest.raises(AnswerRefusedError) as refused:
        accept(question(kind, "b"), chosen(picked))
    assert refused.value.refusal is refusal


def test_what_is_accepted_stands_in_the_order_of_the_question_and_once():
    assert accept(question(Kind.MULTIPLE, "b"), chosen("dbbd")) == chosen("bd")


@pytest.mark.parametrize(
    ("given_order", "outcome"),
    [
        ("abcd", Outcome.RIGHT),
        ("abdc", Outcome.PARTLY),
        ("dbca", Outcome.PARTLY),
        ("bcda", Outcome.WRONG),
        ("dcba", Outcome.WRONG),
    ],
)
def test_an_order_is_right_as_a_whole_and_partly_from_half_of_it(given_order, outcome):
    assert score(question(Kind.ORDER), in_order(given_order)) is outcome


@pytest.mark.parametrize(
    ("pairs", "outcome"),
    [("aA bB cC dD", Outcome.RIGHT), ("aA bB cD dC", Outcome.PARTLY), ("aB bA cD dC", Outcome.WRONG)],
)
def test_pairs_are_right_as_a_whole_and_partly_from_half_of_them(pairs, outcome):
    assert score(question(Kind.MATCH), matched(pairs)) is outcome


@pytest.mark.parametrize(
    ("given_order", "refusal"),
    [
        (("a:1", "b:2", "c:3"), Refusal.UNFINISHED),
        (("a:1", "b:1", "c:3", "d:4"), Refusal.TWICE),
        (("a:1", "b:2", "c:3", "d:5"), Refusal.UNKNOWN),
        (("a:1", "b:2", "c:3", "z:4"), Refusal.UNKNOWN),
        (("a",), Refusal.UNKNOWN),
        ((), Refusal.NOTHING),
    ],
)
def test_an_order_must_be_whole_before_it_is_checked(given_order, refusal):
    with pytest.raises(AnswerRefusedError) as refused:
        accept(question(Kind.ORDER), Given(given_order))
    assert refused.value.refusal is refusal


@pytest.mark.parametrize(
    ("written", "same"), [("cœur", "coeur"), ("SŒUR", "soeur"), ("Straße", "strasse"), ("ĳs", "ijs")]
)
def test_joined_letters_are_what_they_join(written, same):
    assert normalised(written) == normalised(same)


def test_half_an_order_is_kept_while_somebody_is_busy():
    assert accept(question(Kind.ORDER), Given(("c:1", "a:1")), final=False) == Given(("a:1", "c:1"))


def test_the_right_half_of_a_pair_does_not_carry_the_name_of_the_left():
    options = question(Kind.MATCH).options
    assert {option.partner_key for option in options}.isdisjoint(option.key for option in options)


@pytest.mark.parametrize(
    "written",
    ["stopbrief", "Stopbrief", " STOP-BRIEF ", "stopbrief.", "“stopbrief”", "stopbriéf"],
)
def test_how_a_word_is_written_makes_no_difference(written):
    assert score(typed(Kind.TEXT, ["stopbrief"]), Given(text=written)) is Outcome.RIGHT


@pytest.mark.parametrize(
    ("written", "outcome", "feedback"),
    [
        ("Samenvatting", Outcome.RIGHT, "goed zo"),
        ("parafrase!", Outcome.WRONG, "over Parafrase"),
        ("vraag", Outcome.WRONG, "iets anders"),
    ],
)
def test_a_typed_word_gets_the_feedback_that_fits_it(written, outcome, feedback):
    spec = typed(Kind.TEXT, ["samenvatting", "samenvatten"], ["Parafrase"])
    assert (score(spec, Given(text=written)), comment(spec, Given(text=written))) == (outcome, feedback)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("40", "40"),
        ("40 %", "40"),
        ("40%", "40"),
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("1.250", "1250"),
        ("1.250,75", "1250.75"),
        ("1 250", "1250"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("４０", "40"),
        ("12 weken", "12"),
        (",5", "0.5"),
        ("0.125", "0.125"),
        ("0,500", "0.5"),
        ("-0.250", "-0.25"),
    ],
)
def test_numbers_are_read_as_people_here_write_them(written, number):
    assert number_in(written, "weken") == Decimal(number)


@pytest.mark.parametrize(
    "written", ["", "veel", "1e5", "1,2,3", "--1", "nan", "Infinity", "1/2", "٤٠", "12 dagen", "9" * 40]
)
def test_what_is_no_number_is_not_read_as_one(written):
    assert number_in(written, "weken") is None


@pytest.mark.parametrize(
    ("written", "outcome", "feedback"),
    [
        ("40", Outcome.RIGHT, "goed zo"),
        ("40,5 %", Outcome.RIGHT, "goed zo"),
        ("39,4", Outcome.WRONG, "iets anders"),
        ("67 %", Outcome.WRONG, "over 67"),
        ("12", Outcome.WRONG, "iets anders"),
    ],
)
def test_a_number_may_differ_by_its_tolerance(written, outcome, feedback):
    spec = typed(Kind.NUMBER, near=["67"], number=Decimal(40), tolerance=Decimal("0.5"), unit="%")
    assert (score(spec, Given(text=written)), comment(spec, Given(text=written))) == (outcome, feedback)


def test_a_word_where_a_number_is_asked_is_refused_when_checked_and_kept_until_then():
    spec = typed(Kind.NUMBER, number=Decimal(40))
    assert accept(spec, Given(text="veert"), final=False).text == "veert"
    with pytest.raises(AnswerRefusedError) as refused:
        accept(spec, Given(text="veertig"))
    assert refused.value.refusal is Refusal.NO_NUMBER


@pytest.mark.parametrize(("kind", "longest"), [(Kind.TEXT, 200), (Kind.NUMBER, 60), (Kind.OPEN, 4000)])
def test_an_answer_that_is_too_long_is_refused(kind, longest):
    spec = typed(kind, ["a"], number=Decimal(1))
    with pytest.raises(AnswerRefusedError):
        accept(spec, Given(text="1" * (longest + 1)), final=False)


@pytest.mark.parametrize("text", ["goed", "iets heel anders", "x" * 4000])
def test_an_open_question_is_noted_and_never_scored(text):
    spec = typed(Kind.OPEN)
    assert score(spec, accept(spec, Given(text=text))) is Outcome.NOTED
    assert not spec.scored
    assert comment(spec, Given(text=text)) == ""


# What holds for anything that anybody may send.

pieces = st.one_of(
    st.sampled_from([*"abcdz", "a:1", "b:2", "c:3", "d:4", "a:", ":1", "a:b", "\x00"]), st.text(max_size=5)
)
anything = st.builds(Given, st.lists(pieces, max_size=6).map(tuple), st.text(max_size=80))
specs = st.sampled_from(
    [
        question(Kind.SINGLE, "b"),
        question(Kind.MULTIPLE, "bc"),
        question(Kind.HOTSPOT, "a"),
        question(Kind.ORDER),
        question(Kind.MATCH),
        typed(Kind.TEXT, ["stop"], ["halt"]),
        typed(Kind.NUMBER, near=["7"], number=Decimal(4)),
        typed(Kind.OPEN),
    ]
)


@given(specs, anything, st.booleans())
def test_whatever_is_sent_is_accepted_or_refused_and_what_is_accepted_is_stable(spec, sent, final):
    try:
        kept = accept(spec, sent, final=final)
    except AnswerRefusedError:
        return
    assert accept(spec, kept, final=final) == kept
    if final:
        assert is_whole(spec, kept)
        assert score(spec, kept) in Outcome
        comment(spec, kept)


@given(st.text(max_size=60))
@example("𝓐")
def test_normalising_twice_is_normalising_once(text):
    assert normalised(normalised(text)) == normalised(text)


@given(st.decimals(min_value=-99999, max_value=99999, places=2))
def test_a_number_written_the_dutch_way_is_read_as_itself(number):
    assert number_in(f"{number:f}".replace(".", ",")) == number


@given(st.permutations("abcdef"), st.text(max_size=20))
def test_shuffling_keeps_everything_and_follows_from_the_seed_alone(keys, seed):
    found = arranged(keys, seed=seed)
    assert sorted(found) == sorted(keys)
    assert found == arranged(sorted(keys), seed=seed)


@given(st.text(max_size=20), st.integers(2, 8))
def test_the_steps_of_an_order_never_stand_right_by_themselves(seed, count):
    right = [f"stap-{number}" for number in range(count)]
    assert list(arranged(right, seed=seed, never=right)) != right


@given(st.permutations("abcd"))
def test_steps_are_shown_in_the_order_that_somebody_gave_them(keys):
    assert placed(in_order(keys)) == list(keys)


@given(st.lists(st.integers(), unique=True, max_size=12), st.integers(1, 12), st.integers())
def test_drawing_takes_so_many_of_the_pool_each_once_in_its_order(pool, count, seed):
    found = draw(pool, count, chance=random.Random(seed))
    assert len(found) == min(count, len(pool))
    assert found == [thing for thing in pool if thing in found]


@pytest.mark.parametrize(
    ("rules", "right", "scored", "passed"),
    [
        (QuizRules(), 0, 5, None),
        (QuizRules(pass_percent=80), 4, 5, True),
        (QuizRules(pass_percent=80), 3, 5, False),
        (QuizRules(pass_percent=67), 2, 3, False),
        (QuizRules(pass_percent=66), 2, 3, True),
        (QuizRules(required_all=True), 5, 5, True),
        (QuizRules(required_all=True), 4, 5, False),
        (QuizRules(required_all=True, pass_percent=50), 4, 5, False),
        (QuizRules(pass_percent=80), 0, 0, True),
    ],
)
def test_what_passes(rules, right, scored, passed):
    assert rules.passed(right=right, scored=scored) is passed


@pytest.mark.parametrize(("right", "scored", "wanted"), [(2, 3, 66), (3, 3, 100), (0, 4, 0), (0, 0, 100)])
def test_per_cent_is_rounded_down_so_that_it_never_promises_too_much(right, scored, wanted):
    assert percent(right, scored) == wanted
