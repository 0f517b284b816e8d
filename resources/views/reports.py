"""/report/ and /suggest/: what readers write to the curators, without an account or a script."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from directory.proxies import sender_of
from resources.forms.reports import MOST_BYTES, Letter, Problem, Suggestion
from resources.pages.reported import NO_PAGE, page_at, thanks_url
from resources.trust import reports
from resources.trust.reports import Answer
from resources.views.private import as_private, length_of


# Public forms have no cookie to keep a token in: `directory.middleware.OnlyReadInPublic`.
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """What is wrong with the page that `?about=` names."""
    return _letter(request, Problem, "reports/report.html")


@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """An organisation that is missing."""
    return _letter(request, Suggestion, "reports/suggest.html")


@require_safe
def reported(request: HttpRequest) -> HttpResponse:
    """Thanks, and what happens next."""
    page = page_at(request.GET.get("about", ""))
    return as_private(render(request, "reports/thanks.html", {"page": page}))


@sensitive_variables()
def _letter(request: HttpRequest, of: type[Letter], template: str) -> HttpResponse:
    """The form; the form again with what is to be mended; or thanks."""
    if request.method != "POST":
        return _shown(request, template, of(None, page_at(request.GET.get("about", ""))))
    if length_of(request) > MOST_BYTES:
        return _shown(request, template, of(None, NO_PAGE), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    form = of(request.POST, page_at(request.POST.get("about", "")))
    if form.is_from_a_robot:
        return _thanks(form)
    if not form.is_valid():
        return _shown(request, template, form)
    answer = reports.accept(form.report(), sender=sender_of(request))
    if answer == Answer.TAKEN:
        return _thanks(form)
    return _shown(request, template, form, HTTPStatus.TOO_MANY_REQUESTS, answer)


def _thanks(form: Letter) -> HttpResponse:
    """To a page that may be loaded again without sending anything again."""
    return as_private(HttpResponseRedirect(thanks_url(form.page.path)))


def _shown(
    request: HttpRequest,
    template: str,
    form: Letter,
    status: HTTPStatus = HTTPStatus.OK,
    answer: str = "",
) -> HttpResponse:
    context = {
        "form": form,
        "is_too_long": status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "has_no_room": status == HTTPStatus.TOO_MANY_REQUESTS,
        "answer": answer,
    }
    return as_private(render(request, template, context, status=status))
