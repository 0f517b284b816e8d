"""What sites do, and what each of them is to be taken for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from resources.trust.links import Outcome, names
from tests.rehearsal.certificates import Certificate
from tests.trust.links import hostile
from tests.trust.links.hostile import Line, Trick, page, redirect

ROBOTS = "/robots.txt"
# Where redirects of one site lead within it: pages that are there.
ELSEWHERE = "/rehearsed/elsewhere"
COMMON, USUAL, SLOW = 16, 4, 1


@dataclass(frozen=True, slots=True)
class Case:
    """A case that all pages of a site play.

    `share`: how many sites play it for each one that plays a slow case. `at`: where name servers
    say that the site is; None: here, "": nowhere. `fits`: the addresses that can play it.
    """

    name: str
    plays: Trick
    taken_for: Outcome
    share: int = USUAL
    robots: Trick = hostile.nothing
    certificate: Certificate = Certificate.GOOD
    is_renamed: bool = False
    at: str | None = None
    fits: Callable[[str], bool] = lambda url: True


def is_home(url: str) -> bool:
    return names.is_home(url)


def is_page(url: str) -> bool:
    return not names.is_home(url)


def is_secure(url: str) -> bool:
    return url.startswith("https:")


def site(host: str) -> str:
    """The name of a site as the Host header or an address gives it: a last dot, which means that
    nothing follows, is no part of it; nor is a port."""
    return host.partition(":")[0].rstrip(".")


def renamed(host: str) -> str:
    """The name that a site goes by after it was renamed."""
    return f"{host.replace('.', '-')}.example"


def to_another_name(status: int) -> Trick:
    """To the front page of a site that somebody else registered; each site has one of its own."""

    def plays(line: Line) -> None:
        host = site(line.request.headers["host"])
        line.answer(status, b"", Location=f"https://{renamed(host)}/")

    return plays


def to_its_home(line: Line) -> None:
    line.answer(200) if line.request.path == "/" else redirect("/")(line)


def in_a_circle(line: Line) -> None:
    redirect(line.request.path)(line)


def on_and_on(line: Line) -> None:
    redirect(f"/on{line.request.path}")(line)


CASES = (
    Case("works", page(), Outcome.OK, COMMON),
    Case("HEAD is refused (405), GET works", hostile.only_by_get(page(), 405), Outcome.OK),
    Case("HEAD is an error (500), GET works", hostile.only_by_get(page(), 500), Outcome.OK),
    Case("moved only for now (302)", redirect(ELSEWHERE, 302), Outcome.OK),
    Case("moved for good (301)", redirect(ELSEWHERE, 301), Outcome.MOVED, fits=is_page),
    Case("moved for good (308)", redirect(ELSEWHERE, 308), Outcome.MOVED, fits=is_page),
    Case("home page leads to another name (301)", to_another_name(301), Outcome.RENAMED,
         is_renamed=True, fits=is_home),
    Case("page leads to another name's home (302)", to_another_name(302), Outcome.RENAMED,
         is_renamed=True, fits=is_page),
    Case("gone (404)", page(status=404), Outcome.GONE),
    Case("gone (410)", page(status=410), Outcome.GONE),
    Case("no such host", page(), Outcome.GONE, at=""),
    Case("soft 404: says so with 200", page(hostile.NOT_THERE), Outcome.SOFT_404),
    Case("soft 404: page leads to its home", to_its_home, Outcome.SOFT_404, fits=is_page),
    Case("certificate expired", page(), Outcome.TLS, certificate=Certificate.EXPIRED,
         fits=is_secure),
    Case("certificate self-signed", page(), Outcome.TLS, certificate=Certificate.SELF_SIGNED,
         fits=is_secure),
    Case("certificate of another name", page(), Outcome.TLS, certificate=Certificate.WRONG_NAME,
         fits=is_secure),
    Case("accepts and never answers", hostile.never_answers, Outcome.TIMEOUT, SLOW,
         robots=hostile.never_answers),
    Case("trickles its headers", hostile.drips_its_headers, Outcome.TIMEOUT, SLOW),
    Case("trickles its body for ever", hostile.drips_its_body, Outcome.TIMEOUT, SLOW),
    Case("blocked (403)", page(status=403), Outcome.BLOCKED),
    Case("blocked (429), for ever", page(status=429), Outcome.BLOCKED),
    Case("robots.txt keeps away", page(), Outcome.ROBOTS,
         robots=page(b"User-agent: *\nDisallow: /", Content_Type="text/plain")),
    Case("robots.txt is an error (503)", page(), Outcome.ROBOTS, robots=page(status=503)),
    Case("server error (500)", page(status=500), Outcome.SERVER_ERROR),
    Case("server error (503)", page(status=503), Outcome.SERVER_ERROR),
    Case("redirects in a circle", in_a_circle, Outcome.UNREACHABLE),
    Case("redirects without end", on_and_on, Outcome.UNREACHABLE),
    Case("hangs up", hostile.hangs_up, Outcome.UNREACHABLE),
    Case("speaks no HTTP", hostile.is_no_http, Outcome.UNREACHABLE),
    Case("body without end", hostile.never_ends, Outcome.OK),
    Case("headers without end", hostile.floods_headers, Outcome.UNREACHABLE),
    Case("promises more than comes", hostile.promises_too_much, Outcome.OK),
    Case("sends more than it promises", hostile.promises_too_little, Outcome.OK),
    Case("promises a length below zero", hostile.promises_nonsense, Outcome.UNREACHABLE),
    Case("gzip bomb of a gigabyte", hostile.bomb, Outcome.OK),
    Case("leads to 169.254.169.254", redirect("http://169.254.169.254/latest/meta-data/"),
         Outcome.REFUSED),
    Case("leads to 127.0.0.1:22", redirect("http://127.0.0.1:22/"), Outcome.REFUSED),
    Case("leads to 127.0.0.1", redirect("http://127.0.0.1/admin/"), Outcome.REFUSED),
    Case("leads to [::1]", redirect("http://[::1]/"), Outcome.REFUSED),
    Case("leads to ::ffff:10.0.0.1", redirect("http://[::ffff:10.0.0.1]/"), Outcome.REFUSED),
    Case("leads to file:///etc/passwd", redirect("file:///etc/passwd"), Outcome.REFUSED),
    Case("its name is at 10.0.0.1", page(), Outcome.REFUSED, at="10.0.0.1"),
    Case("its name is at ::1", page(), Outcome.REFUSED, at="::1"),
)  # fmt: skip
