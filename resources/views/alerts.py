"""/alerts/: who wants to hear by email when help opens. Asked for, confirmed, listed, ended.

A link in a mail changes nothing when it is opened: programs that look at mails open them all. What
is pressed on its page does.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from directory.proxies import sender_of
from resources.alerts import addresses, signing_up
from resources.alerts.signing_up import CONFIRM, STOP, Wish
from resources.context import directory_of
from resources.forms.alerts import AddressForm, AlertForm
from resources.forms.reports import MOST_BYTES
from resources.languages import language_of_page
from resources.models import Resource
from resources.pages import alert as pages
from resources.search.areas import read_area
from resources.search.query import SearchQuery
from resources.tasks import send_first_mail, send_list
from resources.trust import floods
from resources.views.private import as_private, length_of, without_address

# First mails in an hour, from one internet address and from all: a clinic has one for its staff.
OF_ONE, OF_ALL = 20, 300


# Public forms have no cookie to keep a token in: `directory.middleware.OnlyReadInPublic`.
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def alerts(request: HttpRequest) -> HttpResponse:
    """The form for what the address names: a resource, or a need, an illness and a state."""
    if request.method == "POST" and length_of(request) > MOST_BYTES:
        return _form(request, {}, AlertForm(), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    wanted = _wanted(request, request.POST if request.method == "POST" else request.GET)
    if request.method != "POST" or not wanted:
        return _form(request, wanted, AlertForm())
    form = AlertForm(request.POST)
    if form.is_from_a_robot:
        return _to("alert_asked")
    if not form.is_valid():
        return _form(request, wanted, form)
    if not floods.let_through(sender_of(request), "alerts", of_one=OF_ONE, of_all=OF_ALL):
        return _form(request, wanted, form, HTTPStatus.TOO_MANY_REQUESTS)
    said = form.cleaned_data
    wish = Wish(wanted["resource"], wanted["query"], said["wants"], language_of_page())
    asked = signing_up.ask(said["email"], wish, timezone.now())
    if asked is not None:
        send_first_mail.enqueue(asked.pk)
    return _to("alert_asked")


def _form(
    request: HttpRequest,
    wanted: dict[str, Any],
    form: AlertForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        **wanted,
        "form": form,
        "is_unknown": not wanted and bool(request.GET),
        "months": round(signing_up.LASTS.days / 30.4),
        "is_too_long": status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "has_no_room": status == HTTPStatus.TOO_MANY_REQUESTS,
    }
    return as_private(render(request, "alerts/form.html", context, status=status))


def _wanted(request: HttpRequest, params: QueryDict) -> dict[str, Any]:
    """What an address names and may be waited for; empty for nothing that there is."""
    slug = params.get("resource", "")
    if slug:
        found = Resource.objects.published().filter(slug=slug[:100])
        resource = found.exclude(lifecycle=Resource.Lifecycle.ENDED).first()
        return {"resource": resource, "query": ""} if resource else {}
    asked = _known(request, pages.wished(SearchQuery.from_params(params)))
    if asked.is_empty:
        return {}
    return {
        "resource": None,
        "query": asked.to_query_string(),
        "asked": asked,
        "what": pages.in_words(asked, timezone.localdate()),
    }


def _known(request: HttpRequest, asked: SearchQuery) -> SearchQuery:
    """The query without values that no vocabulary has; a ZIP code as its state."""
    said = directory_of(request).terms
    area = read_area(asked.area) if asked.area else None
    return SearchQuery(
        needs=tuple(value for value in asked.needs if value in said["need"]),
        conditions=tuple(value for value in asked.conditions if value in said["condition"]),
        area=(area.code or "") if area else "",
    )


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Look into your mail."""
    days = signing_up.TO_CONFIRM.days
    return as_private(render(request, "alerts/asked.html", {"days": days}))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """The button that begins an alert, or lets it go on for another year."""
    return _at_link(request, CONFIRM)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest) -> HttpResponse:
    """The button that ends an alert. Mail programs press it by themselves (RFC 8058)."""
    return _at_link(request, STOP)


def _at_link(request: HttpRequest, purpose: str) -> HttpResponse:
    token, today = request.GET.get("alert", ""), timezone.localdate()
    alert = signing_up.alert_at(token, purpose, today)
    if not signing_up.is_whole(token, purpose):
        # Said plainly: whoever reads that it is stopped believes it.
        broken = render(request, "alerts/broken.html", {}, status=HTTPStatus.NOT_FOUND)
        return without_address(broken)
    context: dict[str, Any] = {"token": token, "purpose": purpose, "is_done": False}
    if alert is not None:
        context |= {"alert": alert, "what": pages.what_of(alert, today)}
    if alert is not None and request.method == "POST":
        context["is_done"] = True
        if purpose == STOP:
            signing_up.stop(alert)
        else:
            signing_up.confirm(alert, today)
            alert.refresh_from_db()
    # Whoever presses twice, or whose mail program did, wanted it to end: it has.
    is_gone = alert is None and purpose == CONFIRM
    status = HTTPStatus.NOT_FOUND if is_gone else HTTPStatus.OK
    return without_address(render(request, f"alerts/{purpose}.html", context, status=status))


@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def my_alerts(request: HttpRequest) -> HttpResponse:
    """The alerts that a link from a mail lists, each with a button that ends it; or the form."""
    token = request.GET.get("list", "")
    mine = signing_up.mine_at(token) if token else None
    if request.method == "POST" and mine is None:
        return _send_list(request)
    if request.method == "POST" and mine is not None:
        _end(mine, request.POST.get("end", ""))
    today = timezone.localdate()
    context = {
        "token": token,
        "is_old_link": bool(token) and mine is None,
        "is_listed": mine is not None,
        "mine": [(each, pages.what_of(each, today)) for each in mine.all()] if mine else [],
        "form": AddressForm(),
    }
    return without_address(render(request, "alerts/mine.html", context))


def _end(mine: Any, chosen: str) -> None:
    if chosen == "all":
        mine.delete()
    elif chosen.isascii() and chosen.isdecimal() and len(chosen) < 19:
        mine.filter(pk=int(chosen)).delete()


def _send_list(request: HttpRequest) -> HttpResponse:
    """Send the link to whoever owns the address; the answer is the same, whoever asks."""
    if length_of(request) > MOST_BYTES:
        return _form(request, {}, AlertForm(), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    form = AddressForm(request.POST)
    context = {"form": form, "is_listed": False, "has_no_room": False}
    if not form.is_from_a_robot and not form.is_valid():
        return as_private(render(request, "alerts/mine.html", context))
    if not form.is_from_a_robot:
        if not floods.let_through(sender_of(request), "alerts", of_one=OF_ONE, of_all=OF_ALL):
            context["has_no_room"] = True
            status = HTTPStatus.TOO_MANY_REQUESTS
            return as_private(render(request, "alerts/mine.html", context, status=status))
        address = form.cleaned_data["email"]
        if signing_up.of_address(address).exists():
            send_list.enqueue(addresses.seal(address), language_of_page())
    return _to("alert_asked")


def _to(view: str) -> HttpResponse:
    """To a page that may be loaded again without sending anything again."""
    return as_private(HttpResponseRedirect(reverse(view)))
