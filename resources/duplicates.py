"""Entries that may be there twice: proposed from names, telephones and addresses.

Only entries that share something rare are compared (blocking), so that 50,000 take seconds. A pair
is proposed to curators; two chapters of one name in two states are no pair.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import Any

from django.db import transaction
from django.utils import timezone
from rapidfuzz import fuzz, process

from resources.batches import batched
from resources.models import (
    Curator,
    Entry,
    LikelyPair,
    Organisation,
    OrganisationName,
    OrganisationPhone,
    PublicationState,
    Resource,
    ResourcePhone,
)
from resources.search.words import fold

# A block with more entries tells nothing: a call center's number, the host of everybody's pages.
LARGEST_BLOCK = 40
# A word in more names than these is no sign of anything.
COMMON_WORD = 40
A_BATCH = 1_000

# From which likeness of the names (0 to 1) a pair is proposed: by the name alone, with a telephone
# or a host shared, with both. Chosen on the starter data (tests/test_duplicates.py).
BY_NAME, WITH_ONE, WITH_BOTH = 0.93, 0.72, 0.5
# While a new name is typed.
WHILE_TYPED = 0.8
MOST_WHILE_TYPED = 5

EMPTY_WORDS = frozenset(
    {
        *("a", "an", "and", "at", "by", "de", "for", "in", "of", "on", "the", "to"),
        *("co", "corp", "corporation", "inc", "llc", "org", "organization", "foundation"),
        *("fund", "help", "program", "programs", "services", "assistance", "patient"),
        *("cancer", "society"),
    }
)
VOWELS = re.compile(r"[aeiouy\W\d_]+")
TWICE = re.compile(r"(.)\1+")


class Reason(StrEnum):
    """What two entries share."""

    NAME = "name"
    PHONE = "phone"
    WEBSITE = "website"
    PLACE = "place"


@dataclass(slots=True)
class Facts:
    """What is compared of one entry.

    Of a resource, `under` is its organisation and `part_of` its programme; of an organisation,
    `heir` is as whom it goes on: itself, or the last of its successors. 0 for none.
    """

    pk: int
    names: list[str]
    state: str = ""
    city: str = ""
    under: int = 0
    part_of: int = 0
    heir: int = 0
    phones: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries by primary key, the smaller first, and how alike they are (0 to 1)."""

    first: int
    second: int
    score: float
    reasons: tuple[str, ...]


def likely_pairs(facts: Mapping[int, Facts]) -> list[Pair]:
    """The pairs among these entries, the likeliest first."""
    tried = {pair for block in _blocks(facts.values()) for pair in combinations(sorted(block), 2)}
    found = (_compared(facts[first], facts[second]) for first, second in tried)
    return sorted(filter(None, found), key=lambda pair: (-pair.score, pair.first, pair.second))


def _blocks(facts: Iterable[Facts]) -> Iterator[set[int]]:
    """The entries that share something that few do."""
    all_facts = list(facts)
    common = Counter(
        word for each in all_facts for word in {w for name in each.names for w in name.split()}
    )
    blocks: dict[str, set[int]] = defaultdict(set)
    for each in all_facts:
        for name in each.names:
            words = [word for word in name.split() if word not in EMPTY_WORDS]
            blocks[f"skeleton {_skeleton(name)}"].add(each.pk)
            blocks[f"words {' '.join(sorted(words))}"].add(each.pk)
            for word in words:
                if common[word] <= COMMON_WORD:
                    blocks[f"word {word}"].add(each.pk)
        for phone in each.phones:
            blocks[f"phone {phone}"].add(each.pk)
        for host in each.hosts:
            blocks[f"host {host}"].add(each.pk)
    return (block for block in blocks.values() if 1 < len(block) <= LARGEST_BLOCK)


def _skeleton(name: str) -> str:
    """Its consonants, each once where it stands twice: what a slip of the pen mostly leaves."""
    return TWICE.sub(r"\1", VOWELS.sub("", name))


def _compared(one: Facts, other: Facts) -> Pair | None:
    if one.part_of == other.pk or other.part_of == one.pk:
        return None  # a programme and its fund
    if one.heir and one.heir == other.heir:
        return None  # known to go on as one
    likeness = max(
        fuzz.token_sort_ratio(name, another) / 100 for name in one.names for another in other.names
    )
    has_phone = not one.phones.isdisjoint(other.phones)
    has_host = not one.hosts.isdisjoint(other.hosts)
    if one.under:
        # What one organisation offers has its telephone and host as a matter of course.
        is_likely = likeness >= BY_NAME and (one.under == other.under or has_phone or has_host)
        if one.under != other.under and not is_likely:
            is_likely = has_phone and has_host and likeness >= WITH_ONE
    else:
        is_elsewhere = bool(one.state and other.state and one.state != other.state)
        least = {0: BY_NAME, 1: WITH_ONE, 2: WITH_BOTH}[has_phone + has_host]
        is_likely = likeness >= least and not (is_elsewhere and not (has_phone or has_host))
    if not is_likely:
        return None
    is_near = bool(one.city and (one.city, one.state) == (other.city, other.state))
    told = {
        Reason.NAME: likeness >= WITH_ONE,
        Reason.PHONE: has_phone,
        Reason.WEBSITE: has_host,
        Reason.PLACE: is_near,
    }
    score = min(1.0, 0.7 * likeness + 0.15 * has_phone + 0.1 * has_host + 0.05 * is_near)
    reasons = tuple(str(reason) for reason, holds in told.items() if holds)
    return Pair(min(one.pk, other.pk), max(one.pk, other.pk), round(score, 3), reasons)


