"""What is odd in the directory: one small function for each kind of oddity.

To add one, write a function that yields an `Odd` for each finding, with `@kind("name", "Heading")`
above it; `manage.py check_data` does the rest. Nothing here changes anything.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from resources import documents, translations
from resources.batches import batched
from resources.cycles import UPWARDS, cycles
from resources.eligibility.doubts import doubts
from resources.models import (
    Condition,
    Entry,
    FormerSlug,
    Insurance,
    Medicine,
    Need,
    Organisation,
    OrganisationName,
    OrganisationPhone,
    Publication,
    PublicationState,
    Recorded,
    Resource,
    ResourcePhone,
    State,
)
from resources.search.clashes import unlisted

BATCH = 500
ENTRIES: tuple[type[Entry], ...] = (Organisation, Resource)
RECORDED: tuple[type[Recorded], ...] = (*ENTRIES, Need, Condition, Medicine, Insurance, State)


class Odd(NamedTuple):
    """One finding: where ("resource/road-to-recovery"), and what is odd there."""

    where: str
    says: str


Look = Callable[[dt.date], Iterable[Odd]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of oddity: its name for the command line, its heading, and how it is found."""

    name: str
    heading: str
    look: Look


KINDS: dict[str, Kind] = {}


def kind(name: str, heading: str) -> Callable[[Look], Look]:
    """Register a function that finds one kind of oddity, given the day of today."""

    def register(look: Look) -> Look:
        KINDS[name] = Kind(name, heading, look)
        return look

    return register


def label(entry: Recorded) -> str:
    """How a report names it: "resource/road-to-recovery"."""
    return f"{entry.KIND}/{entry.slug}"


# --- What leads nowhere --------------------------------------------------------------------------


@kind("dead-end", "References that lead nowhere or to what is not public")
def dead_ends(today: dt.date) -> Iterator[Odd]:
    hidden = ~Q(publication_state=PublicationState.PUBLISHED)
    for field in ("organisation", "part_of"):
        pointing = Resource.objects.published().filter(**{f"{field}__isnull": False})
        for resource in pointing.exclude(**{f"{field}__publication_state": "published"}):
            yield Odd(
                label(resource), f"its {field} “{getattr(resource, field).slug}” is not public"
            )
    followed = Organisation.objects.filter(hidden, predecessors__isnull=False).distinct()
    for organisation in followed:
        yield Odd(label(organisation), "others say that they go on as this one; it is not public")
    for former in FormerSlug.objects.all():
        if not _model_of(former.kind)._default_manager.filter(public_id=former.public_id).exists():
            yield Odd(
                f"{former.kind}/{former.slug}", "an old address that leads to nothing any more"
            )


def _model_of(name: str) -> type[Recorded]:
    return next(model for model in RECORDED if name == model.KIND)


@kind("gone-successor", "Organizations that go on as one that is gone too")
def gone_successors(today: dt.date) -> Iterator[Odd]:
    active = Organisation.Status.ACTIVE
    followed = Organisation.objects.filter(successor__isnull=False).select_related("successor")
    for organisation in followed.exclude(successor__status=active):
        heir = organisation.heir()
        if heir is None or heir.is_gone:
            yield Odd(
                label(organisation), f"ends at “{organisation.successor}”, which is gone itself"
            )


@kind("unknown-maker", "Makers that no medicine names")
def unknown_makers(today: dt.date) -> Iterator[Odd]:
    known = set(Medicine.objects.values_list("maker", flat=True))
    for organisation in Organisation.objects.exclude(makers=[]):
        for maker in organisation.makers:
            if maker not in known:
                yield Odd(label(organisation), f"no medicine is made by “{maker}”")


@kind("circle", "What goes round in a circle")
def circles(today: dt.date) -> Iterator[Odd]:
    for model, fields in UPWARDS.items():
        edges: defaultdict[str, set[str]] = defaultdict(set)
        for field in fields:
            pairs = model._default_manager.filter(**{f"{field}__isnull": False})
            for slug, above in pairs.values_list("slug", f"{field}__slug"):
                edges[slug].add(above)
        for loop in cycles(edges):
            yield Odd(f"{model.KIND}/{loop[0]}", " → ".join(loop))


# --- What is missing -----------------------------------------------------------------------------


@kind("no-source", "Entries without a source")
def without_source(today: dt.date) -> Iterator[Odd]:
    for model in ENTRIES:
        entries: QuerySet[Any] = model._default_manager.all()
        for entry in entries.filter(sources=None):
            yield Odd(label(entry), f"{entry.get_publication_state_display()}, and no source")


def _reachable(prefix: str) -> Q:
    """Whether an organisation can be got in touch with; `prefix` leads to it."""
    return (
        Q(Exists(OrganisationPhone.objects.filter(organisation=OuterRef(f"{prefix}pk"))))
        | ~Q(**{f"{prefix}website": ""})
        | ~Q(**{f"{prefix}email": ""})
    )


