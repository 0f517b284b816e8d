"""What machines read on a page: JSON-LD and Open Graph, no more than what the page says."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from resources.models import OrganisationName, ResourcePhone
from resources.pages.structured_data import as_json
from tests import make
from tests.views.page import read

pytestmark = pytest.mark.django_db

JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data(path: str) -> dict[str, Any]:
    found = JSON_LD.search(read(path).html)
    assert found, "no JSON-LD"
    return dict(json.loads(found[1]))


def resource_data(**fields: Any) -> dict[str, Any]:
    return data(f"/resources/{make.resource(**fields).slug}/")


def test_a_resource_is_a_service_of_its_organisation() -> None:
    organisation = make.organisation(name="Good Charity", city="Fort Worth", state=make.state("TX"))
    found = resource_data(name="Ride fund", needs=("rides",), organisation=organisation)

    assert (found["@type"], found["name"], found["serviceType"]) == (
        "Service",
        "Ride fund",
        ["Rides"],
    )
    assert found["provider"]["name"] == "Good Charity"
    assert found["provider"]["address"]["addressLocality"] == "Fort Worth"
    assert found["url"].startswith("http://localhost/resources/")


def test_a_resource_of_an_office_is_a_government_service() -> None:
    found = resource_data(organisation=make.organisation(category="government"))

    assert found["@type"] == "GovernmentService"
    assert found["provider"]["@type"] == "GovernmentOrganization"


def test_it_says_where_it_serves() -> None:
    assert resource_data()["areaServed"] == [{"@type": "Country", "name": "United States"}]
    assert resource_data(states=("OH",))["areaServed"] == [{"@type": "State", "name": "State OH"}]


def test_it_names_the_phones_and_the_page_to_apply_at() -> None:
    resource = make.resource(apply_url="https://fund.example.org/apply", how_to_apply=["online"])
    ResourcePhone(resource=resource, number="800-532-5274", extension="3").save()
    phone, page = data(f"/resources/{resource.slug}/")["availableChannel"]

    assert phone["servicePhone"]["telephone"] == "+18005325274"
    assert page["serviceUrl"] == "https://fund.example.org/apply"


def test_it_names_no_page_to_apply_at_while_closed() -> None:
    found = resource_data(
        apply_url="https://fund.example.org/apply",
        fund_status="closed",
        fund_status_seen_on="2017-01-01",
        fund_status_precision="year",
    )

    assert "availableChannel" not in found


def test_what_has_ended_is_no_service() -> None:
    ended = make.resource(lifecycle="ended")

    assert "ld+json" not in read(f"/resources/{ended.slug}/").html


def test_an_organisation_has_its_other_names() -> None:
    organisation = make.organisation(website="https://example.org/")
    OrganisationName.objects.create(organisation=organisation, name="LLS", sort="abbreviation")
    found = data(f"/organisations/{organisation.slug}/")

    assert (found["@type"], found["alternateName"]) == ("Organization", ["LLS"])
    assert found["sameAs"] == "https://example.org/"


def test_what_is_not_known_is_left_out() -> None:
    found = data(f"/organisations/{make.organisation().slug}/")

    assert not {"email", "address", "sameAs", "contactPoint", "description"} & set(found)


def test_a_name_cannot_break_out_of_the_script() -> None:
    name = "</script><!-- & <script>alert(1)//"
    written = as_json({"name": name})

    assert "<" not in written
    assert json.loads(written) == {"name": name}
    assert resource_data(name=name)["name"] == name


@pytest.mark.parametrize("language", ["", "/es"])
def test_a_page_has_a_title_and_a_description_for_others_to_show(language: str) -> None:
    resource = make.resource(name='The "big" fund', summary="Pays for <rides>.")
    html = read(f"{language}/resources/{resource.slug}/").html

    assert '<meta property="og:title" content="The &quot;big&quot; fund">' in html
    assert '<meta property="og:description" content="Pays for &lt;rides&gt;.">' in html
    assert '<meta name="description" content="Pays for &lt;rides&gt;.">' in html
