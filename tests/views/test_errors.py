"""The pages for what went wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest
from django.test import RequestFactory

from resources.views import errors, home
from tests.views.page import get, read


@pytest.mark.django_db
@pytest.mark.usefixtures("starter")
class TestNotFound:
    def test_it_helps_on_with_a_search_box_ways_in_and_people(self) -> None:
        page = read("/nothing-here/", status=404)

        assert "We can’t find that page" in page.text
        assert 'action="/search/"' in page.html
        assert page.links["By illness"] == "/conditions/"
        assert "800-227-2345" in page.text

    def test_it_speaks_the_language_of_the_address(self) -> None:
        assert '<html lang="es">' in read("/es/nothing-here/", status=404).html

    def test_it_does_not_repeat_what_was_asked_for(self) -> None:
        assert "sesame" not in read("/open-sesame/", status=404).html


@pytest.mark.django_db
class TestRefused:
    @pytest.fixture
    def factory(self) -> RequestFactory:
        return RequestFactory(headers={"host": "localhost"})

    def test_an_address_that_cannot_be_read_leads_on(self, factory: RequestFactory) -> None:
        response = errors.bad_request(factory.get("/"), SuspiciousOperation("secret"))

        assert response.status_code == 400
        assert "We can’t read that address" in response.content.decode()
        assert "secret" not in response.content.decode()

    def test_a_refusal_says_that_nothing_was_kept(self, factory: RequestFactory) -> None:
        response = errors.forbidden(factory.get("/"), PermissionDenied())

        assert response.status_code == 403
        assert "Nothing you wrote was kept." in response.content.decode()


class TestServerError:
    """No database mark: the page must do without."""

    def test_it_says_that_it_is_our_fault_and_whom_to_call(self, rf: RequestFactory) -> None:
        response = errors.server_error(rf.get("/"))

        html = response.content.decode()
        assert response.status_code == 500
        assert "Something went wrong on our side" in html
        assert "tel:211" in html
        assert "tel:988" in html

    def test_it_answers_even_when_its_template_cannot_be_rendered(
        self, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(name: str) -> str:
            raise ValueError("no manifest")

        monkeypatch.setattr(errors, "render_to_string", broken)

        html = errors.server_error(rf.get("/")).content.decode()

        assert "call 211" in html
        assert "manifest" not in html

    @pytest.mark.django_db
    def test_a_broken_page_shows_it_without_saying_what_broke(
        self, client: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def breaks(request: HttpRequest, *args: Any) -> None:
            raise RuntimeError("the secret reason")

        monkeypatch.setattr(home, "render", breaks)
        client.raise_request_exception = False

        response = client.get("/", headers={"host": "localhost"})

        assert response.status_code == 500
        assert "Something went wrong on our side" in response.content.decode()
        assert "secret" not in response.content.decode()


@pytest.mark.django_db
def test_an_error_page_has_the_headers_of_every_page() -> None:
    response = get("/nothing-here/")

    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
