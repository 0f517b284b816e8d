"""Pages, sites and names."""

from __future__ import annotations

import pytest

from resources.trust.links import names


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("example.org", "example.org"),
        ("www.example.org", "example.org"),
        ("copay.help.example.org.", "example.org"),
        ("WWW.Example.ORG", "example.org"),
        ("www.example.org.mx", "example.org.mx"),
        ("a.example.co.uk", "example.co.uk"),
        ("www.dhs.state.il.us", "dhs.state.il.us"),
        ("dlg.us", "dlg.us"),
        ("www.fund.us", "fund.us"),
        ("fund.wordpress.com", "fund.wordpress.com"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_the_name_that_somebody_registered(host: str, name: str) -> None:
    assert names.registered(host) == name


@pytest.mark.parametrize(
    "path", ["", "/", "/en", "/es/", "/en-us/", "/us/en/", "/index.html", "/home", "/es/inicio"[:4]]
)
def test_a_home_page(path: str) -> None:
    assert names.is_home(f"https://fund.example{path}")


@pytest.mark.parametrize("path", ["/ny/", "/help", "/?page=5", "/en/help", "/index.php?id=3"])
def test_no_home_page(path: str) -> None:
    assert not names.is_home(f"https://fund.example{path}")


@pytest.mark.parametrize(
    "path",
    ["/404", "/404.html", "/error/404", "/page-not-found", "/es/pagina-no-encontrada/", "/error"],
)
def test_an_error_page(path: str) -> None:
    assert names.is_error_page(f"https://fund.example{path}")


@pytest.mark.parametrize("path", ["/", "/404-fund", "/errors-in-metabolism", "/help"])
def test_no_error_page(path: str) -> None:
    assert not names.is_error_page(f"https://fund.example{path}")


@pytest.mark.parametrize("url", ["", "http://[", "nonsense", "http://xn--/", "http://a:b:c/"])
def test_nonsense_raises_nothing(url: str) -> None:
    names.is_home(url)
    names.is_error_page(url)
    names.same_page(url, url)
    names.same_name(url, url)
