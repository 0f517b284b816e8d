"""/.well-known/security.txt: whom to tell of something unsafe (RFC 9116)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# RFC 9116 asks for less than a year. It is worked out at each request: nobody renews a file.
HOLDS = dt.timedelta(days=180)

TEXT = """\
Contact: mailto:{contact}
Expires: {expires:%Y-%m-%dT%H:%M:%SZ}
Preferred-Languages: en, es
Canonical: {canonical}
"""


@require_safe
@cache_control(public=True, max_age=86400)
def security_txt(request: HttpRequest) -> HttpResponse:
    """The address from the settings, and until when it holds; 404 where none is set."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    text = TEXT.format(
        contact=settings.CONTACT_EMAIL,
        expires=(timezone.now() + HOLDS).astimezone(dt.UTC),
        canonical=request.build_absolute_uri(reverse("security_txt")),
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
