"""What somebody sees of a page."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.trust.links import watch
from resources.trust.links.outcomes import says_not_found
from resources.trust.links.reading import read

LENGTH = 500_000  # the most that is ever read of a page


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>One</p><p>Two</p>", ("One", "Two")),
        ("One<br>Two<div>Three</div>", ("One", "Two", "Three")),
        ("The <b>fund</b> is <span>open</span>.", ("The fund is open.",)),
        ("<tr><td>Status</td><td>Open</td></tr>", ("Status Open",)),
        ("<style>a{}</style>A<script>b()</script><!-- c -->", ("A",)),
        ("<script>if (a < b) c('</p>')</script>A", ("A",)),
        ("<noscript>Turn it on</noscript><button>Open</button>A", ("A",)),
        ("<select><option>Closed</select>A", ("A",)),
        ("A &amp; B &iacute;", ("A & B í",)),
        ("3 < 4 and 5 > 4", ("3 4 and 5 > 4",)),
        ("plain text\n in two lines", ("plain text in two lines",)),
        ("A<!-- never closed <p>B", ("A",)),
        ("A<![CDATA[ B ]]>C", ("A C",)),
    ],
)
def test_it_reads_what_is_shown(html: str, lines: tuple[str, ...]) -> None:
    assert read(html).lines == lines


def test_the_title_and_the_headings_are_told_apart() -> None:
    page = read("<title>The <i>title</title><h1>One</h1><h2>Two<br>Three</h2><h3>Four</h3>")

    assert page.title == "The title"
    assert page.headings == ("One", "Two", "Three")
    assert page.lines == ("One", "Two", "Three", "Four")


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<a",
        "<a/",
        "<!",
        "<!--",
        "<?",
        "</",
        "<a b='",
        "<a b= ",
        "&#",
        "<p>x",
        "<a/>",
        "is open ",
    ],
)
def test_a_page_that_is_made_to_take_long_does_not(unit: str) -> None:
    html = (unit * LENGTH)[:LENGTH]
    began = time.monotonic()
    says_not_found(read(html))
    watch(html)

    assert time.monotonic() - began < 4


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<", ">", "a", "!", "--", "/", "'", '"', "script", " ", "&#x", "[", "]", "?"]
        )
    )
)
def test_nothing_raises(parts: list[str]) -> None:
    watch("".join(parts))
