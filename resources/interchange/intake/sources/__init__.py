"""Fetch: what somebody publishes in HSDS 3.x, from a file, a folder, a zip or an API, into a stage.

    entities   what HSDS calls its records, and how they belong to each other
    files      a file, a folder or a zip        members, letters  what is in it, as bytes in UTF-8
    building   JSON as a stream of records      csv_files  rows   tables  put together to records
    values     one record within the bounds     shapes     lists where lists belong
    placing    a nested record into the stage, its organization and its services by themselves
    circles    records that stand under themselves
    api/       an HSDS API, page by page

A stage holds afterwards, each as `Raw` with its id:

    organization   as HSDS nests it, without "services"
    service        as HSDS nests it, without "organization": "organization_id" is always there, and
                   the stage has that organization
    taxonomy_term  of lists, and those that are only named by attributes
    taxonomy       of lists, and those that are only told in terms

Lists of parts (`phones`, `service_at_locations`) are lists of objects where they are there at all.
What was wrong with one record stands among `Stage.problems`; it alone was not taken.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TextIO

from resources.interchange.intake.sources.api.asking import Asking
from resources.interchange.intake.sources.api.bringing import base_of, bring_in_api
from resources.interchange.intake.sources.brought import Brought
from resources.interchange.intake.sources.entities import WHOLE
from resources.interchange.intake.sources.files import bring_in_files
from resources.interchange.intake.stage import Stage
from resources.interchange.refusal import Problem, Refused

__all__ = ["Brought", "bring_in", "is_address"]

AGENT = "DirectoryImport/1.0"


def is_address(source: str) -> bool:
    """Whether a source is on the web, and no path."""
    return source.lower().startswith(("http://", "https://"))


def bring_in(
    source: str,
    stage: Stage,
    *,
    modified_after: str | None = None,
    page: str = "",
    show: TextIO | None = None,
) -> Brought:
    """Put what `source` holds into a stage: a path, or the root address of an HSDS 3 API.

    `modified_after` (ISO 8601) asks an API for what changed since. `page` is the address of a page
    that says who we are, for its owner. Progress is written to `show`. A stage is for one source
    and one fetch: a fetch from an API that was stopped goes on, one that was finished is not made
    again. Raises `Refused` where the source cannot be read; of an API, what came before is kept.
    """
    began = _begun(stage, {"source": source, "modified_after": modified_after or ""})
    left: dict[str, int] = {}
    passed_over: tuple[str, ...] = ()
    about: dict[str, str] = json.loads(stage.remembered("about") or "{}")
    if not stage.remembered("finished"):
        if is_address(source):
            agent = f"{AGENT} (+{page})" if page else AGENT
            asking = Asking(base_of(source), agent)
            about = bring_in_api(asking, stage, show, modified_after=modified_after)
        elif modified_after:
            cure = "Only an API can be asked for what was modified since. Leave that out."
            raise Refused([Problem(source, "", "", cure)])
        else:
            left, passed_over = bring_in_files(Path(source), stage, show)
        stage.remember("about", json.dumps(about))
        stage.remember("finished", "yes")
        stage.keep()
    counts = {entity: stage.count(entity) for entity in WHOLE}
    return Brought(counts, began, left, passed_over, **about)


def _begun(stage: Stage, asked: dict[str, str]) -> str:
    """When this fetch began. Raises `Refused` for a stage that holds another."""
    before = stage.remembered("asked")
    if before is None:
        stage.remember("asked", json.dumps(asked))
        stage.remember("began", dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))
    elif json.loads(before) != asked:
        cure = f"The stage holds {json.loads(before)['source']} already. Use another file for it."
        raise Refused([Problem(asked["source"], "", "", cure)])
    return stage.remembered("began") or ""
