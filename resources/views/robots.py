"""robots.txt."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# Search pages may be fetched, so that crawlers see their "noindex, nofollow": an address that is
# only forbidden here can still stand in an index, with somebody's search words in it.
RULES = """\
User-agent: *
Disallow: /admin/
Allow: /

Sitemap: {sitemap}
"""


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may fetch, and where the sitemap is."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(RULES.format(sitemap=sitemap), content_type="text/plain; charset=utf-8")
