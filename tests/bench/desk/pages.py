"""The pages of the desk that are measured, by name; each name with the addresses that stand for it.

A name with several addresses is asked for in turn over all of them.
"""

from __future__ import annotations

from random import Random
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse

from resources.admin.queue import _most_cited
from resources.models import (
    Condition,
    Curator,
    Need,
    Organisation,
    Publication,
    Report,
    Resource,
    Review,
)
from tests.bench.desk.work import CURATOR, SEED, reported

SEVERAL = 20  # addresses
A_PAGE = 50  # entries of a list; where there are fewer pages than are asked for, the last is taken
TERMS = ("need", "condition", "medicine", "insurance", "state", "povertyguideline")


def pages() -> dict[str, list[str]]:
    """The addresses of each page."""
    dice = Random(SEED)
    return {
        "first page": [_at("index")],
        **_queue(),
        **_lists(Organisation, "cancer", "publication_state__exact=published&checked=never", dice),
        **_lists(Resource, "copay", f"status=&needs__id__exact={_need()}&in=CA", dice),
        **_more_of_resources(),
        **_history(dice),
        **{f"list: {name}": [_at(f"resources_{name}_changelist")] for name in TERMS},
        "form: condition": _some(
            "condition", list(Condition.objects.order_by("pk").values_list("pk", flat=True)[:3])
        ),
        "list: curators": [_at("resources_curator_changelist")],
        "form: curator": [
            _at("resources_curator_change", Curator.objects.get(username=CURATOR).pk)
        ],
        "list: review rules": [_at("resources_reviewrule_changelist")],
        "letters": [_at("letters")],
        "proposals": [_at("proposals")],
        "changed as one": [_at("batches")],
    }


def _queue() -> dict[str, list[str]]:
    rows = Review.objects.order_by("-score", "pk").values_list("pk", flat=True)
    waiting = Report.objects.waiting().values_list("pk", flat=True)[:SEVERAL]
    cited = [row["url"] for row in _most_cited()]
    queue, source = _at("queue"), _at("check_by_source")
    return {
        "queue": [queue],
        "queue, page 40": [f"{queue}?p=40"],
        "queue, last page": [f"{queue}?p={rows.count()}"],
        "queue, mine": [f"{queue}?whose=mine"],
        "check one": [_at("check", pk) for pk in rows[:SEVERAL]],
        "source pages": [source],
        "check by source, the most": [f"{source}?{urlencode({'url': cited[0]})}"],
        "check by source": [f"{source}?{urlencode({'url': url})}" for url in cited[20:60:4]],
        "links": [_at("links")],
        "links, page 3": [f"{_at('links')}?p=3"],
        "reports": [_at("resources_report_changelist")],
        "one report": [_at("resources_report_change", pk) for pk in waiting],
    }


def _lists(
    model: type[Organisation] | type[Resource], word: str, narrowed: str, dice: Random
) -> dict[str, list[str]]:
    """The list of a kind of entry, plain and otherwise, and the forms of some."""
    name = model.KIND
    at = _at(f"resources_{name}_changelist")
    pks = list(model.objects.published().order_by("pk").values_list("pk", flat=True))
    found = model.objects.published().order_by("pk")[:5]
    return {
        f"{name}s": [at],
        f"{name}s, page 100": [f"{at}?p={min(100, -(-len(pks) // A_PAGE))}"],
        f"{name}s, by date": [f"{at}?o=-7"],
        f"{name}s, a word": [f"{at}?q={word}"],
        f"{name}s, a name": [f"{at}?{urlencode({'q': each.name})}" for each in found],
        f"{name}s, a telephone": [f"{at}?q=800-555"],
        f"{name}s, narrowed": [f"{at}?{narrowed.replace('status=&', '')}"],
        f"{name}s, out of date in Spanish": [f"{at}?spanish=outdated"],
        f"{name}s, Spanish not read": [f"{at}?spanish=unread"],
        f"{name}s, no contact": [f"{at}?contact=none"],
        f"form: {name}": _some(name, dice.sample(pks, min(SEVERAL, len(pks)))),
        f"new: {name}": [_at(f"resources_{name}_add")],
        f"chosen while typing: {name}": [_choosing(name, term) for term in ("", "can", "fund for")],
    }


def _more_of_resources() -> dict[str, list[str]]:
    first = Resource.objects.published().order_by("pk").values_list("pk", flat=True)[:SEVERAL]
    return {
        "form: resource with reports": _some("resource", [entry.pk for entry in reported()[:20]]),
        "rules": [_at("resources_resource_rules", pk) for pk in first],
        "preview": [_at("resources_resource_preview", pk) for pk in first],
    }


def _history(dice: Random) -> dict[str, list[str]]:
    """Histories of one version, and the longest, two versions of it compared."""
    pks = list(Resource.objects.published().order_by("pk").values_list("pk", flat=True))
    some = dice.sample(pks, min(SEVERAL, len(pks)))
    of_resources = Publication.objects.filter(kind=Resource.KIND).order_by()
    versions = of_resources.values("public_id").annotate(newest=Max("version"))
    longest = versions.order_by("-newest")[0]
    pk = Resource.objects.get(public_id=longest["public_id"]).pk
    at = _at("resources_resource_history", pk)
    return {
        "history": [_at("resources_resource_history", each) for each in some],
        "history, the longest": [at],
        "history, compared": [f"{at}?old=1&new={longest['newest']}"],
        "restore": [_at("resources_resource_restore", pk, 1)],
    }


def _need() -> int:
    pk: int = Need.objects.get(slug="copay").pk
    return pk


def _some(name: str, pks: list[int]) -> list[str]:
    return [_at(f"resources_{name}_change", pk) for pk in pks]


def _choosing(name: str, term: str) -> str:
    """What a form asks for while somebody types the name of an entry to choose."""
    field = "organisation" if name == "organisation" else "part_of"
    asked = {"app_label": "resources", "model_name": "resource", "field_name": field, "term": term}
    return f"{_at('autocomplete')}?{urlencode(asked)}"


def _at(name: str, *args: int) -> str:
    return reverse(f"admin:{name}", args=args)
