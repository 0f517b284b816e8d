"""Words that mean open, closed, a waiting list."""

from __future__ import annotations

import pytest

from resources.trust.links import Seen, Words, watch


def status(html: str, words: Words | None = None) -> str | None:
    seen = watch(html, words)
    return seen.status if seen else None


OPEN = [
    "The fund is open.",
    "This program is now open to new and renewing patients.",
    "We are currently accepting applications.",
    "Status: Open",
    "<table><tr><th>Fund status</th><td>OPEN</td></tr></table>",
    "<span>Open</span>",
    "The fund has reopened!",
    "As of May 4, 2026 the fund is open.",
    "The fund is open; our office is closed on Monday.",
    "El fondo está abierto.",
    "El fondo esta abierto para pacientes nuevos.",
    "Actualmente se aceptan solicitudes.",
    "Estado: abierto",
]
CLOSED = [
    "The fund is closed.",
    "The fund is temporarily closed.",
    "This fund is closed to new applications.",
    "We are not accepting new patients.",
    "We are no longer accepting applications.",
    "We aren’t currently accepting applications at this time.",
    "We cannot accept applications.",
    "The fund is not open.",
    "The fund is not currently open to new patients.",
    "Until further notice, the fund is closed.",
    "The fund is closed. Check back to see if the fund is open.",
    "The fund is closed. When the fund is open we will tell you.",
    "The fund is closed; please call our office.",
    "Enrollment is on hold.",
    "No funds available.",
    "Funds have been exhausted for this year.",
    "Status: Closed",
    "<td>Closed</td>",
    "The waiting list is closed and the fund is closed.",
    "El fondo está cerrado.",
    "El programa está temporalmente cerrado.",
    "Ya no se aceptan solicitudes.",
    "No estamos aceptando solicitudes nuevas.",
    "No hay fondos disponibles.",
    "El fondo no está abierto.",
]
WAITLIST = [
    "The fund has a waitlist.",
    "Join our wait list.",
    "The fund is closed. You may join the waiting list.",
    "The fund is open to those on the waiting list.",
    "El fondo está cerrado, pero hay una lista de espera.",
]
NOTHING = [
    "",
    "Help with copays for people with lung cancer.",
    "Our office is open Monday to Friday.",
    "Offices are closed on holidays.",
    "Nuestra oficina está abierta de lunes a viernes.",
    "The fund is open. Elsewhere: the other fund is closed.",
    "If the fund is closed, call us.",
    "When the fund is closed, you can join the waiting list.",
    "The fund may be on hold.",
    "We will open a waiting list in June.",
    "When the fund is open, you may apply.",
    "The fund will open to new patients in June.",
    "We will be accepting applications in June.",
    "Cuando el fondo está cerrado, llame.",
    "There is no waiting list.",
    "The waiting list is full.",
    "The fund is not closed.",
    "<script>var status = 'The fund is closed.'</script>",
    "<style>.closed:after { content: 'The fund is closed' }</style>",
    "<!-- The fund is closed. -->",
    "<button>Open</button>",
    "An open mind helps. Talk about how you feel, once closed questions are done.",
]  # fmt: skip


@pytest.mark.parametrize("html", OPEN)
def test_it_sees_open(html: str) -> None:
    assert status(html) == "open"


@pytest.mark.parametrize("html", CLOSED)
def test_it_sees_closed(html: str) -> None:
    assert status(html) == "closed"


@pytest.mark.parametrize("html", WAITLIST)
def test_it_sees_a_waiting_list(html: str) -> None:
    assert status(html) == "waitlist"


@pytest.mark.parametrize("html", NOTHING)
def test_it_sees_nothing_that_is_not_said(html: str) -> None:
    assert status(html) is None


def test_it_tells_the_sentence_as_it_stands() -> None:
    html = "<p>Welcome.</p><p>Good news: The <b>Lung Fund</b>  is now open! Apply today.</p>"

    assert watch(html) == Seen("open", "Good news: The Lung Fund is now open!", "now open")


def test_curators_choose_the_words() -> None:
    words = Words(open=("Lung Cancer — Open",), closed=("lung cancer CLOSED",))
    html = "<tr><td>Breast cancer<td>Open</tr><tr><td>Lung cancer<td>Closed</tr>"

    assert status(html, words) == "closed"
    assert status("<p>The fund is open.", words) is None


def test_words_that_are_blank_are_never_found() -> None:
    assert status("<p>The fund is open.", Words(open=("", " — "))) is None