def _has_own_way() -> Q:
    own_phone = Exists(ResourcePhone.objects.filter(resource=OuterRef("pk")))
    return Q(own_phone) | ~Q(url="") | ~Q(apply_url="")


@kind("out-of-reach", "Resources that nobody can get in touch with")
def out_of_reach(today: dt.date) -> Iterator[Odd]:
    for resource in Resource.objects.exclude(_has_own_way() | _reachable("organisation__")):
        if resource.part_of is None or not _has_any_way(resource.part_of):
            state = resource.get_publication_state_display()
            yield Odd(
                label(resource), f"{state}; no phone, address or email, nor its organization's"
            )


def _has_any_way(resource: Resource) -> bool:
    same = Resource.objects.filter(pk=resource.pk)
    return same.filter(_has_own_way() | _reachable("organisation__")).exists()


@kind("no-contact", "Organizations without phone, website or email")
def without_contact(today: dt.date) -> Iterator[Odd]:
    for organisation in Organisation.objects.exclude(_reachable("")):
        yield Odd(label(organisation), organisation.get_status_display())


@kind("no-number", "“Apply by phone” without a number anywhere")
def without_number(today: dt.date) -> Iterator[Odd]:
    phones = ResourcePhone.objects
    offered = Resource.objects.exclude(lifecycle=Resource.Lifecycle.ENDED).exclude(
        Exists(phones.filter(resource=OuterRef("pk")))
        | Exists(phones.filter(resource=OuterRef("part_of")))
        | Exists(OrganisationPhone.objects.filter(organisation=OuterRef("organisation")))
    )
    for resource in offered:
        if Resource.HowToApply.PHONE in resource.inherited("how_to_apply"):
            yield Odd(label(resource), "one applies by phone, and no number is known")


@kind("no-states", "Areas that contradict themselves")
def without_states(today: dt.date) -> Iterator[Odd]:
    for resource in Resource.objects.filter(area_kind="states", states=None):
        yield Odd(label(resource), "for some states, and none is named")
    for resource in Resource.objects.filter(area_kind="national", states__isnull=False).distinct():
        yield Odd(label(resource), "for the whole country, and states are named")
    named = Resource.objects.filter(area_parts__isnull=False, area_partial=False).distinct()
    for resource in named:
        yield Odd(label(resource), "counties are named, and the area is not marked as narrower")


@kind("empty-rule", "Rules without the figures or kinds that they need")
def empty_rules(today: dt.date) -> Iterator[Odd]:
    tables = Resource.objects.filter(income_rule=Resource.IncomeRule.DOLLAR_TABLE)
    for resource in tables.filter(dollar_limits=None):
        yield Odd(label(resource), "an income table without rows")
    listed = Resource.objects.filter(insurance_rule=Resource.InsuranceRule.LISTED)
    for resource in listed.filter(insurance=None):
        yield Odd(label(resource), "only listed kinds of insurance, and none is listed")


@kind("words-and-rules", "Words that seem to say something else than the rules")
def words_and_rules(today: dt.date) -> Iterator[Odd]:
    for batch in _batches(Resource.objects.published().with_parts().order_by("pk")):
        for resource in batch:
            for doubt in doubts(resource):
                yield Odd(label(resource), doubt)


# --- What stands in the wrong place --------------------------------------------------------------

# 800-532-5274, (800) 532 5274, 1.800.532.5274; no day, year span or ZIP+4.
NUMBER = re.compile(r"(?<![\d-])(?:1[-. ])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\d-])")
ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)


@kind("number-in-prose", "Phone numbers inside prose")
def numbers_in_prose(today: dt.date) -> Iterator[Odd]:
    yield from _in_prose(NUMBER)
    for phone in OrganisationPhone.objects.select_related("organisation").exclude(note=""):
        for found in NUMBER.findall(phone.note):
            yield Odd(label(phone.organisation), f"phone note: {found}")


@kind("address-in-prose", "Web addresses inside prose")
def addresses_in_prose(today: dt.date) -> Iterator[Odd]:
    yield from _in_prose(ADDRESS)


def _in_prose(pattern: re.Pattern[str]) -> Iterator[Odd]:
    for model in ENTRIES:
        names = translations.TRANSLATED_FIELDS[model.KIND]
        for slug, *words in model._default_manager.values_list("slug", *names).iterator():
            for name, text in zip(names, words, strict=True):
                for found in pattern.findall(text):
                    yield Odd(f"{model.KIND}/{slug}", f"{name}: {found}")


# --- What looks the same -------------------------------------------------------------------------

# Words that tell two organisations apart only on paper.
EMPTY_WORDS = frozenset({"the", "of", "for", "and", "a", "in", "inc", "incorporated"})
INSIDE_WORDS = "'\u2019."


