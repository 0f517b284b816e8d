"""Who may know whom (the README draws it): the arrows, held by reading the imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

APP = Path(__file__).parent.parent / "resources"

# What each part may know besides itself. Whatever is not named here, such as the views and the
# desk, may know all of these.
MAY_KNOW: dict[str, set[str]] = {
    "models": set(),
    "languages": set(),
    "documents": {"models"},
    "translations": {"models"},
    "cycles": {"models"},
    "batches": set(),
    "publishing": {"batches", "models", "documents", "cycles"},
    "coherence": {"models"},
    "edits": {"coherence", "audit", "batches", "models", "documents", "publishing"},
    "ripples": {"models", "documents", "edits"},
    "merging": {"models", "documents", "edits"},
    "duplicates": {"batches", "models", "search"},
    "proposals": {"coherence", "models", "documents", "publishing"},
    "audit": {"models", "publishing"},
    "posting": set(),
    "sealing": set(),
    "files": set(),
    "trust": {"audit", "batches", "models", "posting", "publishing"},
    "alerts": {"batches", "models", "posting", "sealing", "search"},
    "search": {"batches", "models", "publishing", "languages", "translations"},
    "eligibility": {"models", "languages", "search", "translations"},
    "interchange": {
        "audit",
        "batches",
        "models",
        "documents",
        "cycles",
        "publishing",
        "edits",
        "languages",
        "translations",
        "search",
        "eligibility",
        "trust",
        "hsds",
        "proposals",
    },
    "handouts": {
        "models",
        "languages",
        "translations",
        "search",
        "eligibility",
        "trust",
        "pages",
        "interchange",
    },
    "hsds": {
        "batches",
        "models",
        "languages",
        "search",
        "eligibility",
        "trust",
        "pages",
    },
    "api": {
        "batches",
        "models",
        "search",
        "trust",
        "hsds",
        "context",
    },
    "opendata": {
        "batches",
        "models",
        "documents",
        "files",
        "search",
        "hsds",
    },
    "backups": {"audit", "alerts", "files", "models", "opendata"},
    "standin": {
        "batches",
        "files",
        "models",
        "languages",
        "search",
        "pages",
        "opendata",
        "context",
    },
    "pages": {
        "batches",
        "models",
        "languages",
        "translations",
        "search",
        "filters",
        "eligibility",
        "trust",
    },
}

# The only places that see a request, besides middleware in `directory`.
SEE_REQUESTS = {"views", "api", "admin", "context", "urls"}


def modules() -> list[Path]:
    found = (path for path in APP.rglob("*.py") if "migrations" not in path.parts)
    return sorted(path for path in found if path != APP / "__init__.py")


def part_of(path: Path) -> str:
    return path.relative_to(APP).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    return set(names_in(path.read_text(), ["resources", *path.relative_to(APP).parts[:-1]]))


def names_in(source: str, package: list[str]) -> Iterator[str]:
    """The dotted names that a module of this package imports, relative ones resolved."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            yield from (name, *(f"{name}.{alias.name}" for alias in node.names))


def parts_in(names: set[str]) -> set[str]:
    parts = {name.split(".")[1] for name in names if name.startswith("resources.")}
    return {part for part in parts if (APP / part).is_dir() or (APP / f"{part}.py").exists()}


def test_a_capability_knows_only_whom_it_may() -> None:
    wrong = {
        f"{path.relative_to(APP)} knows {', '.join(sorted(unknown))}"
        for path in modules()
        if (part := part_of(path)) in MAY_KNOW
        and (unknown := parts_in(imported(path)) - MAY_KNOW[part] - {part})
    }
    assert not wrong


def test_nothing_but_the_addresses_and_the_desk_imports_a_view() -> None:
    users = {part_of(path) for path in modules() if "views" in parts_in(imported(path))}

    assert users <= {"views", "urls", "admin"}


def test_only_views_the_api_and_the_desk_see_a_request() -> None:
    seen = {part_of(path) for path in modules() if "django.http.HttpRequest" in imported(path)}

    assert seen <= SEE_REQUESTS


def test_it_reads_relative_imports_too() -> None:
    source = "from ..publishing import publish\nimport resources.search"

    assert parts_in(set(names_in(source, ["resources", "models"]))) == {"publishing", "search"}
