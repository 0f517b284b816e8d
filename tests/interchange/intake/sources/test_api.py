"""An API of HSDS, read page by page, whatever it does."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from resources.interchange.intake.sources import bring_in
from resources.interchange.intake.sources.api import asking
from resources.interchange.intake.sources.api.asking import Manners, retry_after
from resources.interchange.intake.stage import Stage
from resources.interchange.refusal import Refused
from tests import make
from tests.interchange.intake.sources.bringing import (
    ORGANIZATION,
    Result,
    refusal,
    service,
    taken,
    told,
)
from tests.interchange.intake.sources.serving import (
    ROOT,
    Api,
    Playing,
    answer,
    full,
    in_turn,
    page,
    paged,
    params,
)
from tests.trust.links.conftest import open_seam
from tests.trust.links.hostile import (
    Line,
    drips_its_body,
    hangs_up,
    is_no_http,
    never_answers,
    promises_too_much,
    redirect,
)

pytestmark = pytest.mark.server

# Small, so that what never ends does so soon; nobody waits between requests.
HASTY = Manners(seconds=0.3, bytes=200_000, pause=0, tries=2, longest_wait=60)


class Slept:
    """What was waited for, in seconds, without waiting."""

    seconds: list[float]


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> Slept:
    found = Slept()
    found.seconds = []
    monkeypatch.setattr(asking, "USUAL", HASTY)
    monkeypatch.setattr(asking, "rest", found.seconds.append)
    return found


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch, slept: Slept) -> Iterator[Api]:
    playing = Playing()
    with playing.running():
        open_seam(monkeypatch, playing.port)
        yield playing.api


def test_it_reads_every_page_in_full(api: Api) -> None:
    result = taken(api.root, page="https://directory.example/about/")

    assert not result.problems
    assert result.ids("service") == ["s1", "s2", "s3"]
    assert result.ids("organization") == ["o1"]
    assert (result.brought.version, result.brought.profile) == ("3.2", ROOT["profile"])
    assert api.asked() == [
        "",
        "taxonomies?page=1&per_page=100",
        "taxonomy_terms?page=1&per_page=100",
        "organizations?full=true&full_service=false&page=1&per_page=100",
        "services?full=true&page=1&per_page=100",
        "services?full=true&page=2&per_page=100",
    ]
    agent = api.server.requests[0].headers["user-agent"]
    assert agent == "directoryimport/1.0 (+https://directory.example/about/)"
    assert api.server.most_at_once == 1


def test_it_asks_one_by_one_where_a_list_is_in_brief(api: Api) -> None:
    api.lists["services"] = [service(id=f"s {number}") for number in range(3)]
    for number in range(3):
        api.plays[f"services/s%20{number}"] = answer({**full(0), "id": f"s {number}"})

    result = taken(api.root)

    assert not result.problems
    assert [raw.body["phones"][0]["id"] for raw in result.records["service"]] == ["f0"] * 3


def test_it_asks_no_longer_one_by_one_where_that_says_no_more(api: Api) -> None:
    api.lists["organizations"] = [{**ORGANIZATION, "id": f"o{number}"} for number in range(20)]
    for number in range(20):
        api.plays[f"organizations/o{number}"] = answer(api.lists["organizations"][number])

    result = taken(api.root)

    assert len(result.ids("organization")) == 20
    assert len([path for path in api.asked() if path.startswith("organizations/")]) == 10


def test_it_asks_for_organizations_that_no_list_has(api: Api) -> None:
    api.lists["services"] = [service(phones=[]), service(id="s2", organization_id="gone")]
    api.plays["organizations/o1"] = answer(ORGANIZATION)

    result = taken(api.root)

    assert result.ids("service") == ["s1"]
    assert result.ids("organization") == ["o1"]
    assert "Its organization gone is nowhere" in result.problems[0]


def test_it_takes_what_comes_without_the_parameters_that_are_not_understood(api: Api) -> None:
    honest = answer(page([full(1)]))
    api.plays["services"] = lambda line: (
        answer({}, 400) if "full" in params(line.request) else honest
    )(line)

    assert taken(api.root).ids("service") == ["s1"]


def test_it_asks_for_fewer_where_a_page_is_too_large(api: Api) -> None:
    many = [{**full(number), "description": "x" * 5_000} for number in range(50)]

    def sized(line: Line) -> None:
        asked = params(line.request)
        answer(page(many, int(asked["page"]), int(asked["per_page"])))(line)

    api.plays["services"] = sized

    result = taken(api.root)

    assert not result.problems
    assert len(result.ids("service")) == 50
    assert [path.partition("per_page=")[2] for path in api.asked() if "services?" in path] == [
        "100", "20", "20", "20",
    ]  # fmt: skip


def test_it_asks_for_what_was_modified_since(api: Api) -> None:
    api.lists["organizations"] = [ORGANIZATION]

    taken(api.root, modified_after="2026-11-01T00:00:00+00:00")

    lists = [path for path in api.asked() if path.startswith(("services?", "organizations?"))]
    assert len(lists) == 3
    assert all("modified_after=2026-11-01T00%3A00%3A00%2B00%3A00" in path for path in lists)


def test_it_goes_on_at_the_next_page_where_it_was_killed(api: Api, tmp_path: Path) -> None:
    honest = paged(lambda number: page([*map(full, range(5))], number, 2))
    api.plays["services"] = in_turn(honest, hangs_up)
    with Stage(tmp_path / "stage") as stage, pytest.raises(Refused, match="goes on where it"):
        bring_in(api.root, stage)
    asked = len(api.asked())

    api.plays["services"] = honest
    with Stage(tmp_path / "stage") as stage:
        result = told(stage, bring_in(api.root, stage))

    assert not result.problems
    assert len(result.ids("service")) == 5
    services = [path for path in api.asked()[asked:] if path.startswith("services")]
    assert [path.partition("&page=")[2][:1] for path in services] == ["2", "3"]


def test_it_does_not_mix_two_sources_in_one_stage(api: Api) -> None:
    with Stage() as stage:
        bring_in(api.root, stage)

        with pytest.raises(Refused, match="holds http"):
            bring_in(f"{api.root}/other", stage)


def test_it_waits_as_long_as_it_is_asked_to(api: Api, slept: Slept) -> None:
    api.plays["services"] = in_turn(answer({}, 429, Retry_After="7"), answer(page([full(1)])))

    assert taken(api.root).ids("service") == ["s1"]
    assert [seconds for seconds in slept.seconds if seconds] == [7]


def bad_page(**changes: Any) -> Callable[[int], dict[str, Any]]:
    return lambda number: {**page([full(number)]), "page_number": number, **changes}


MORE = {"last_page": False, "total_pages": None}
PLAYS: dict[str, tuple[Any, str]] = {
    "html": (answer(b"<!doctype html>", Content_Type="text/html"), "It answers with a web page"),
    "no-json": (answer(b"{'contents'"), "This is no JSON"),
    "nested": (answer(b"[" * 100_000), "more than 64 deep"),
    "latin-1": (answer('{"x": "é"}'.encode("latin-1")), "is not in UTF-8"),
    "no-page": (answer({"results": []}), "no list of “contents”"),
    "key": (answer({}, 401), "it wants a key"),
    "gone": (answer({}, 404), "There is no list of services here"),
    "error": (answer({}, 500), "It answers 500 again and again"),
    "too-often": (answer({}, 429, Retry_After="1"), "It answers 429 again and again"),
    "much-later": (answer({}, 503, Retry_After="3600"), "asks to come back in 60 minutes"),
    "silent": (never_answers, "No answer: timeout"),
    "drips": (drips_its_body, "No answer: timeout"),
    "hangs-up": (hangs_up, "No answer: unreachable"),
    "no-http": (is_no_http, "No answer: unreachable"),
    "cut-off": (promises_too_much, "cut off again and again"),
    "too-much": (answer(page([full(1)] * 2_000, size=2_000)), "A page is larger than"),
    "bomb": (answer(gzip.compress(bytes(9_000_000)), Content_Encoding="gzip"), "larger than"),
    "damaged": (answer(b"\x1f\x8bx", Content_Encoding="gzip"), "cut off again and again"),
    "other-host": (redirect("http://example.org/services"), "redirects to http://example.org"),
    "private": (redirect("http://169.254.169.254/"), "redirects to http://169.254.169.254/"),
    "other-port": (redirect("http://127.0.0.1:5432/"), "must not be reached"),
    "to-itself": (redirect("/hsds/services"), "redirects without end"),
    "same-page": (paged(lambda n: {**page([full(1)]), **MORE, "page_number": n}), "says the same"),
    "grows": (paged(lambda n: bad_page(**{**MORE, "total_pages": n * 20})(n)), "It grows while"),
    "wrong-page": (paged(bad_page(page_number=9)), "Asked for page 1, it gave page 9"),
    "endless": (paged(bad_page(**MORE)), "more than 30 pages"),
}


@pytest.mark.parametrize(("play", "said"), PLAYS.values(), ids=PLAYS)
def test_it_says_what_is_wrong(
    api: Api, monkeypatch: pytest.MonkeyPatch, play: Any, said: str
) -> None:
    monkeypatch.setattr("resources.interchange.intake.sources.api.paging.MOST_PAGES", 30)
    api.plays["services"] = play

    assert said in refusal(api.root)


@pytest.mark.parametrize(
    ("play", "said"),
    [
        (page([full(1)], total_items=250), "It says that it has 250 records, and gave 1"),
        (page([full(1)], contents=[full(1), "s2"], total_items=2), "services: service (page 1"),
    ],
    ids=["total", "no-object"],
)
def test_it_notes_what_is_missing_and_takes_the_rest(api: Api, play: Any, said: str) -> None:
    api.plays["services"] = answer(play)

    result = taken(api.root)

    assert result.ids("service") == ["s1"]
    assert said in result.problems[0]


def test_it_notes_that_a_list_changed_while_it_was_read(api: Api) -> None:
    sizes = iter([4, 5, 5])
    api.plays["services"] = paged(
        lambda number: page([*map(full, range(5))], number, 2, total_items=next(sizes))
    )

    result = taken(api.root)

    assert len(result.ids("service")) == 5
    assert "changed while it was read" in result.problems[0]


def test_it_refuses_a_record_of_a_page_alone(api: Api) -> None:
    bad = '{"id": "s2", "id": "s3"}, {"id": "s4", "latitude": NaN}, {"id": "s5", "name": "\\ud800"}'
    body = json.dumps(page([full(1)])).replace('"contents": [', f'"contents": [{bad}, ')
    api.plays["services"] = answer(body.encode())

    result = taken(api.root)

    assert result.ids("service") == ["s1"]
    said = ["stands twice", "no numbers", "half a character", "It says that it has 1 records"]
    assert [words in problem for words, problem in zip(said, result.problems, strict=True)]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("http://127.0.0.1:1/", "must not be reached"),
        ("http://10.0.0.1/hsds", "must not be reached"),
        ("http://[::1]/", "must not be reached"),
        ("https://somebody:secret@example.org/", "Give a plain address"),
        ("https://example.org/?key=1", "Give a plain address"),
        ("http://[/", "Give a plain address"),
    ],
)
def test_it_goes_to_no_other_place(slept: Slept, source: str, said: str) -> None:
    assert said in refusal(source)


@pytest.mark.parametrize(
    ("root", "said"),
    [
        ({"version": "2.0.1"}, "It speaks version 2.0.1"),
        ({"contents": []}, "This is a list"),
    ],
    ids=["version", "list"],
)
def test_it_refuses_what_is_no_root_of_hsds_3(api: Api, root: Any, said: str) -> None:
    api.plays[""] = answer(root)

    assert said in refusal(api.root)


@pytest.mark.parametrize("version", ["3.0", "3.1.1", "v3.2", "HSDS-UK-3.0", "3"])
def test_it_knows_every_name_of_version_3(api: Api, version: str) -> None:
    api.plays[""] = answer({"version": version})

    assert taken(api.root).brought.version == version


def test_it_reads_when_to_come_back() -> None:
    now = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)

    assert retry_after("120", now) == 120
    assert retry_after("Fri, 27 Nov 2026 12:01:00 GMT", now) == 60
    assert retry_after("soon", now) is None


@pytest.mark.django_db(transaction=True)
def test_it_reads_the_api_of_this_directory(
    live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "USUAL", Manners(pause=0))
    open_seam(monkeypatch, live_server.thread.port)
    monkeypatch.setattr("resources.interchange.intake.sources.api.paging.PER_PAGE", 2)
    house = make.organisation(name="Road House")
    for name in ("Rides", "Beds", "Food"):
        make.resource(name=name, organisation=house, needs=("rides",))

    result: Result = taken(f"{live_server.url}/api/hsds/")

    assert not result.problems
    assert {raw.body["name"] for raw in result.records["service"]} == {"Rides", "Beds", "Food"}
    assert all(raw.body["service_areas"] for raw in result.records["service"])
    assert result.ids("organization") == [str(house.public_id)]
    assert result.ids("taxonomy_term")
