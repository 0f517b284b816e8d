"""What must hold for every answer, whatever was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.attack.malformed import Attack

# What every response carries, errors included; a value of None may be anything that is said there.
SECURITY_HEADERS: dict[str, str | None] = {
    "content-security-policy": None,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": None,
    "cross-origin-opener-policy": "same-origin",
}
SCRIPT = b"<script>alert("


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `said` is what the server can tell about a failure; status 0 is silence."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    seconds: float
    said: str = ""

    def all(self, name: str) -> list[str]:
        """The values of a header, by its name in small letters."""
        return [value for key, value in self.headers if key.lower() == name]

    @property
    def is_refused_before_django(self) -> bool:
        """The web server could not read it as HTTP: a bare 4xx with nothing in it."""
        return 400 <= self.status < 500 and not self.body and not self.all("content-type")


def wrongs(attack: Attack, answer: Answer) -> Iterator[str]:
    """What is wrong with an answer, a few words each."""
    if answer.status == 0 or answer.status >= 500:
        yield f"answered {answer.status}"
    if answer.is_refused_before_django:
        return
    if answer.all("set-cookie") and not attack.path.startswith(b"/admin/"):
        yield f"set a cookie: {answer.all('set-cookie')[0][:40]}"
    if SCRIPT in answer.body:
        yield "gave a script back"
    if any("\n" in value or "\r" in value for _, value in answer.headers):
        yield "broke a line in a header"
    yield from _missing_headers(answer)


def _missing_headers(answer: Answer) -> Iterator[str]:
    for name, expected in SECURITY_HEADERS.items():
        values = answer.all(name)
        if not values or (expected is not None and values != [expected]):
            yield f"{name} is {values or 'missing'}"
    if any("unsafe-" in value for value in answer.all("content-security-policy")):
        yield "content-security-policy allows something unsafe"


@dataclass(frozen=True, slots=True)
class Tally:
    """All answers of a run: what was wrong, and how long the slowest took."""

    asked: int
    failures: list[str]
    statuses: dict[int, int]
    slowest: tuple[float, str]

    def __str__(self) -> str:
        seconds, what = self.slowest
        statuses = ", ".join(f"{n} times {status}" for status, n in sorted(self.statuses.items()))
        return f"{self.asked} requests ({statuses}); slowest {seconds * 1000:.0f} ms: {what}"


def tally(answered: Iterable[tuple[Attack, Answer]]) -> Tally:
    """Look at every answer; nothing stops at the first failure."""
    failures: list[str] = []
    statuses: dict[int, int] = {}
    slowest = (0.0, "")
    asked = 0
    for attack, answer in answered:
        asked += 1
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
        slowest = max(slowest, (answer.seconds, str(attack)))
        failures += [f"{attack}: {wrong} {answer.said}".strip() for wrong in wrongs(attack, answer)]
    return Tally(asked, failures, statuses, slowest)