# --- what is compared


def facts_of(model: type[Entry]) -> dict[int, Facts]:
    """The facts of all public entries and drafts of a kind, in a fixed number of queries."""
    return _of_organisations() if model is Organisation else _of_resources()


def _present(model: type[Entry]) -> Any:
    return model._default_manager.exclude(publication_state=PublicationState.WITHDRAWN).order_by()


def _of_organisations() -> dict[int, Facts]:
    rows = _present(Organisation).values_list("pk", "name", "city", "state__code", "website")
    facts = {
        pk: Facts(pk, [_as_compared(name)], state or "", fold(city), hosts=_hosts([website]))
        for pk, name, city, state, website in rows
    }
    _add_heirs(facts)
    for pk, name in OrganisationName.objects.values_list("organisation_id", "name"):
        if pk in facts:
            facts[pk].names.append(_as_compared(name))
    _add_phones(facts, OrganisationPhone.objects.values_list("organisation_id", "dial"))
    return facts


def _add_heirs(facts: Mapping[int, Facts]) -> None:
    """Follow the successors to the last one."""
    rows = Organisation.objects.exclude(successor=None).values_list("pk", "successor_id")
    successor = dict(rows)
    for pk, each in facts.items():
        seen, heir = {pk}, pk
        while heir in successor and successor[heir] not in seen:
            heir = successor[heir]
            seen.add(heir)
        each.heir = heir


def _of_resources() -> dict[int, Facts]:
    rows = _present(Resource).values_list(
        "pk", "name", "organisation_id", "part_of_id", "apply_url", "url"
    )
    facts = {
        pk: Facts(
            pk,
            [_as_compared(name)],
            under=organisation,
            part_of=programme or 0,
            hosts=_hosts(addresses),
        )
        for pk, name, organisation, programme, *addresses in rows
    }
    _add_phones(facts, ResourcePhone.objects.values_list("resource_id", "dial"))
    return facts


def _add_phones(facts: Mapping[int, Facts], rows: Iterable[tuple[int, str]]) -> None:
    for pk, dial in rows:
        if pk in facts and dial:
            facts[pk].phones.add(dial)


def _as_compared(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(name))) or name


def _hosts(addresses: Iterable[str]) -> set[str]:
    hosts = (url.split("/")[2].lower().split(":")[0] for url in addresses if url.count("/") > 1)
    return {host.removeprefix("www.") for host in hosts}


# --- what is kept of it


@transaction.atomic
def find_all(model: type[Entry]) -> int:
    """Keep the likely pairs of a kind anew; what a curator told apart stays so.

    Returns how many wait for a curator.
    """
    first, second = LikelyPair.columns(model)
    found = {(pair.first, pair.second): pair for pair in likely_pairs(facts_of(model))}
    of_kind = LikelyPair.objects.filter(**{f"{first}__isnull": False})
    kept = set(of_kind.exclude(told_apart_by=None).values_list(first, second))
    of_kind.filter(told_apart_by=None).delete()
    LikelyPair.objects.filter(organisation=None, resource=None).delete()
    fresh = [pair for key, pair in found.items() if key not in kept]
    for pairs in batched(fresh, A_BATCH):
        LikelyPair.objects.bulk_create(
            LikelyPair(
                **{f"{first}_id": pair.first, f"{second}_id": pair.second},
                score=pair.score,
                reasons=list(pair.reasons),
            )
            for pair in pairs
        )
    return len(fresh)


def tell_apart(pair: LikelyPair, *, by: Curator) -> None:
    """Say that the two are not one, for good."""
    LikelyPair.objects.filter(pk=pair.pk, told_apart_by=None).update(
        told_apart_by=by, told_apart_at=timezone.now()
    )


def like(model: type[Entry], name: str, *, apart_from: int = 0) -> Sequence[Entry]:
    """The entries whose name, or another name of theirs, is like this one, the likeliest first.

    For somebody who is typing the name of a new entry; `apart_from` is a primary key left out.
    """
    wanted = _as_compared(name[:200])
    if len(wanted) < 3:
        return []
    names = list(_present(model).values_list("pk", "name"))
    if model is Organisation:
        names += OrganisationName.objects.values_list("organisation_id", "name")
    compared = [_as_compared(each) for _pk, each in names]
    found = process.extract(
        wanted, compared, scorer=fuzz.token_sort_ratio, limit=20, score_cutoff=WHILE_TYPED * 100
    )
    pks = list(dict.fromkeys(names[place][0] for _name, _score, place in found))
    entries = _present(model).in_bulk([pk for pk in pks if pk != apart_from])
    return [entries[pk] for pk in pks if pk in entries][:MOST_WHILE_TYPED]
