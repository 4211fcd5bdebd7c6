"""Quotes and mentions: references, shown to each reader as far as they may see what is referred to."""

import pytest
from django.urls import reverse

from core.personal_data import entries
from intervision.forum.actions import delete_post, edit_post
from intervision.forum.models import GroupKind, Mention, Quote
from intervision.forum.reader_queries import posts_on_page
from intervision.forum.references import QuoteToken, quote_tokens
from intervision.forum.rendering import show
from notifications.models import Notice
from tests.forum.factories import make_group, make_post, make_topic, poh

pytestmark = pytest.mark.django_db

SENTENCE = "Ik vraag eerst hoe het met haar gaat. Daarna pas naar de tablet."


@pytest.fixture
def members():
    return poh("Tess van Dam"), poh("Milan Oudshoorn")


@pytest.fixture
def topic(members):
    return make_topic(make_group(members=members), members[0], text=SENTENCE)


@pytest.fixture
def first(topic):
    return topic.posts.get()


def body(topic, reader, number=2):
    return show(posts_on_page(topic, 1), topic, reader)[number - 1].body


def part(post, words):
    start = post.plain_text.index(words)
    return QuoteToken(post.pk, post.revision, start, start + len(words))


def test_a_quotation_shows_exactly_its_range(topic, first, members):
    make_post(topic, members[1], f"{part(first, 'Daarna pas naar de tablet.')}\n\nMooi.")
    shown = body(topic, members[1])
    assert "Tess van Dam</a>: Daarna pas naar de tablet.</blockquote>" in shown
    assert "hoe het met haar gaat" not in shown
    assert Quote.objects.get().target == first


def test_a_whole_post_can_be_quoted(topic, first, members):
    make_post(topic, members[1], f"[[citaat {first.pk}]]")
    assert SENTENCE in body(topic, members[1])


def test_a_quotation_holds_no_copy_of_the_words(topic, first, members):
    post = make_post(topic, members[1], f"{part(first, 'Daarna pas naar de tablet.')} Mooi.")
    assert "tablet" not in post.source + post.html + post.plain_text


def test_a_quotation_moves_along_when_the_quoted_post_changes(topic, first, members):
    make_post(topic, members[1], f"{part(first, 'Daarna pas')}\n\nMooi.")
    edit_post(first, text="Eerst iets anders. " + SENTENCE, seen_revision=1, by=members[0], confirmed=True)
    assert ": Daarna pas</blockquote>" in body(topic, members[1])


def test_a_passage_that_was_taken_out_is_gone_from_quotations(topic, first, members):
    make_post(topic, members[1], f"{part(first, 'naar de tablet')}\n\nMooi.")
    edit_post(first, text="Ik vraag eerst hoe het gaat.", seen_revision=1, by=members[0], confirmed=True)
    assert "naar de tablet" not in body(topic, members[1])
    assert Quote.objects.get().is_lost


def test_a_quote_of_an_older_text_finds_its_passage(topic, first, members):
    token = part(first, "Daarna pas")
    edit_post(first, text="Vooraf. " + SENTENCE, seen_revision=1, by=members[0], confirmed=True)
    make_post(topic, members[1], f"{token}\n\nMooi.")
    assert ": Daarna pas</blockquote>" in body(topic, members[1])


@pytest.mark.parametrize("gone", ["deleted", "erased"])
def test_a_quotation_is_gone_with_its_post(topic, first, members, gone):
    make_post(topic, members[1], f"[[citaat {first.pk}]]\n\nMooi.")
    if gone == "deleted":
        delete_post(first, by=members[0])
    else:
        for entry in entries():
            entry.erase(members[0])
    shown = body(topic, members[1])
    assert "hoe het met haar gaat" not in shown
    assert "post__quote--gone" in shown


def test_nobody_quotes_what_another_group_wrote(topic, members):
    elsewhere = make_topic(make_group(members=[members[1]]), members[1], text="Geheim van hier")
    outside = elsewhere.posts.get()
    from intervision.forum.errors import TextRefused

    with pytest.raises(TextRefused):
        make_post(topic, members[1], f"[[citaat {outside.pk}]]")


def test_a_reader_outside_the_quoted_group_gets_no_quotation(topic, first, members):
    stranger = poh()
    plaza = make_topic(make_group(kind=GroupKind.OPEN), members[0])
    post = plaza.posts.get()
    post.source = post.html = "<p>\ue000q0\ue001</p>"
    post.html_version = 1
    post.save()
    Quote.objects.create(post=post, position=0, target=first, revision=1, start=0, end=10)
    assert "Ik vraag" in body(plaza, members[1], 1)
    assert "Ik vraag" not in body(plaza, stranger, 1)


