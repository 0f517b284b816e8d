"""Whether two web addresses are the same page, the same site, the same name."""

from __future__ import annotations

import re

import httpx

# Below these anybody may have a name: the part in front belongs to it. `ENDINGS` stand in front of
# a country, as in ".org.mx". What is not listed is taken for a name with one ending. The whole list
# (publicsuffix.org) has 10,000 lines; here a mistake costs a curator one look at an offer.
ENDINGS = frozenset(
    {"ac", "co", "com", "edu", "gob", "gov", "net", "nom", "org"},
)
HOSTS_OF_MANY = frozenset(
    {
        "azurewebsites.net", "blogspot.com", "github.io", "godaddysites.com", "herokuapp.com",
        "netlify.app", "squarespace.com", "vercel.app", "webflow.io", "weebly.com", "wixsite.com",
        "wordpress.com",
    }
)  # fmt: skip
HOME = re.compile(
    r"/(?:(?:us/)?(?:en|es|us)(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.[a-z]{3,5})?/?)?",
    re.IGNORECASE,
)
# Where sites send those who ask for what is not there.
ERROR_PAGE = re.compile(
    r"/(?:(?:error[-_/]?)?(?:404|410)|(?:page|pagina)?[-_]?(?:not[-_]?found|no[-_]encontrada)"
    r"|errors?)(?:\.[a-z]{3,5})?/?",
    re.IGNORECASE,
)


def is_home(url: str) -> bool:
    """Whether it is the first page of a site, in whatever language: "/", "/en/", "/index.html"."""
    at = _url(url)
    return not at.query and HOME.fullmatch(at.path or "/") is not None


def is_error_page(url: str) -> bool:
    """Whether the address itself says that there is nothing: "/404", "/page-not-found"."""
    path = _url(url).path
    return ERROR_PAGE.fullmatch(path[path.rfind("/", 0, -1) :]) is not None


def same_site(one: str, other: str) -> bool:
    """Whether the host is the same, with or without "www."."""
    return _bare(_host(one)) == _bare(_host(other))


def same_page(one: str, other: str) -> bool:
    """Whether only http and https, "www." or the last slash tell them apart."""
    first, second = _url(one), _url(other)
    return (
        same_site(one, other)
        and first.path.rstrip("/") == second.path.rstrip("/")
        and first.query == second.query
    )


def same_name(one: str, other: str) -> bool:
    """Whether both belong to whoever registered the one name."""
    return registered(_host(one)) == registered(_host(other))


def registered(host: str) -> str:
    """The part of a host's name that somebody registered, as it looks.

    Of "copay.example.org" it is "example.org"; of "www.dhs.state.il.us" "dhs.state.il.us".
    """
    parts = host.lower().rstrip(".").split(".")
    count = 2
    is_shared = parts[-2:-1] and parts[-2] in ENDINGS and len(parts[-1]) == 2
    if is_shared or ".".join(parts[-2:]) in HOSTS_OF_MANY:
        count = 3
    elif parts[-1] == "us" and len(parts) > 3 and len(parts[-2]) == 2:
        count = 4  # a state, and what it or its towns and counties have below
    return ".".join(parts[-count:])


def _bare(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")


def _host(url: str) -> str:
    return _url(url).raw_host.decode("ascii")


def _url(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        return httpx.URL("")