def folded(name: str) -> str:
    """The name without accents, capitals and punctuation: "Gilda's Club" -> "gildas club"."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    kept = "".join(
        c if c.isalnum() else "" if c in INSIDE_WORDS else " " for c in plain if c.isascii()
    )
    return " ".join(kept.split())


def bare(name: str) -> str:
    """The words of a folded name in the order of letters, but for those that say nothing."""
    words = [word for word in folded(name).split() if word not in EMPTY_WORDS]
    return " ".join(sorted(words))


@kind("same-name", "Names that two organizations share")
def same_names(today: dt.date) -> Iterator[Odd]:
    yield from _clashes(folded, "all are called")


@kind("near-name", "Organizations with nearly the same name")
def near_names(today: dt.date) -> Iterator[Odd]:
    yield from _clashes(bare, "nearly the same name:", unless=folded)


def _clashes(
    key: Callable[[str], str], says: str, unless: Callable[[str], str] | None = None
) -> Iterator[Odd]:
    """Organisations, none of which goes on from another, with a name of the same key."""
    holders: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for pk, name in _names(with_aliases=unless is None):
        holders[key(name)].setdefault(pk, name)
    slugs = dict(Organisation.objects.values_list("pk", "slug"))
    heirs = _heirs()
    for shared, names in holders.items():
        houses = {heirs[pk]: pk for pk in names}
        is_known = unless is not None and len(set(map(unless, names.values()))) == 1
        if shared and len(houses) > 1 and not is_known:
            where = ", ".join(f"organisation/{slugs[pk]}" for pk in houses.values())
            said = ", ".join(f"“{name}”" for name in dict.fromkeys(names.values()))
            yield Odd(where, f"{says} {said}")


def _names(*, with_aliases: bool) -> Iterator[tuple[int, str]]:
    yield from Organisation.objects.order_by("pk").values_list("pk", "name")
    if with_aliases:
        yield from OrganisationName.objects.order_by("pk").values_list("organisation_id", "name")


def _heirs() -> dict[int, int]:
    """For each organisation the one that it is today: sharing a name with that one is right."""
    successor = dict(Organisation.objects.values_list("pk", "successor_id"))
    heirs: dict[int, int] = {}
    for pk in successor:
        heir, seen = pk, {pk}
        while (following := successor[heir]) is not None and following not in seen:
            heir = following
            seen.add(heir)
        heirs[pk] = heir
    return heirs


@kind("ambiguous", "Words of several meanings that ambiguous_terms.json does not list")
def ambiguous_words(today: dt.date) -> Iterator[Odd]:
    for word, meant in unlisted():
        yield Odd(f"“{word}”", f"means {', '.join(meant)}")


@kind("same-resource", "Resources of one organization with the same name")
def same_resources(today: dt.date) -> Iterator[Odd]:
    holders: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    rows = Resource.objects.values_list("organisation__slug", "name", "slug")
    for organisation, name, slug in rows.iterator():
        holders[organisation, folded(name)].append(slug)
    for (organisation, name), slugs in holders.items():
        if len(slugs) > 1:
            yield Odd(f"organisation/{organisation}", f"“{name}”: {', '.join(slugs)}")


# --- What has grown old, or was changed the wrong way --------------------------------------------


@kind("old-sighting", "Fund statuses seen too long ago to count")
def old_sightings(today: dt.date) -> Iterator[Odd]:
    seen = Resource.objects.published().exclude(lifecycle=Resource.Lifecycle.ENDED)
    for resource in seen.filter(fund_status_seen_on__isnull=False):
        status = resource.fund_status_on(today)
        if status.is_old:
            yield Odd(label(resource), f"seen {status.seen} on {status.seen_on}")


@kind("behind-the-back", "Published entries that differ from their newest publication")
def behind_the_back(today: dt.date) -> Iterator[Odd]:
    """Changed without `publish`: history, feeds and search do not know of it."""
    for model in RECORDED:
        for batch in _batches(_public(model)):
            newest = _newest_publications(model, batch)
            said = documents.read_many(model, [entry.pk for entry in batch])
            for entry in batch:
                known = newest.get(entry.public_id)
                if known is None:
                    yield Odd(label(entry), "public, and never recorded")
                elif fields := documents.differing(known.document, said[entry.pk]):
                    yield Odd(label(entry), f"changed since: {', '.join(fields)}")


def _public(model: type[Recorded]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.order_by("pk")
    return rows.filter(publication_state="published") if issubclass(model, Entry) else rows


def _batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    for pks in batched(rows.values_list("pk", flat=True), BATCH):
        yield list(rows.filter(pk__in=pks))


def _newest_publications(model: type[Recorded], entries: list[Any]) -> dict[Any, Publication]:
    same = model._default_manager.filter(
        public_id=OuterRef("public_id"), version=OuterRef("version")
    )
    rows = Publication.objects.filter(Exists(same), public_id__in=[e.public_id for e in entries])
    return {row.public_id: row for row in rows}


@kind("outdated-translation", "Translations of English that has changed")
def outdated_translations(today: dt.date) -> Iterator[Odd]:
    for model in ENTRIES:
        everything = model._default_manager.order_by("pk")
        for batch in _batches(everything.prefetch_related(*documents.part_relations(model))):
            for entry in batch:
                for row in translations.outdated(entry):
                    yield Odd(label(entry), f"{row.field} ({row.language})")
