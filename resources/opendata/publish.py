"""Publishes an edition: goes through everything once, and hands each document to every format."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from django.utils.translation import override

from resources.files import locked
from resources.hsds.telling import Telling
from resources.hsds.terms import taxonomy_document, term_document
from resources.hsds.vocabulary import TAXONOMIES
from resources.opendata import changes, entries, folder
from resources.opendata.about import About
from resources.opendata.compiled import Compiled
from resources.opendata.folder import Published
from resources.opendata.lines import Lines
from resources.opendata.snapshot import at_one_edition
from resources.opendata.tables import Tables
from resources.opendata.writer import Writer

KINDS = ("organizations", "services", "taxonomy_terms", "tombstones")
FORMATS: tuple[type[Writer], ...] = (Compiled, Lines, Tables)


def publish(root: Path, *, today: dt.date, publisher: str, site: str, keep: int) -> Published:
    """Publish the newest edition as of `today`; keep so many editions, this one among them.

    `site`: the public address without last slash, which addresses in the files begin with. The same
    edition and day give the same files. Raises `files.Taken` and `snapshot.Busy`.
    """
    with locked(root), override("en"), at_one_edition(today) as directory:
        about = About(directory.edition, today, publisher, site)
        telling = Telling(directory, lambda path: f"{site}{path}")
        with folder.draft(root) as draft:
            written = _write(draft, about, telling)
            counts = {**written, **changes.write(draft, about, _before(root, about))}
            _write_about(draft, about, counts)
            return folder.publish(
                root,
                draft,
                name=about.name,
                edition=about.edition,
                day=today.isoformat(),
                counts=counts,
                keep=keep,
            )


def _before(root: Path, about: About) -> Published | None:
    """The edition to compare with: the newest before this one, not this one when made again."""
    own = (about.day.isoformat(), about.edition)
    earlier = [
        one
        for one in folder.listed(root)
        if (one.day, one.edition) < own and one.edition <= about.edition
    ]
    return max(earlier, key=lambda one: (one.day, one.edition), default=None)


def _write(draft: Path, about: About, telling: Telling) -> Counter[str]:
    """Write every format; how many documents of which kind there were."""
    counts = Counter(dict.fromkeys(KINDS, 0))
    with ExitStack() as opened:
        writers = []
        for format_ in FORMATS:
            writers.append(format_(draft, about, entries.count()[0]))
            opened.callback(writers[-1].close)
        for taxonomy in TAXONOMIES.values():
            document = taxonomy_document(taxonomy)
            for writer in writers:
                writer.taxonomy(document)
        for term in telling.vocabulary.by_id.values():
            document = term_document(term, telling)
            counts["taxonomy_terms"] += 1
            for writer in writers:
                writer.term(document)
        for document, services in entries.organisations(telling):
            counts["organizations"] += 1
            for writer in writers:
                writer.organisation(document)
            for service in services:
                counts["services"] += 1
                for writer in writers:
                    writer.service(service)
        for document in entries.tombstones():
            counts["tombstones"] += 1
            for writer in writers:
                writer.tombstone(document)
        for writer in writers:
            writer.finish()
    return counts


def _write_about(draft: Path, about: About, counts: Mapping[str, int]) -> None:
    (draft / "README.txt").write_text(about.readme())
    (draft / "LICENSE.txt").write_text(about.license())
    document = {**about.document(), "counts": counts}
    (draft / "edition.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
