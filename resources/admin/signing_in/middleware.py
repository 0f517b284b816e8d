"""What every request to the desk passes: sessions that end, and the second factor."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from resources.admin.saving import curator_of
from resources.admin.signing_in import second_factor

Respond = Callable[[HttpRequest], HttpResponseBase]

BEGAN, SEEN = "began", "seen"  # in the session: seconds since 1970
GRAIN = 60  # seconds within which a session is not written again only for having been seen

# What whoever has no second factor yet may open: the pages to add one, and the way out.
ON_THE_WAY = frozenset(
    {
        *("account_logout", "account_reauthenticate"),
        *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"),
    }
)


class AtTheDesk:
    """Looks at requests to the desk of somebody who is signed in."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets a request through."""
        if not request.path_info.startswith(settings.SESSION_COOKIE_PATH):
            return None
        return self.look(request) if request.user.is_authenticated else None

    def look(self, request: HttpRequest) -> HttpResponse | None:
        raise NotImplementedError


class EndSessions(AtTheDesk):
    """Sign out whoever has been idle for hours, and everybody after a working day."""

    def look(self, request: HttpRequest) -> HttpResponse | None:
        now, session = int(time.time()), request.session
        idle = now - session.get(SEEN, now)
        if idle > settings.SESSION_IDLE_AGE or (
            now - session.get(BEGAN, now) > settings.SESSION_COOKIE_AGE
        ):
            logout(request)
            messages.info(request, _("You were signed out, because you were away for long."))
            return redirect_to_login(_back_to(request))
        if idle >= GRAIN or SEEN not in session:
            session.setdefault(BEGAN, now)
            session[SEEN] = now
        return None


class RequireSecondFactor(AtTheDesk):
    """Let whoever has shown no second factor do nothing but add their first one."""

    def look(self, request: HttpRequest) -> HttpResponse | None:
        curator = curator_of(request)
        if not curator.is_staff:
            logout(request)
            return redirect_to_login("")
        if second_factor.is_shown(request):
            return None
        if second_factor.has_one(curator):
            # The session is older than the factor, or is not its owner's.
            logout(request)
            return redirect_to_login(_back_to(request))
        match = request.resolver_match
        if match and match.view_name in ON_THE_WAY:
            return None
        return HttpResponseRedirect(reverse("mfa_index"))


def _back_to(request: HttpRequest) -> str:
    """Where to go on after signing in: a page that was to be read, not a form that was sent."""
    return request.get_full_path() if request.method == "GET" else reverse("admin:index")
