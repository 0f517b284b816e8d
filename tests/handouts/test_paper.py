"""What a list says, and that page, print and PDF say the same."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from resources import publishing
from resources.handouts.drawing import drawn
from resources.handouts.paper import Gone, Item, bare
from resources.handouts.table import table_of
from resources.handouts.wishes import Layout, Notes
from resources.models import ResourcePhone
from tests import make
from tests.handouts.lists import DAY, paper, pdf, text_of

pytestmark = pytest.mark.django_db


def test_it_says_what_one_needs_for_the_call() -> None:
    house = make.organisation(name="House of Help", website="https://www.help.example/")
    resource = make.resource(
        organisation=house,
        name="Copay fund",
        summary="Pays copays.",
        documents=["photo ID", "a bill"],
        how_to_apply=["phone"],
        windows="until 1 October",
        renewal="each year",
        fund_status="open",
        fund_status_seen_on=DAY,
        fund_status_precision="day",
    )
    ResourcePhone.objects.create(
        resource=resource, number="800-532-5274", hours="Mon-Fri 9am-5pm", languages=["en"]
    )
    (item,) = paper([resource]).resources

    assert (str(item.name), item.organisation) == ("Copay fund", "House of Help")
    assert [phone.number for phone in item.phones] == ["800-532-5274"]
    assert item.to_say == "I am calling about Copay fund. Is it open now? How do I apply?"
    assert [str(paper) for paper in item.papers] == ["photo ID", "a bill"]
    assert [str(told) for told in item.deadlines] == ["until 1 October", "each year"]
    assert item.status == "Seen open on November 3, 2026."
    assert item.checked == "not yet checked by a person"
    assert item.address == "help.example"
    assert item.url == f"https://directory.example/resources/{resource.slug}/"


def test_its_title_names_no_illness_unless_asked() -> None:
    resource = make.resource(conditions=("leukemia",))

    assert paper([resource]).title == "Places that may help"
    assert paper([resource], illness="leukemia").title == "Places that may help: Leukemia"
    assert paper([resource], illness="breast-cancer").title == "Places that may help"


def test_what_is_closed_says_so_first() -> None:
    resource = make.resource(
        fund_status="closed", fund_status_seen_on=DAY, fund_status_precision="day"
    )
    (item,) = paper([resource]).resources
    assert (item.warning, item.stops) == ("This fund is closed to new people", True)


def test_what_was_withdrawn_keeps_its_place_and_last_public_name() -> None:
    first, second = make.resource(), make.resource(name="Rides")
    publishing.withdraw(by="test", entries=[second])
    made = paper([second, first])

    assert isinstance(made.items[0], Gone)
    assert made.items[0].name == "Rides"
    assert isinstance(made.items[1], Item)


def test_two_numbers_that_became_one_stand_there_once() -> None:
    kept, absorbed = make.resource(), make.resource()
    publishing.withdraw(by="test", entries=[absorbed])
    type(absorbed).objects.filter(pk=absorbed.pk).update(merged_into=kept)

    assert [item.number for item in paper([absorbed, kept]).items] == [absorbed.pk]


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("language", ["en", "es"])
def test_page_print_and_pdf_say_the_same(layout: Layout, language: str) -> None:
    resources = [make.resource(name=f"Help {n}", summary=f"Gives {n}.") for n in range(4)]
    notes = Notes("All in all", {resources[2].pk: "Call <b>first</b> & last"})
    made = paper(resources, notes, layout=layout, language=language)
    html, text = drawn(made), text_of(pdf(made))

    places = []
    for item in made.resources:
        assert f"{item.name}</" in html or f"{item.name}\n" in html
        places.append(text.index(str(item.name)))
        assert str(item.what) in text
    assert places == sorted(places)
    assert "Call <b>first</b> & last" in text
    assert "Call &lt;b&gt;first&lt;/b&gt; &amp; last" in html
    assert "All in all" in text
    assert bare(made.url) in text.replace(" ", "")
    rows = csv.DictReader(io.StringIO(table_of(made).decode("utf-8-sig")))
    assert [row["name"] for row in rows] == [str(item.name) for item in made.resources]


def test_a_square_leads_to_the_list_and_to_each_of_the_full_one() -> None:
    resources = [make.resource(), make.resource()]

    assert drawn(paper(resources)).count("<svg") == 1
    assert drawn(paper(resources, layout=Layout.FULL)).count("<svg") == 3
    assert "style=" not in drawn(paper(resources, layout=Layout.FULL))


def test_the_day_of_printing_is_on_it() -> None:
    assert "Printed on November 3, 2026." in text_of(pdf(paper([make.resource()])))


def test_spanish_that_nobody_has_read_says_so_and_keeps_the_english_name() -> None:
    from resources.models import ResourceTranslation
    from resources.models.entry import digest_of

    resource = make.resource(name="Rides")
    ResourceTranslation.objects.create(
        resource=resource, field="name", text="Viajes", english_digest=digest_of("Rides")
    )
    made = paper([resource], language="es", layout=Layout.FULL)
    text = text_of(pdf(made))

    assert "1. Viajes*" in text
    assert "Rides" in text
    assert made.is_unreviewed


def test_a_day_long_ago_is_still_the_day_it_was_made() -> None:
    assert paper([make.resource()]).handout.made == dt.date(2026, 11, 3)
