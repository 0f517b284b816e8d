from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from resources.opendata.folder import Published
from resources.views.data import FORMATS
from resources.views.data_file import OF_ONE
from tests import make
from tests.opendata.reading import LATER, published
from tests.views.page import read

pytestmark = pytest.mark.django_db

FILE = "/data/latest/hsds.json.gz"


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_FOLDER = tmp_path
    return tmp_path


def get(path: str, **headers: str) -> Any:
    """The answer, read to its end: all of it in `body`."""
    response: Any = Client(REMOTE_ADDR="203.0.113.5").get(path, headers=headers)
    response.body = response.getvalue()
    response.close()
    return response


def size_of(edition: Published, name: str) -> int:
    file = edition.file(name)
    assert file is not None
    return file.size


class TestThePage:
    def test_it_says_so_when_nothing_was_published(self) -> None:
        page = read("/data/")

        assert "No files have been published here yet" in page.text
        assert page.links["API"] == "/api/"

    def test_it_lists_each_file_with_its_size_and_checksum(self, root: Path) -> None:
        done = published(root)
        page = read("/data/")

        assert f"Edition {done.edition} of November 20, 2026." in page.text
        for file in done.files:
            assert page.links[file.name] == f"/data/{done.name}/{file.name}"
        assert all(file.sha256 in page.text for file in map(done.file, FORMATS) if file)
        assert "CC BY 4.0" in page.text

    def test_it_counts_what_changed_and_leads_to_what_is_kept(self, root: Path) -> None:
        first = published(root)
        make.resource()
        published(root, today=LATER)
        page = read("/data/")

        assert "Since the edition before: 2 new, 0 changed, 0 withdrawn." in page.text
        assert f"/data/{first.name}/changes.txt" in page.links.values()

    def test_it_tells_search_engines_for_data(self, root: Path) -> None:
        done = published(root)
        said = get("/data/").body.decode()
        thing = json.loads(
            said.partition('<script type="application/ld+json">')[2].partition("</")[0]
        )

        assert thing["@type"] == "Dataset"
        assert thing["distribution"][0]["contentUrl"].startswith(
            f"http://testserver/data/{done.name}/"
        )

    def test_it_stands_in_spanish_too(self, root: Path) -> None:
        published(root)

        assert get("/es/data/").status_code == 200


class TestAFile:
    def test_it_is_handed_out_as_it_is(self, root: Path) -> None:
        done = published(root)
        response = get(FILE, Accept_Encoding="gzip")

        assert response["Content-Type"] == "application/gzip"
        assert int(response["Content-Length"]) == size_of(done, "hsds.json.gz")
        assert "Content-Encoding" not in response
        assert json.loads(gzip.decompress(response.body))["about"]["edition"] == done.edition
        assert response["Access-Control-Allow-Origin"] == "*"

    def test_it_is_not_sent_again_to_who_has_it(self, root: Path) -> None:
        published(root)
        etag = get(FILE)["ETag"]

        assert get(FILE, If_None_Match=f'"other", {etag}').status_code == 304

    def test_a_part_of_it_can_be_had(self, root: Path) -> None:
        done = published(root)
        whole = get(FILE).body
        response = get(FILE, Range="bytes=10-19")

        assert response.status_code == 206
        assert response["Content-Range"] == f"bytes 10-19/{size_of(done, 'hsds.json.gz')}"
        assert response.body == whole[10:20]

    def test_the_rest_of_another_file_is_not_taken_for_its_rest(self, root: Path) -> None:
        published(root)

        assert get(FILE, Range="bytes=10-19", If_Range='"another"').status_code == 200

    @pytest.mark.parametrize(
        "path",
        [
            "/data/latest/nothing.txt",
            "/data/latest/.lock",
            "/data/latest/editions.json",
            "/data/latest/..%2Feditions.json",
            "/data/latest/%2e%2e/editions.json",
            "/data/../editions.json/x",
            "/data/2026-11-20-edition-9/hsds.json.gz",
            "/data/latest/x%00y",
        ],
    )
    def test_nothing_else_is_handed_out(self, root: Path, path: str) -> None:
        published(root)

        assert get(path).status_code == 404

    def test_nothing_is_there_before_anything_was_published(self) -> None:
        assert get(FILE).status_code == 404

    def test_what_was_taken_away_meanwhile_is_not_there(self, root: Path) -> None:
        done = published(root)
        (root / done.folder / "hsds.json.gz").unlink()

        assert get(FILE).status_code == 404

    def test_one_sender_cannot_take_every_thread(self, root: Path) -> None:
        published(root)
        answers = {get("/data/latest/README.txt").status_code for _time in range(OF_ONE + 1)}

        assert answers == {200, 429}
