"""Saves what was taken in, a batch after the other: each is saved whole, or not at all.

Killed between two batches, or in the midst of one, it leaves whole batches; run again, it finds
what it saved by the ids of the source, and goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from resources import publishing
from resources.batches import batched
from resources.documents import Document
from resources.interchange.intake.report import Report
from resources.interchange.intake.saving import changing
from resources.interchange.intake.saving.changing import Changed
from resources.interchange.intake.saving.creating import DRAFT, Creator, New
from resources.interchange.intake.saving.known import REFERENCES, Key, Known, references
from resources.interchange.intake.saving.naming import Names
from resources.interchange.intake.saving.wishes import Wishes
from resources.interchange.intake.taken import Taken
from resources.interchange.intake.texts import room_in
from resources.models import Organisation, Origin, Resource

BATCH = 500


class Saver:
    """Takes in the records of one source; `report` tells what became of them."""

    def __init__(self, wishes: Wishes) -> None:
        self.report = Report()
        self._wishes = wishes
        self._creator = Creator()
        self._names = {model: Names(model) for model in (Organisation, Resource)}
        self._coming: dict[Key, str] = {}  # new in this run -> slug
        self._met: set[Key] = set()

    def save(self, taken: Iterable[Taken], tell: Callable[[int], object]) -> None:
        """Save records; those that others refer to come first. `tell` hears how many are done."""
        for batch in batched(taken, BATCH):
            with transaction.atomic():
                if not self._wishes.preview:
                    publishing.lock()
                self._save_batch(batch)
            self._creator.keep_plans_right()
            tell(len(batch))

    def look_for_what_is_gone(self) -> None:
        """Report what was taken from this source once and was not met now."""
        rows = Origin.objects.filter(source=self._wishes.source).order_by("kind", "identifier")
        found = rows.values_list("kind", "identifier").iterator()
        self.report.gone += [f"{kind} {own}" for kind, own in found if (kind, own) not in self._met]

    def _save_batch(self, batch: Sequence[Taken]) -> None:
        for model in (Organisation, Resource):
            group = [one for one in batch if one.model is model]
            # One that refers to another of the same batch has to wait for its slug.
            while group:
                identifiers = {one.identifier for one in group}
                waiting = [one for one in group if _waits(one, identifiers)]
                is_circle = len(waiting) == len(group)
                held = set() if is_circle else {one.identifier for one in waiting}
                self._save_ready([one for one in group if one.identifier not in held])
                group = [] if is_circle else waiting

    def _save_ready(self, batch: Sequence[Taken]) -> None:
        known = Known.of(batch, self._wishes.source)
        self._met |= {(one.model.KIND, one.identifier) for one in batch}
        new: list[tuple[Taken, Document]] = []
        changed: list[Changed] = []
        for one in batch:
            self._count(one)
            document = self._resolved(one, known)
            if document is None:
                continue
            public_id = known.public_id(one.model, one.identifier, self._wishes.source)
            origin = known.origins.get((one.model.KIND, one.identifier))
            standing = known.entries.get(public_id)
            if standing is not None:
                changed.append(Changed(one, standing, public_id, document, origin))
            elif origin is not None:
                self.report.kept.append(f"{one.label}: it was deleted here")
            else:
                new.append((one, document))
        self._create(new, known)
        self._change(changed)

    def _count(self, one: Taken) -> None:
        self.report.guessed.update(one.guessed)
        self.report.left.update(one.left)

    def _resolved(self, one: Taken, known: Known) -> Document | None:
        """The document with slugs for what it refers to; None, and a problem, without them."""
        found = dict(one.document)
        for name, model, identifier in references(one):
            public_id = known.public_id(model, identifier, self._wishes.source)
            standing = known.entries.get(public_id)
            slug = standing.slug if standing else self._coming.get((model.KIND, identifier))
            if slug is None:
                cure = f"It refers to {model.KIND} “{identifier}”, which is not there, or refused."
                self.report.refused.append(one.problem(name, cure))
                return None
            found[name] = slug
        if one.model is Resource and not found.get("organisation"):
            cure = "It does not say which organization runs it. Add that."
            self.report.refused.append(one.problem("organisation", cure))
            return None
        return found

    # --- what is new

    def _create(self, given: Sequence[tuple[Taken, Document]], known: Known) -> None:
        if not given:
            return
        model, source = given[0][0].model, self._wishes.source
        wanted = {known.public_id(model, one.identifier, source): (one, d) for one, d in given}
        slugs = self._names[model].give({own: _naming(d) for own, (_, d) in wanted.items()})
        new = [
            New(one, own, {**one.judged().whole, **_referring(one, document), "slug": slugs[own]})
            for own, (one, document) in wanted.items()
        ]
        complaints = self._creator.complaints(new)
        for one in new:
            for name, cures in complaints.get(one.public_id, {}).items():
                self.report.refused += [one.taken.problem(name, cure) for cure in cures]
        good = [one for one in new if one.public_id not in complaints]
        self._coming |= {(model.KIND, one.taken.identifier): slugs[one.public_id] for one in good}
        self.report.new += [one.taken.label for one in good]
        if self._wishes.preview:
            self.report.drafts += 0 if self._wishes.publish else len(good)
        elif good:
            versions = self._creator.create(good, self._wishes)
            self.report.drafts += versions.count(DRAFT)
            pairs = zip(good, versions, strict=True)
            self._remember([(one.taken, one.public_id, version) for one, version in pairs])

    def _remember(self, taken: Sequence[tuple[Taken, UUID, int]]) -> None:
        now = timezone.now()
        Origin.objects.bulk_create(
            Origin(
                source=self._wishes.source,
                kind=one.model.KIND,
                identifier=one.identifier,
                public_id=public_id,
                version=version,
                digest=one.judged().digest,
                place=f"{one.file} {one.place}"[: room_in(Origin, "place")],
                first_taken_at=now,
                taken_at=now,
            )
            for one, public_id, version in taken
        )

    # --- what is there

    def _change(self, given: Sequence[Changed]) -> None:
        changed = []
        for one in given:
            if one.origin is not None and one.origin.digest == one.taken.judged().digest:
                self.report.unchanged += 1
            else:
                changed.append(one)
        if not changed:
            return
        bases, now = changing.bases(changed), changing.said_now(changed)
        touched = changing.touched(changed, self._wishes.machine)
        for one in changed:
            said = one.differing(bases.get(one.public_id, {}), now[one.standing.pk])
            self._follow(one, said, bases.get(one.public_id, {}), one.public_id in touched)

    def _follow(self, one: Changed, said: Document, base: Document, is_somebodys: bool) -> None:
        """Let the entry follow its source, or propose that, or leave it and say why."""
        version = None
        is_ours = one.origin is not None and not is_somebodys
        if not said:
            self.report.unchanged += 1
        elif is_ours and (one.standing.is_draft or self._wishes.publish):
            version = self._written(one, said)
            if version is None:
                return
        elif not one.standing.is_published:
            why = "somebody works on it here" if one.standing.is_draft else "it was withdrawn here"
            self.report.kept.append(f"{one.taken.label}: {why}")
            return
        elif why := self._proposed(one, said, base):
            self.report.kept.append(f"{one.taken.label}: {why}")
            return
        else:
            self.report.proposed.append(f"{one.taken.label}: {', '.join(said)}")
        if not self._wishes.preview:
            self._note(one, version)

    def _written(self, one: Changed, said: Document) -> int | None:
        """The new version; None, and a problem, where it cannot be written."""
        version = 0
        if not self._wishes.preview:
            try:
                with transaction.atomic():
                    version = changing.write(one, said, self._wishes)
            except ValidationError as error:
                self.report.refused += [
                    one.taken.problem(name, cure)
                    for name, cures in error.message_dict.items()
                    for cure in cures
                ]
                return None
        self.report.changed.append(f"{one.taken.label}: {', '.join(said)}")
        return version

    def _proposed(self, one: Changed, said: Document, base: Document) -> str:
        if self._wishes.preview:
            return ""
        return changing.propose(one, said, base, self._wishes)

    def _note(self, one: Changed, version: int | None) -> None:
        """Keep what the source says now, so that it is not told again."""
        if one.origin is None:
            self._remember([(one.taken, one.public_id, one.standing.version)])
            return
        row = one.origin
        row.digest, row.taken_at = one.taken.judged().digest, timezone.now()
        row.version = version or row.version
        row.save(update_fields=["digest", "taken_at", "version"])


def _referring(one: Taken, document: Document) -> Document:
    """Of a document, what refers to other entries."""
    return {name: document[name] for name in REFERENCES[one.model] if name in document}


def _naming(said: Document) -> tuple[str, str, str]:
    return said.get("slug") or "", said.get("name") or "", said.get("organisation") or ""


def _waits(one: Taken, identifiers: set[str]) -> bool:
    """Whether it refers to one of its own kind among these."""
    return any(model is one.model and own in identifiers for _name, model, own in references(one))
