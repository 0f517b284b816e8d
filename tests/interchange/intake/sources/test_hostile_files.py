"""Files that are broken, or made to break whoever reads them."""

from __future__ import annotations

import gzip
import io
import json
import os
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from resources.interchange.intake.sources import bounds
from tests.interchange.intake.sources.bringing import (
    ORGANIZATION,
    both,
    refusal,
    service,
    taken,
    written,
)

WHOLE = json.dumps(both(), indent=1)
LONG = "x" * (bounds.LONGEST_TEXT + 1)


def zipped(**members: bytes) -> bytes:
    return archive(*((name.replace("_json", ".json"), data) for name, data in members.items()))


def archive(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name, data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("services.json")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def damaged() -> bytes:
    """A zip whose list of contents is whole, and whose contents are not."""
    data = bytearray(zipped(services_json=bytes(range(256)) * 40))
    data[60:90] = bytes(30)
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", b"", "The file is empty"),
        ("a.json", WHOLE.encode("utf-16"), "is in UTF-16"),
        ("a.json", WHOLE.encode("utf-16-le"), "is in UTF-16"),
        (
            "a.json",
            WHOLE.replace("Rides", "Caf\u00e9").encode("latin-1"),
            "Line 14 is not in UTF-8",
        ),
        ("a.json", WHOLE.encode()[:-30], "The file is cut off"),
        ("a.json", WHOLE.replace('"active"', "NaN"), "Near line"),
        ("a.json", WHOLE + "}", "is no JSON"),
        ("a.json", '{"services": [' + "9" * 5_000 + "]}", "is no JSON"),
        ("a.json", "7", "neither JSON nor a table"),
        ("a.json", '{"things": [1]}', "no list of HSDS"),
        ("a.csv", "name\nRides\n", "neither JSON nor a table"),
        ("a.html", "<html>", "neither JSON nor a table"),
        ("a.json.gz", gzip.compress(WHOLE.encode())[:-40], "damaged or cut off"),
        ("a.json.gz", gzip.compress(b"[" + b" " * 50_000_000), "more than 250 times"),
        ("a.zip", zipped(services_json=WHOLE.encode())[:-30], "The zip is damaged or cut off"),
        ("a.zip", damaged(), "services.json: The file is damaged"),
        ("a.zip", zipped(services_json=bytes(20_000_000)), "more than 250 times"),
        ("a.zip", archive(("../services.json", b"[]")), "leads out of the zip"),
        ("a.zip", archive(("/etc/services.json", b"[]")), "leads out of the zip"),
        ("a.zip", archive(("..\\services.json", b"[]")), "leads out of the zip"),
        ("a.zip", archive(("C:services.json", b"[]")), "leads out of the zip"),
        ("a.zip", archive((link(), b"/etc/passwd")), "This is a link"),
        ("a.zip", archive(("more.zip", zipped())), "Packed files inside others"),
        ("a.zip", archive(*((f"{n}.txt", b"") for n in range(1_001))), "more than 1,000 files"),
        ("a.zip", zipped(), "nothing of HSDS"),
    ],
    ids=[
        "empty", "utf-16", "utf-16-le", "latin-1", "cut-off", "nan", "trailing", "digits", "number",
        "unknown-list", "unknown-table", "page", "gzip-cut-off", "gzip-bomb", "zip-cut-off",
        "zip-damaged", "zip-bomb", "dots", "absolute", "backslashes", "drive", "link", "nested",
        "many", "nothing",
    ],
)  # fmt: skip
def test_it_refuses_the_file(tmp_path: Path, name: str, content: Any, said: str) -> None:
    refused = refusal(written(tmp_path, name, content))

    assert said in refused
    assert refused.startswith(name) or name.endswith(".zip")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (service(id="s2", name=LONG), "services 1): name: It holds 1,000,001 characters"),
        (service(id=None), "id: It has no id"),
        (service(id=" "), "id: It has no id"),
        (service(id=["s2"]), "id: The id should be a text"),
        (service(id="s2", organization_id="gone"), "organization gone is nowhere"),
        (service(id="s2", organization_id=None), "It names no organization"),
        (service(id="s2", organization=["o1"]), "organization: Here should be an object"),
        (service(id="s2", organization={"id": "o2"}), "It is of o1, and tells of o2"),
        (service(id="s2", phones={"number": "1"}), "phones: Here should be a list, not an object"),
        (service(id="s2", phones=["1"]), "phones[0]: Here should be an object, not a text"),
        (service(id="s2", name=["Rides"]), "name: Here should be a text, not a list"),
        (["s2"], "Here should be an object"),
        (None, "Here should be an object"),
        (service(id="s2", name="a\x00b"), "name: It holds a character that is in no text"),
    ],
    ids=[
        "long", "no-id", "blank-id", "id-is-list", "dangling", "no-organization",
        "organization-is-list", "two-organizations", "part-is-object", "part-is-text",
        "name-is-list", "list", "null", "nul",
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_lines", [False, True], ids=["json", "lines"])
def test_it_refuses_the_record_alone(
    tmp_path: Path, bad: Any, said: str, *, is_lines: bool
) -> None:
    records = [bad, service()]
    if is_lines:
        written(tmp_path, "in/organizations.json", [ORGANIZATION])
        written(tmp_path, "in/services.ndjson", "\n".join(map(json.dumps, records)))
        said = said.replace("services 1", "line 1")
    else:
        written(tmp_path, "in/a.json", {"organizations": [ORGANIZATION], "services": records})

    result = taken(tmp_path / "in")

    assert result.ids("service") == ["s1"]
    (problem,) = result.problems
    assert said in problem


DEEP = "[" * 100 + "]" * 100


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ('{"id": "s2", "id": "s3"}', "id: This field stands twice"),
        ('{"id": "s2", "x": ' + DEEP + "}", "more than 64 deep"),
        ('{"id": "s2", "x": 1e999}', "x: NaN and Infinity"),
    ],
    ids=["twice", "deep", "infinite"],
)
@pytest.mark.parametrize("is_lines", [False, True], ids=["json", "lines"])
def test_it_refuses_what_json_alone_can_say(
    tmp_path: Path, bad: str, said: str, *, is_lines: bool
) -> None:
    good = json.dumps({**service(), "organization": ORGANIZATION})
    content = f"{bad}\n{good}" if is_lines else f"[{bad}, {good}]"

    result = taken(written(tmp_path, "services.ndjson" if is_lines else "services.json", content))

    assert result.ids("service") == ["s1"]
    (problem,) = result.problems
    assert said in problem


