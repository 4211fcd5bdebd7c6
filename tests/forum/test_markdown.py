"""What people type becomes safe HTML, in time that grows with its length, and no word is lost."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intervision.forum.markdown import DEEPEST, render
from intervision.forum.references import OBJECT

ALLOWED_TAG = re.compile(
    r"</?(?:p|strong|em|ul|li|blockquote|code|pre)>|<br>|<hr>|</ol>|<ol(?: start=\"\d+\")?>|</a>"
    r"|<a(?: href=\"[^\"<>]*\")? rel=\"nofollow noopener\">"
)

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[klik](javascript:alert(1))",
    "[klik](JaVaScRiPt:alert(1))",
    "[klik](data:text/html,<script>alert(1)</script>)",
    "[klik](vbscript:x)",
    "<javascript:alert(1)>",
    "![plaatje](https://voorbeeld.test/x.png)",
    "![plaatje](javascript:alert(1))",
    '[a](https://voorbeeld.test/" onmouseover="alert(1))',
    "`<b>` <b>vet</b>",
    "<svg/onload=alert(1)>",
    "<!-- weg --><style>body{}</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\ue000m1\ue001 \ue000q0\ue001",
    "[a]: javascript:alert(1)\n\n[a]",
    "https://voorbeeld.test/<script>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_markup_of_the_writer_gets_through(text):
    html = render(text).html
    assert not ALLOWED_TAG.sub("", html).count("<"), html
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html).lower()


@pytest.mark.parametrize("text", HOSTILE)
def test_marks_for_references_come_only_from_references(text):
    assert "\ue000" not in render(text).html


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_gives_only_allowed_tags(text):
    rendered = render(text)
    assert "<" not in ALLOWED_TAG.sub("", rendered.html)
    assert "\r" not in rendered.plain_text or "\r" in text


@given(
    st.lists(
        st.sampled_from(
            [*"*_`[]()<>!#-+>&~ \n\\0a", "- ", "> ", "1. ", "```", "https://a.nl", "](", "[[@1]]"]
        )
    )
)
def test_markup_in_any_order_gives_only_allowed_tags(pieces):
    assert "<" not in ALLOWED_TAG.sub("", render("".join(pieces)).html)


BOMBS = {
    "nested quotes": ">" * 10_000 + " diep",
    "nested lists": "- " * 9_000 + "diep",
    "quotes and lists": "> - " * 4_500 + "diep",
    "numbers": "1. " * 6_000 + "diep",
    "backticks": "`" * 19_990 + " diep",
    "brackets": "[" * 19_990 + " diep",
    "emphasis": "*a **a " * 2_800 + " diep",
    "half links": "[a](" * 4_900 + " diep",
    "ampersands": "&" * 19_990 + " diep",
    "addresses": "https://a.nl " * 1_500 + " diep",
    "quotations": "[[citaat 1]]" * 1_600 + " diep",
    "steps": "\n".join(f"{'  ' * depth}- stap {depth} diep" for depth in range(90)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_shown_whole_and_soon(name):
    began = time.process_time()
    rendered = render(BOMBS[name])
    assert time.process_time() - began < 2
    assert "diep" in rendered.plain_text
    assert len(rendered.html) < 40 * len(BOMBS[name])


def test_nesting_is_capped():
    assert render(BOMBS["nested quotes"]).html.count("<blockquote>") == DEEPEST


TYPED = [
    ("**vet** en _schuin_", "<strong>vet</strong> en <em>schuin</em>"),
    ("een\ntwee", "een<br>"),
    ("- a\n- b", "<li>a</li>"),
    ("zie https://voorbeeld.test/a?b=1.", '<a href="https://voorbeeld.test/a?b=1" rel="nofollow noopener">'),
    ("[les](/training/)", '<a href="/training/" rel="nofollow noopener">les</a>'),
    ("`https://voorbeeld.test`", "<code>https://voorbeeld.test</code>"),
]


@pytest.mark.parametrize(("typed", "shown"), TYPED)
def test_what_people_use_works(typed, shown):
    assert shown in render(typed).html


def test_plain_text_has_a_line_per_block_and_one_sign_per_reference():
    text = "Dag [[@12]],\n\n[[citaat 45.2:10-55]]\n\n- een\n- twee"
    assert render(text).plain_text == f"Dag {OBJECT},\n{OBJECT}\neen\ntwee"


def test_writing_from_right_to_left_is_kept():
    assert "שלום" in render("שלום en \u202eomgekeerd").plain_text
