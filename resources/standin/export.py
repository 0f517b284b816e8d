"""Writes the copy page by page: the largest directory needs no more memory than a small one."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils.translation import get_language_info, override

from resources.batches import batched
from resources.context import OtherLanguage
from resources.models import Condition, Medicine, Need, Recorded, State
from resources.opendata.snapshot import at_one_edition
from resources.pages import profile, sheet
from resources.pages.copied import as_copy
from resources.search.sets import Directory
from resources.standin.folder import replaced
from resources.standin.links import KEPT, MISSING, Links, addresses, file_of
from resources.standin.lists import ORGANISATIONS, PHONES, Listed, Lists
from resources.standin.rendering import Renderer

# A line is said after so many pages.
A_LINE = 5_000

# So many entries are in memory at a time.
AT_ONCE = 100

Tell = Callable[[str], None]


class NoStaticFiles(Exception):
    """A static file that a page needs was not collected."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: pages, and bytes of them."""

    edition: int
    pages: int
    size: int


def export(target: Path, *, today: dt.date, site: str, tell: Tell) -> Exported:
    """Write a copy of the newest edition in the place of the folder `target`.

    `site`: the public address without last slash. Raises `folder.NotOurs`, `files.Taken`,
    `opendata.snapshot.Busy`, `NoStaticFiles`, and `rendering.NotRendered`; what stood there before
    stands there then.
    """
    with replaced(target) as fresh, at_one_edition(today) as directory, as_copy(today):
        copy = _Copy(fresh, directory, site, tell)
        copy.write_all()
        return Exported(directory.edition, copy.pages, copy.size)


class _Copy:
    """A copy that is being written."""

    def __init__(self, folder: Path, directory: Directory, site: str, tell: Tell) -> None:
        self._folder, self._directory, self._tell = folder, directory, tell
        self._render, self._lists = Renderer(directory, site), Lists(directory)
        self._links = Links(self._lists.folder_of, self._take_along)
        self._taken: set[str] = set()
        self.pages = self.size = 0

    def write_all(self) -> None:
        """Write every page in every language."""
        for language, _name in settings.LANGUAGES:
            known = addresses(language)
            for name in sorted(KEPT & known.keys()):
                self._write_page(known[name])
            for name in MISSING:
                self._write_own(known[name], "standin/missing.html", {"language": language})
            self._write_lists(language)
            for address in terms(language):
                self._write_page(address)
        for entry in entries():
            for language, _name in settings.LANGUAGES:
                with override(language):
                    address = entry.get_absolute_url()
                self._write_page(address, entry)

    def _write_page(self, address: str, entry: Recorded | None = None) -> None:
        """Write a page, and itself with each parameter that it leads to."""
        ahead, seen = [address], {address}
        while ahead:
            own = ahead.pop()
            further = self._write(own, self._render.page(own, entry))
            ahead += further - seen
            seen |= further

    def _write_own(self, address: str, template: str, context: Mapping[str, Any]) -> None:
        """Write a page that the site itself does not have."""
        frame = {"other_languages": _other_languages(address, str(context["language"]))}
        self._write(address, self._render.template(address, template, {**frame, **context}))

    def _write(self, address: str, page: str) -> set[str]:
        written, further = self._links.rewritten(page, address)
        path, _mark, query = address.partition("?")
        file = self._folder / file_of(self._links.place(path, query))
        file.parent.mkdir(parents=True, exist_ok=True)
        content = written.encode()
        file.write_bytes(content)
        self.pages, self.size = self.pages + 1, self.size + len(content)
        if self.pages % A_LINE == 0:
            self._tell(f"{self.pages} pages")
        return further

    def _write_lists(self, language: str) -> None:
        root = addresses(language)["search"]
        names, organisations = self._lists.by_name(), self._lists.organisations()
        nationwide = self._lists.nationwide()
        with override(language):
            context = {
                "language": language,
                "root": root,
                "letters": names.letters(),
                "organisations": f"{root}{ORGANISATIONS}",
                "nationwide": f"{root}{nationwide.folder}",
                "phones": f"{root}{PHONES}",
                "facets": {
                    facet: self._lists.terms(facet)
                    for facet in ("need", "condition", "medicine", "area")
                },
            }
        self._write_own(root, "standin/lists.html", context)
        self._write_own(f"{root}{PHONES}", "standin/phones.html", {"language": language})
        self._write_list(language, names, {"kind": "names"})
        self._write_list(language, nationwide, {"kind": "nationwide"})
        self._write_list(language, organisations, {"kind": "organisations"})
        for facet, value, listed in self._lists.of_terms():
            with override(language):
                about = {
                    "kind": facet,
                    "title": self._lists.title(facet, value),
                    "wider": self._lists.wider(facet, value),
                    "nationwide": f"{root}{nationwide.folder}" if facet == "area" else "",
                }
            self._write_list(language, listed, about)

    def _write_list(self, language: str, listed: Listed, about: Mapping[str, Any]) -> None:
        root = addresses(language)["search"]
        for number in range(1, listed.pages + 1):
            others = {
                "first": 1 if number > 2 else 0,
                "previous": number - 1,
                "next": number + 1 if number < listed.pages else 0,
                "last": listed.pages if number < listed.pages - 1 else 0,
            }
            context = {
                **about,
                "language": language,
                "root": root,
                "groups": listed.lines(number),
                "total": len(listed.keys),
                "number": number,
                "pages": listed.pages,
                "leads": {
                    name: f"{root}{listed.folder_of(other)}"
                    for name, other in others.items()
                    if other
                },
            }
            self._write_own(f"{root}{listed.folder_of(number)}", "standin/list.html", context)

    def _take_along(self, path: str) -> None:
        """Copy a static file that a page needs. Raises `NoStaticFiles`."""
        if path in self._taken:
            return
        name = path.removeprefix(settings.STATIC_URL)
        source = Path(staticfiles_storage.path(name))
        found = source if source.exists() else finders.find(name)
        if not found:
            raise NoStaticFiles(f"{source} is missing. Run manage.py prepare, which collects it.")
        target = self._folder / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(found), target)
        self._taken.add(path)


def terms(language: str) -> list[str]:
    """The address of every term that has a page, in a language."""
    models: tuple[Any, ...] = (Need, Condition, Medicine, State)
    with override(language):
        return [
            reverse(model.KIND, args=[slug])
            for model in models
            for slug in model._default_manager.order_by("pk").values_list("slug", flat=True)
        ]


def entries() -> Iterator[Any]:
    """Every published entry, with all that its page says: many read at once."""
    for rows in (profile.to_read().published(), sheet.to_read().published()):
        keys = rows.model._default_manager.published().order_by("pk").values_list("pk", flat=True)
        for some in batched(keys.iterator(10_000), AT_ONCE):
            found = rows.in_bulk(some)
            yield from (found[pk] for pk in some if pk in found)


def _other_languages(address: str, language: str) -> list[OtherLanguage]:
    """A page of the copy's own in each other language."""
    found = []
    for code, _name in settings.LANGUAGES:
        if code != language:
            root, other = addresses(language)["home"], addresses(code)["home"]
            name = get_language_info(code)["name_local"]
            found.append(OtherLanguage(code, name, f"{other}{address.removeprefix(root)}"))
    return found