def test_naming_a_colleague_stores_their_id(topic, members):
    post = make_post(topic, members[0], "Dank @Milan Oudshoorn, goed idee.")
    assert post.source == f"Dank [[@{members[1].pk}]], goed idee."
    assert Mention.objects.get().user == members[1]
    assert '<span class="mention">@Milan Oudshoorn</span>, goed' in body(topic, members[0])


NAMES = [
    ("Karim B.", "Vraag @Karim B. eens.", True),
    ("Karim B.", "Vraag het @Karim B.", True),
    ("Élise Vandamme", "(@Élise Vandamme)", True),
    ("Anne Marie de Wit", "@Anne Marie de Wit: dank", True),
    ("Noor", "mail noor@Noor", False),
    ("Noor", "@Noortje", False),
]


@pytest.mark.parametrize(("name", "text", "named"), NAMES)
def test_names_as_people_write_them(name, text, named):
    writer, colleague = poh("Wie schrijft"), poh(name)
    topic = make_topic(make_group(members=[writer, colleague]), writer)
    from intervision.forum.texts import names_to_references

    assert (f"[[@{colleague.pk}]]" in names_to_references(text, topic.group)) is named


def test_a_renamed_colleague_is_shown_by_the_new_name(topic, members):
    make_post(topic, members[0], "Dank @Milan Oudshoorn.")
    members[1].display_name = "Milan van Buren"
    members[1].save()
    assert "@Milan van Buren" in body(topic, members[0])


def test_who_cannot_read_the_group_cannot_be_named(topic, members):
    outsider = poh("Femke Buiten")
    post = make_post(
        topic,
        members[0],
        "Dank @Femke Buiten",
    )
    assert not Mention.objects.filter(user=outsider).exists()
    assert f"[[@{outsider.pk}]]" not in post.source


def test_two_of_the_same_name_are_not_guessed():
    writer, one, two = poh("Wie schrijft"), poh("Jo Bakker"), poh("Jo Bakker")
    topic = make_topic(make_group(members=[writer, one, two]), writer)
    from intervision.forum.texts import names_to_references, references_to_names

    assert names_to_references("@Jo Bakker", topic.group) == "@Jo Bakker"
    assert references_to_names(f"[[@{two.pk}]]", topic.group) == f"[[@{two.pk}]]"


def test_the_picker_offers_readers_of_the_group_only(client_for, topic, members):
    poh("Milou Elders")
    where = reverse("forum:people", args=[topic.group_id])
    offered = client_for(members[0]).post(where, {"typed": "mil"}).json()["people"]
    assert [person["write"] for person in offered] == ["@Milan Oudshoorn"]


def test_the_quote_button_finds_what_was_selected(client_for, topic, first, members):
    where = reverse("forum:quote", args=[first.pk])
    answer = client_for(members[1]).post(where, {"passage": " Daarna pas naar de tablet.\n"}).json()
    (token,) = quote_tokens(answer["token"])
    assert first.plain_text[token.start : token.end] == "Daarna pas naar de tablet."


def test_quoting_without_javascript(client_for, topic, first, members):
    page = client_for(members[1]).get(reverse("forum:topic", args=[topic.pk]) + f"?citeer={first.pk}")
    assert f"[[citaat {first.pk}]]" in page.content.decode()


def test_marks_that_somebody_types_mean_nothing(topic, members):
    make_post(topic, members[0], f"\ue000m{members[1].pk}\ue001 en \ue000q0\ue001")
    assert members[1].display_name not in body(topic, members[0])


def test_named_and_answered_people_get_a_notice_without_a_word_of_the_text(
    topic, first, members, client_for, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        make_post(topic, members[1], "Een antwoord voor @Tess van Dam")
    with django_capture_on_commit_callbacks(execute=True):
        make_post(topic, members[1], f"[[citaat {first.pk}]]\n\nNog een antwoord")
    assert {notice.kind for notice in Notice.objects.filter(recipient=members[0])} == {
        "forum.mention",
        "forum.reply",
    }
    assert not Notice.objects.filter(recipient=members[1]).exists()
    page = client_for(members[0]).get(reverse("notifications:list")).content.decode()
    assert "Groep Rijnoever" in page
    assert topic.title not in page
    client_for(members[0]).get(topic.get_absolute_url())
    assert not Notice.objects.filter(recipient=members[0], read_at=None).exists()
