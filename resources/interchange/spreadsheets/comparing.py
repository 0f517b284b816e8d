"""What the rows of a sheet would change, each beside what its entry says today.

A cell counts as changed where it differs from what was exported: from today's text where the row
has today's version, else from that of the version that it has. So a cell that nobody touched never
puts an old text back, and a file that comes back as it went changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources import documents
from resources.batches import batched
from resources.cycles import UPWARDS, loop_through, way_around
from resources.documents import Document
from resources.interchange.spreadsheets import cells, sense
from resources.interchange.spreadsheets.columns import (
    SLUG,
    STATE,
    VERSION,
    Column,
    by_name,
)
from resources.interchange.spreadsheets.parts import Parts
from resources.interchange.spreadsheets.reading import Row
from resources.interchange.spreadsheets.widgets import (
    Listed,
    Reference,
    References,
    refuse_unknown,
)
from resources.models import (
    Entry,
    FormerSlug,
    Publication,
    PublicationState,
    Recorded,
    SheetRow,
    State,
    public_id_for,
)
from resources.models.recorded import SLUG_LENGTH, slug_validator
from resources.search.clashes import Edited, clashes

A_BATCH = 500
UNREAD = object()

Sort = SheetRow.Sort
Target = tuple[type[Recorded], str]


@dataclass
class Compared:
    """What became of one row. `was` and `changes`: of the fields that would change, as documents
    have them; `since`: what somebody changed after the export, as pairs of then and today;
    `words`: names that it adds and that mean something already."""

    number: int
    slug: str
    sort: str = Sort.SAME
    name: str = ""
    public_id: UUID | None = None
    version: int | None = None
    was: Document = field(default_factory=dict)
    changes: Document = field(default_factory=dict)
    since: dict[str, list[Any]] = field(default_factory=dict)
    problems: list[sense.Finding] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    is_public: bool = False

    @property
    def is_new(self) -> bool:
        return self.sort == Sort.NEW

    def add(self, column: str, problem: str) -> None:
        """Say what is wrong with a cell."""
        self.problems.append((column, problem))


def compared(model: type[Entry], rows: Iterable[Row]) -> Iterator[Compared]:
    """What each row would change, some at a time."""
    seen: dict[str, int] = {}
    for some in batched(rows, A_BATCH):
        yield from _Some(model, some, seen).compared()


class _Some:
    """Some rows, with everything that is asked of the database for all of them at once."""

    def __init__(self, model: type[Entry], rows: Sequence[Row], seen: dict[str, int]) -> None:
        self.model, self.rows, self.seen = model, rows, seen
        self.columns = by_name(model)
        self.entries = self._found({row.texts[SLUG].strip() for row in rows})
        pks = {entry.pk for entry in self.entries.values()}
        self.today = documents.read_many(model, pks) if pks else {}
        self.exported = self._exported()

    def _found(self, slugs: set[str]) -> dict[str, Entry]:
        """The entries by slug; also by one that they had."""
        former = FormerSlug.objects.filter(kind=self.model.KIND, slug__in=slugs)
        moved = dict(former.values_list("public_id", "slug"))
        found = {each.slug: each for each in self.model._default_manager.filter(slug__in=slugs)}
        for each in self.model._default_manager.filter(public_id__in=moved):
            found.setdefault(moved[each.public_id], each)
        return found

    def _exported(self) -> dict[tuple[UUID, int], Document]:
        """What entries said at the versions of rows that are not today's."""
        asked: set[tuple[UUID, int]] = set()
        for row in self.rows:
            entry, version = self.entries.get(row.texts[SLUG].strip()), _number(row)
            if entry is not None and version is not None and version < entry.version:
                asked.add((entry.public_id, version))
        if not asked:
            return {}
        found = Publication.objects.filter(
            kind=self.model.KIND,
            public_id__in={public_id for public_id, _version in asked},
            version__in={version for _public_id, version in asked},
        )
        return {
            (each.public_id, each.version): each.document
            for each in found.iterator()
            if (each.public_id, each.version) in asked
        }

    def compared(self) -> Iterator[Compared]:
        found = [self._row(row) for row in self.rows]
        self._refuse_missing(found)
        for each in found:
            if each.problems:
                each.sort = Sort.WRONG
        self._look_up_words([each for each in found if each.changes and not each.problems])
        return iter(found)

    def _look_up_words(self, found: Sequence[Compared]) -> None:
        """Note the names that rows add and that mean something already."""
        told = clashes([self._edited(each) for each in found])
        for each, its in zip(found, told, strict=True):
            each.words = [clash.word for clash in its]

    def _edited(self, result: Compared) -> Edited:
        entry = self.entries.get(result.slug)
        if entry is None:
            document = {**self._blank(), **result.changes, SLUG: result.slug}
            return Edited(self.model(slug=result.slug), {}, document)
        before = self.today[entry.pk]
        return Edited(entry, before, {**before, **result.changes})

    def _row(self, row: Row) -> Compared:
        slug = row.texts[SLUG].strip()
        entry = self.entries.get(slug)
        result = Compared(row.number, slug[:SLUG_LENGTH], name=str(entry) if entry else "")
        result.problems += row.troubles.items()
        if not slug:
            told = _("It is empty. By the slug an entry is known; a new one needs one as well.")
            result.add(SLUG, told)
            return result
        key = entry.slug if entry else slug
        if key in self.seen:
            told = _("Row %d is about the same entry. Take one of the two out.")
            result.add(SLUG, told % self.seen[key])
            return result
        self.seen[key] = row.number
        if entry is None:
            self._new(row, result)
        else:
            self._known(row, result, entry)
        return result

    # --- an entry that there is

    def _known(self, row: Row, result: Compared, entry: Entry) -> None:
        result.public_id, result.version = entry.public_id, entry.version
        today = {**self.today[entry.pk], STATE: entry.publication_state}
        version, base = _number(row), today
        if version is None and row.texts.get(VERSION, "").strip():
            result.add(VERSION, _("It is no number. Export the entry again."))
            return
        if version is not None and version != entry.version:
            exported = self.exported.get((entry.public_id, version))
            if exported is None:
                told = _("There is no version %d of this entry. Export the entry again.")
                result.add(VERSION, told % version)
                return
            base = exported
        result.changes = self._changes(row, result, base, today)
        if not result.changes:
            return
        result.was = {name: today[name] for name in result.changes}
        result.sort = Sort.CHANGED
        if base is not today:
            result.sort = Sort.DISPUTED
            result.since = {
                name: [base[name], today[name]]
                for name, column in self.columns.items()
                if name in base and not column.readonly
                if not column.same(base[name], today[name])
            }
        if not result.problems:
            self._judge(result, today, {**today, **result.changes})
            self._refuse_what_is_not_public(result, entry)

    def _changes(self, row: Row, result: Compared, base: Document, today: Document) -> Document:
        """The fields in which a row says something else than was exported, and than today."""
        changes: Document = {}
        for name, text in row.texts.items():
            column = self.columns.get(name)
            if column is None or name not in base or name in row.troubles:
                continue
            if text == column.text(base) or text == cells.TOO_LONG:
                continue
            if column.readonly:
                if text.strip() != column.text(base):
                    result.ignored.append(name)
                continue
            value = self._read(column, text, result, today)
            if value is UNREAD or column.same(value, base[name]) or column.same(value, today[name]):
                continue
            changes[name] = value
        return changes

    def _judge(self, result: Compared, before: Document, after: Document) -> None:
        """Add what contradicts itself then, and does not already today."""
        columns = set(result.changes)
        already = sense.problems(self.model, before, set()) if before else []
        for column, told in sense.problems(self.model, after, columns):
            if (column, told) not in already:
                result.add(column, told)

    def _refuse_what_is_not_public(self, result: Compared, entry: Entry) -> None:
        if entry.is_published and result.changes.get("sources") == []:
            result.add("sources", _("It is public, so it needs a source."))
        for name in set(UPWARDS[self.model]) & result.changes.keys():
            target = self.model._default_manager.filter(slug=result.changes[name]).first()
            loop = loop_through(entry, [target]) if target else []
            if loop:
                result.add(name, _("It would be a circle: %s. Choose another.") % way_around(loop))
        result.is_public = entry.is_published

    # --- an entry that there is not

    def _new(self, row: Row, result: Compared) -> None:
        if _number(row):
            told = _(
                "There is no entry with this slug, yet the row has a version. Is the slug "
                "misspelled? For a new entry, leave the version empty."
            )
            result.add(SLUG, told)
            return
        try:
            slug_validator(row.texts[SLUG].strip())
        except ValidationError as refusal:
            result.add(SLUG, " ".join(refusal.messages))
            return
        if len(row.texts[SLUG].strip()) > SLUG_LENGTH:
            result.add(SLUG, _("It is too long: %d characters are the most.") % SLUG_LENGTH)
            return
        result.sort = Sort.NEW
        blank = self._blank()
        for name, text in row.texts.items():
            column = self.columns.get(name)
            if column is None or column.readonly or not text.strip() or name in row.troubles:
                continue
            value = self._read(column, text, result, blank)
            if value is not UNREAD:
                result.changes[name] = value
        document = {**blank, **result.changes, SLUG: result.slug}
        result.name = str(document["name"])[:150]
        if not result.problems:
            plain = {each.name for each in documents.plain_fields(self.model)}
            for finding in sense.problems(self.model, document, plain):
                result.add(*finding)

    def _blank(self) -> Document:
        """What an entry says that says nothing yet."""
        document: Document = {
            each.name: None if each.is_relation else each.get_default()
            for each in documents.plain_fields(self.model)
        }
        document |= {each.name: [] for each in self.model._meta.many_to_many}
        return document | {name: [] for name in documents.part_relations(self.model)}

    # --- what both have

    def _read(self, column: Column, text: str, result: Compared, today: Document) -> Any:
        """The value that a cell says; `UNREAD`, with the problem added, where it says none."""
        try:
            value = column.clean({column.name: text})
            if isinstance(column.widget, Listed):
                refuse_unknown(column.widget, value, today[column.name] or [])
        except ValueError as error:
            result.add(column.name, str(error))
            return UNREAD
        return value

    def _refuse_missing(self, found: Sequence[Compared]) -> None:
        """Add what rows refer to that is not there, or is not public and would have to be."""
        referred = [
            (result, column, target)
            for result in found
            for column, value in result.changes.items()
            for target in _referred(self.columns[column], value)
        ]
        there, hidden = _there({target for _result, _column, target in referred})
        for result, column, target in referred:
            model, reference = target
            if target not in there:
                told = _("There is no %(kind)s “%(slug)s”.")
                kind = model._meta.verbose_name
                result.add(column, told % {"kind": kind, "slug": reference})
            elif target in hidden and result.is_public:
                told = _("“%s” is not public, and this entry is. Publish that one first.")
                result.add(column, told % reference)
        born = {public_id_for(self.model.KIND, each.slug): each for each in found if each.is_new}
        taken = self.model._default_manager.filter(public_id__in=born)
        for public_id in taken.values_list("public_id", flat=True):
            told = _("This slug was that of another entry. Choose another.")
            born[public_id].add(SLUG, told)


def _number(row: Row) -> int | None:
    text = row.texts.get(VERSION, "").strip().removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _referred(column: Column, value: Any) -> Iterator[Target]:
    match column.widget:
        case Parts() as parts:
            yield from parts.references(value)
        case References() as many:
            yield from ((many.target, each) for each in value)
        case Reference() as one if value:
            yield one.target, value


def _there(targets: set[Target]) -> tuple[set[Target], set[Target]]:
    """Which of these there are, and which of those are not public."""
    there: set[Target] = set()
    hidden: set[Target] = set()
    models: set[Any] = {model for model, _reference in targets}
    for model in models:
        key = "code" if model is State else "slug"
        wanted = {reference for one, reference in targets if one is model}
        found = model._default_manager.filter(**{f"{key}__in": wanted})
        there |= {(model, each) for each in found.values_list(key, flat=True)}
        if issubclass(model, Entry):
            drafts = found.exclude(publication_state=PublicationState.PUBLISHED)
            hidden |= {(model, each) for each in drafts.values_list(key, flat=True)}
    return there, hidden
