"""The sitemap: every public page in every language, in parts of a few thousand addresses."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, TypeAlias

from django.contrib import sitemaps
from django.contrib.sitemaps import views
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control

from resources.models import Condition, Medicine, Need, Organisation, Resource, State

# What Django's views take: a sitemap, or its class.
Sections: TypeAlias = "type[sitemaps.Sitemap[Any]] | sitemaps.Sitemap[Any]"


class _InEveryLanguage(sitemaps.Sitemap):  # type: ignore[type-arg]
    i18n = True
    alternates = True
    x_default = True
    limit = 5000


class Pages(_InEveryLanguage):
    """The pages that are there once."""

    names: ClassVar = (
        "home",
        "open_now",
        "needs",
        "conditions",
        "medicines",
        "states",
        "about",
        "for_professionals",
        "data",
        "accessibility",
    )

    def items(self) -> list[str]:
        return [*self.names, "privacy", "terms"]

    def location(self, item: str) -> str:
        return reverse(item)


class Rows(_InEveryLanguage):
    """The pages of one model, named like its kind."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows.order_by("pk").only("slug", "changed_at")

    def items(self) -> QuerySet[Any]:
        return self.rows.all()

    def location(self, item: Any) -> str:
        return reverse(item.KIND, args=[item.slug])

    def lastmod(self, item: Any) -> dt.datetime | None:
        return item.changed_at  # type: ignore[no-any-return]


def sections() -> dict[str, Sections]:
    """The parts of the sitemap by name."""
    terms: tuple[type[Model], ...] = (Need, Condition, Medicine, State)
    return {
        "pages": Pages(),
        "resources": Rows(Resource.objects.published()),
        "organisations": Rows(Organisation.objects.published()),
        **{f"{model.KIND}s": Rows(model._default_manager.all()) for model in terms},  # type: ignore[attr-defined]
    }


@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the parts."""
    return views.index(request, sections(), sitemap_url_name="sitemap_part")


@cache_control(public=True, max_age=3600)
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """One part; `?p=2` is its second page."""
    return views.sitemap(request, sections(), section)