@pytest.mark.parametrize(
    "bad",
    [
        '{"id": NaN}',
        '{"id"',
        "[" * 100_000,
        '{"id": "\\ud800"}',
        '{"id": "\\uD800"}',
        '{"id": "\\u0000"}',
        f'{{"id": "s2", "description": "{LONG}"}}',
        "9" * 5_000,
    ],
    ids=["nan", "cut-off", "deep", "half-a-character", "half-in-capitals", "nul", "long", "digits"],
)
def test_it_refuses_a_line_alone(tmp_path: Path, bad: str) -> None:
    good = json.dumps({**service(), "organization": ORGANIZATION})

    result = taken(written(tmp_path, "services.ndjson", f"{bad}\n{good}"))

    assert result.ids("service") == ["s1"]
    (problem,) = result.problems
    assert problem.startswith("services.ndjson: service (line 1): ")


def test_it_keeps_a_number_that_is_longer_than_any_other(tmp_path: Path) -> None:
    long = 10**30
    good = json.dumps({**service(), "organization": ORGANIZATION, "size": long})

    result = taken(written(tmp_path, "services.ndjson", good))

    assert result.body("service")["size"] == long


def test_it_refuses_the_second_of_an_id(tmp_path: Path) -> None:
    twice = {**both(), "services": [service(), service(), service(name="Beds")]}

    result = taken(written(tmp_path, "a.json", twice))

    assert result.body("service")["name"] == "Rides"
    (problem,) = result.problems
    assert "(a.json, services 1)" in problem


def test_it_tells_of_parents_in_a_circle(tmp_path: Path) -> None:
    parents = {"o1": "o2", "o2": "o3", "o3": "o2", "o4": "o1", "o5": "o5"}
    document = [
        {**ORGANIZATION, "id": own, "parent_organization_id": other}
        for own, other in parents.items()
    ]

    result = taken(written(tmp_path, "organizations.json", document))

    assert len(result.ids("organization")) == 5
    assert [problem.partition("itself ")[2][:14] for problem in result.problems] == [
        "(o2 → o3 → o2)",
        "(o5 → o5). Tak",
    ]


def test_it_follows_no_link_out_of_a_folder(tmp_path: Path) -> None:
    written(tmp_path, "secret.json", both())
    written(tmp_path, "in/services.json", both())
    (tmp_path / "in" / "more.json").symlink_to(tmp_path / "secret.json")

    assert "more.json: This is a link" in refusal(tmp_path / "in")


def test_it_waits_for_nothing_that_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert "This is no file" in refusal(tmp_path / "pipe")


def test_it_refuses_a_service_that_stands_in_one_organization_and_names_another(
    tmp_path: Path,
) -> None:
    document = [{**ORGANIZATION, "services": [service(organization_id="o2")]}]

    result = taken(written(tmp_path, "organizations.json", document))

    assert not result.ids("service")
    assert "stands in organization o1" in result.problems[0]


def test_it_says_what_is_not_there(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "gone.json")


def test_it_stops_at_a_text_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resources.interchange.intake.sources.building.MOST_OF_ONE", 200_000)

    path = written(tmp_path, "a.json", '{"services": ["' + "x" * 400_000)

    assert "is endless" in refusal(path)


def test_it_keeps_what_others_would_call_dangerous(tmp_path: Path) -> None:
    """Values are for parsing to judge."""
    url = "javascript:alert(1)"

    result = taken(written(tmp_path, "a.json", both(url=url, description="<script>")))

    assert result.body("service")["url"] == url
