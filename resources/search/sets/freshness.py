"""The newest edition in memory: from the one before, by what was published since.

A process keeps one `Directory`. The request that sees a newer edition takes in what little has
changed, in milliseconds; of much, a thread makes the next directory beside the present one, and
requests go on with that. A new day is a new directory too. A process that starts takes the stored
snapshot and what was published since; only where there is none it reads all rows.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db import DatabaseError, connections
from pyroaring import BitMap

from directory.databases import reading
from directory.databases.configuration import PRIMARY
from resources.batches import batched
from resources.models import Edition, Organisation, Publication, PublicationState, Resource
from resources.search.sets import snapshot, tags
from resources.search.sets.directory import Directory
from resources.search.sets.places import read_places
from resources.search.sets.terms import VOCABULARIES, Terms, read_terms

# So many changed resources a request takes in itself; more of them are taken in beside it.
MOST_AT_ONCE = 200
# Where more than this part of all has changed, reading everything is the shorter way.
MOST_OF_ALL = 0.2
# So many names are put among the others one by one, which asks the database for twenty each.
MOST_PLACED = 500
# A snapshot is made anew after so many changes, of a directory so large that reading it takes long.
CHANGES_PER_SNAPSHOT, WORTH_A_SNAPSHOT = 2_000, 5_000

# What the sets hold of an organisation, as the fields of its published document.
OF_ORGANISATION = frozenset({"category", "makers", "phones", "city", "state"})
TERMS = frozenset(model.KIND for model, _value in VOCABULARIES.values())

_log = logging.getLogger("resources.search")
_current: Directory | None = None
# Held while a request makes the next directory, which takes milliseconds; the first takes longer.
_changing = threading.Lock()
# Makes a directory that takes longer, beside the present one.
_beside: threading.Thread | None = None


@dataclass(frozen=True)
class Changes:
    """What was published after an edition: the resources that it touches, and what else.

    `named`: the resources of which the name is new. `shown`: those of which a list may say
    something else now, such as their organisation's name; None where that may be all of them.
    """

    resources: BitMap
    named: BitMap
    shown: BitMap | None
    organisations: bool
    terms: Terms | None


def current(today: dt.date) -> Directory:
    """The directory of the newest edition on this day; while a thread makes that, the one before.

    Waits for the first one of a process, and for milliseconds while what little has changed is
    taken in. Editions never fall: after a backup is put back, processes have to be started anew.

    A replica may still have an older one than this process has from elsewhere. Raises
    `reading.Behind` where another database can be asked; else the newest, to be shown once: what is
    made of older rows would be kept as new.
    """
    edition = Edition.current()
    found = _current
    if found is None or not (_is_behind(found, edition) or _is_as_new(found, edition, today)):
        with _changing:
            found = _newest(edition, today)
    if not _is_behind(found, edition):
        return found
    if reading.has_others():
        raise reading.Behind
    return (found if found.today == today else replace(found, today=today, memory={})).passing()


def _newest(edition: int, today: dt.date) -> Directory:
    kept = _current
    if kept is None:
        return _keep(_start(edition, today))
    if _is_behind(kept, edition) or _is_as_new(kept, edition, today):
        return kept
    return _renewed(kept, edition, today)


def _is_behind(directory: Directory, edition: int) -> bool:
    """Whether what is read from has only come to this edition: never what is written to."""
    return edition < directory.edition and reading.alias() != PRIMARY


def _is_as_new(directory: Directory, edition: int, today: dt.date) -> bool:
    return directory.edition >= edition and directory.today == today


def _renewed(kept: Directory, edition: int, today: dt.date) -> Directory:
    """The next directory; the present one where a thread makes the next."""
    global _beside
    edition = max(edition, kept.edition)
    if _beside is not None and _beside.is_alive():
        return kept
    changes = _changes(kept, edition)
    if len(changes.resources) <= MOST_AT_ONCE:
        return _keep(_with_changes(kept, edition, today, changes))
    _beside = threading.Thread(
        target=_renew, args=(kept, edition, today, reading.alias()), daemon=True
    )
    _beside.start()
    return kept


def _renew(kept: Directory, edition: int, today: dt.date, alias: str) -> None:
    """What the thread does: it reads where the request does that began it."""
    reading.read_from(alias)
    try:
        _keep(_caught_up(kept, edition, today))
    except Exception:
        _log.exception("The sets could not be renewed; they stay at edition %s", kept.edition)
    finally:
        connections.close_all()


def forget() -> None:
    """Drop what this process remembers, as tests do when they put the database back."""
    global _current
    if _beside is not None:
        _beside.join()
    _current = None


def _keep(directory: Directory) -> Directory:
    global _current
    _current = directory
    return directory


def _start(edition: int, today: dt.date) -> Directory:
    """The directory for a process that has none."""
    stored = snapshot.load(today, edition)
    return build(edition, today) if stored is None else _caught_up(stored, edition, today)


def _caught_up(before: Directory, edition: int, today: dt.date) -> Directory:
    """The directory of a later edition, by whichever way is the shorter."""
    changes = _changes(before, edition)
    if len(changes.resources) > MOST_OF_ALL * len(before.everything):
        return build(edition, today)
    directory = _with_changes(before, edition, today, changes)
    if directory.unsaved > CHANGES_PER_SNAPSHOT:
        return _saved(directory)
    return directory


def build(edition: int, today: dt.date) -> Directory:
    """Read the published resources and the vocabularies into a `Directory`."""
    directory = Directory(
        edition=edition,
        today=today,
        said=tags.read(tags.published()),
        places=read_places(),
        terms=read_terms(),
        organisations=_organisations(),
        successors=_successors(),
        since=edition,
    )
    return _saved(directory)


def _saved(directory: Directory) -> Directory:
    """The directory, kept in the database for those that start later, if it is large."""
    if len(directory.everything) < WORTH_A_SNAPSHOT:
        return directory
    try:
        snapshot.save(directory)
    except DatabaseError as error:  # whoever starts later reads all rows
        _log.warning("The sets could not be stored: %s", type(error).__name__)
        return directory
    return replace(directory, unsaved=0)


def _organisations() -> int:
    return Organisation.objects.filter(publication_state=PublicationState.PUBLISHED).count()


def _successors() -> dict[int, int]:
    rows = Organisation.objects.filter(successor__isnull=False).order_by()
    return dict(rows.values_list("pk", "successor_id"))


def _changes(before: Directory, edition: int) -> Changes:
    """What was published after the edition of `before`, up to this one."""
    if before.edition == edition:
        return Changes(BitMap(), BitMap(), BitMap(), organisations=False, terms=None)
    rows = Publication.objects.since(before.edition).filter(edition__lte=edition)
    resources, renamed, organisations, retagged = set(), set(), set(), set()
    kinds = set()
    for kind, public_id, fields in rows.values_list("kind", "public_id", "fields").iterator():
        kinds.add(kind)
        if kind == Resource.KIND:
            resources.add(public_id)
            renamed |= {public_id} if "name" in fields else set()
        elif kind == Organisation.KIND:
            organisations.add(public_id)
            retagged |= set() if OF_ORGANISATION.isdisjoint(fields) else {public_id}
    terms = None if TERMS.isdisjoint(kinds) else read_terms()
    own = BitMap(_keys(public_id__in=resources))
    touched = own | BitMap(_keys(organisation__public_id__in=retagged))
    touched |= _funds_of(touched) | (_of_lost_terms(before, terms) if terms else BitMap())
    new = BitMap(pk for pk in own if pk not in before.places)
    return Changes(
        resources=touched,
        named=new | BitMap(_keys(public_id__in=renamed)),
        shown=touched | BitMap(_keys(organisation__public_id__in=organisations))
        if kinds and terms is None
        else None,
        organisations=Organisation.KIND in kinds,
        terms=terms,
    )


def _keys(**asked: set[Any]) -> Iterator[int]:
    """The primary keys of the resources of which one column has one of these values."""
    ((column, wanted),) = asked.items()
    for batch in batched(wanted, tags.BATCH):
        rows = Resource.objects.filter(**{column: batch}).order_by()
        yield from rows.values_list("pk", flat=True)


def _funds_of(programmes: Iterable[int]) -> BitMap:
    """The funds of these programmes, and the funds of those: they take from them what is blank."""
    found, level = BitMap(), set(programmes)
    for _level in range(tags.MOST_LEVELS):
        level = set(_keys(part_of__in=level))
        found |= BitMap(level)
    return found


def _of_lost_terms(before: Directory, terms: Terms) -> BitMap:
    """The resources of the terms that are no more, or have another slug."""
    lost = (
        before.tags_of_any(facet, set(before.said[facet]) - set(known))
        for facet, known in terms.items()
    )
    return BitMap.union(BitMap(), *lost)


def _with_changes(before: Directory, edition: int, today: dt.date, changes: Changes) -> Directory:
    """The directory before, with these changes taken in: what they touch is read anew."""
    touched = changes.resources
    return replace(
        before,
        edition=edition,
        today=today,
        said=before.said.with_changes(touched, tags.read(touched)) if touched else before.said,
        places=_places(before, changes.named),
        terms=before.terms if changes.terms is None else changes.terms,
        organisations=_organisations() if changes.organisations else before.organisations,
        successors=_successors() if changes.organisations else before.successors,
        unsaved=before.unsaved + len(touched),
        memory={},
        **_shown(before, edition, changes.shown),
    )


def _shown(before: Directory, edition: int, changed: BitMap | None) -> dict[str, Any]:
    """Since when what lists say of each resource is the same."""
    if changed is None or len(before.changed_in) > CHANGES_PER_SNAPSHOT:
        return {"since": edition, "changed_in": {}}
    return {"changed_in": {**before.changed_in, **dict.fromkeys(changed, edition)}}


def _places(before: Directory, named: BitMap) -> Any:
    if len(named) > MOST_PLACED:
        return read_places()
    return before.places.with_changes(named, cache(_name_of)) if named else before.places


def _name_of(pk: int) -> str:
    return Resource.objects.filter(pk=pk).values_list("name", flat=True).first() or ""
