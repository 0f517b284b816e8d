"""What an answer is taken for."""

from __future__ import annotations

import pytest

from resources.trust.links import Answer, Finding, Hop, Outcome, Trouble, judge
from resources.trust.links.outcomes import says_not_found
from resources.trust.links.reading import read

HOME, DEEP = "https://fund.example/", "https://fund.example/copay/apply"


def led(start: str, *steps: tuple[int, str], status: int = 200, text: str = "") -> Finding:
    """What is found behind redirects."""
    urls = [start, *(to for _, to in steps)]
    hops = tuple(Hop(here, code, to) for here, (code, to) in zip(urls[:-1], steps, strict=True))
    return judge(start, Answer(urls[-1], status, hops, text=text))


@pytest.mark.parametrize(
    ("start", "steps", "outcome"),
    [
        (DEEP, [], "ok"),
        (DEEP, [(301, "http://www.fund.example/copay/apply/")], "ok"),
        (DEEP, [(301, "https://fund.example/help/apply")], "moved"),
        (DEEP, [(308, "https://apply.fund.example/")], "moved"),
        (DEEP, [(301, "https://fund-apply.test/")], "moved"),
        (DEEP, [(302, "https://fund.example/en/copay/apply")], "ok"),
        (DEEP, [(302, "https://apply.fund.example/")], "ok"),
        (DEEP, [(302, "https://other.test/")], "renamed"),
        (DEEP, [(301, HOME)], "soft_404"),
        (DEEP, [(302, "https://www.fund.example/en/index.html")], "soft_404"),
        (DEEP, [(302, "https://fund.example/404")], "soft_404"),
        (DEEP, [(302, "https://fund.example/errors/page-not-found.aspx")], "soft_404"),
        (HOME, [(301, "https://www.fund.example/en/")], "ok"),
        (HOME, [(301, "https://fund.example/welcome")], "ok"),
        (HOME, [(301, "https://other.test/")], "renamed"),
        (HOME, [(302, "https://other.test/about/fund")], "renamed"),
        ("https://copay.fund.example/", [(301, "https://fund.example/copay")], "moved"),
        ("https://a.wordpress.com/", [(301, "https://b.wordpress.com/")], "renamed"),
    ],
)
def test_redirects_are_told_apart(start: str, steps: list[tuple[int, str]], outcome: str) -> None:
    assert led(start, *steps).outcome == outcome


def test_the_new_address_is_the_last_that_is_meant_to_stay() -> None:
    new = "https://fund.example/help"
    found = led(DEEP, (301, new), (302, "https://fund.example/help/2026"))

    assert found == Finding(Outcome.MOVED, new)


def test_what_is_only_lent_is_no_new_address() -> None:
    found = led(DEEP, (302, "https://fund.example/a"), (301, "https://fund.example/b"))

    assert found == Finding(Outcome.OK, "https://fund.example/b")


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_is_something(trouble: Trouble) -> None:
    assert judge(DEEP, Answer(DEEP, trouble=trouble)).outcome != Outcome.OK


def test_a_name_that_leads_to_a_guarded_home_is_renamed_all_the_same() -> None:
    assert led(HOME, (301, "https://other.test/"), status=403).outcome == Outcome.RENAMED


def test_a_page_that_is_gone_where_it_moved_to_is_gone() -> None:
    found = led(DEEP, (301, "https://fund.example/new"), status=404)

    assert found == Finding(Outcome.GONE, "https://fund.example/new")


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_a_reader_runs_into_counts_towards_an_alarm(outcome: Outcome) -> None:
    harmless = {"ok", "moved", "renamed", "blocked", "robots"}

    assert outcome.is_failure is (outcome not in harmless)


NOT_FOUND = [
    "<title>404</title>",
    "<title>404 Not Found</title>",
    "<title>Error 404 | Fund</title>",
    "<title>Fund - Page Not Found</title>",
    "<title>Fund</title><h1>Sorry, that page cannot be found</h1>",
    "<h1>Page can't be found</h1>",
    "<h1>Page can’t be found.</h1>",
    "<h1>Not found</h1>",
    "<h2>This page doesn't exist</h2>",
    "<h1>This page no longer exists</h1>",
    "<title>Página no encontrada</title>",
    "<h1>P&aacute;gina no encontrada</h1>",
    "<h1>Esta página ya no existe</h1>",
    "<h1>No se encontró la página</h1>",
    "<h1>No se ha encontrado la página</h1>",
    "<p>The page you are looking for could not be found.",
    "<p>We're sorry, the page you requested cannot be found.",
    "<p>The page you’re looking for doesn’t exist or has been moved.",
    "<p>The page you were trying to reach is no longer available.",
    "<p>La página que está buscando no existe.",
    "<p>La página solicitada no se encuentra en este sitio.",
    "<title>fund.example</title><p>This domain is for sale!",
    "<p>The domain fund.example may be for sale.",
    "<title>Account Suspended</title>",
    "<title>This domain has expired</title>",
]
FOUND = [
    "",
    "<title>Help with copays</title><p>Apply.",
    "<h1>404-555-0100: call us in Atlanta</h1>",
    "<h1>404 555 0100</h1>",
    "<title>The 404 Fund</title>",
    "<h1>A cure was not found yet</h1>",
    "<p>Page not found? Tell us.",
    "<h1>When no cause is found</h1>",
    "<script>var message = 'The page you requested cannot be found'</script><p>Apply.",
    "<p>On this page you will find what is not covered.",
    "<p>Documents that cannot be found are asked for again.",
    "<h1>Fondo de ayuda</h1><p>Si no encuentra su clínica, llame.",
]


@pytest.mark.parametrize("html", NOT_FOUND)
def test_it_knows_a_page_that_is_not_there(html: str) -> None:
    assert says_not_found(read(html))
    assert judge(DEEP, Answer(DEEP, 200, text=html)).outcome == Outcome.SOFT_404


@pytest.mark.parametrize("html", FOUND)
def test_it_takes_no_page_for_missing_that_is_there(html: str) -> None:
    assert not says_not_found(read(html))
