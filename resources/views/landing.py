"""Landing pages: needs, conditions, medicines, states."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from resources.context import directory_of
from resources.languages import language_of_page
from resources.models import Condition, Medicine, Need, State
from resources.models.resource import NEEDS_WITH_INSURANCE_ONLY
from resources.pages import insurance
from resources.pages.landing import asked_for, first_of, lists, main_needs, shown
from resources.pages.landing.lines import lines_for
from resources.pages.landing.medicine import generic_sentence, groups_for, makers_of
from resources.pages.landing.terms import relatives_of, state_help
from resources.search.facets import INSURED, UNINSURED
from resources.search.results import find
from resources.views.leading_on import lead_on


def _insurance(request: HttpRequest) -> str:
    """The answer to "Do you have insurance?"; empty before it, and for anything unheard of."""
    answer = request.GET.get("insurance", "")
    return answer if answer in insurance.ANSWERS else ""


@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """All needs, in two levels."""
    return render(request, "terms/needs.html", {"groups": lists.needs(directory_of(request))})


@require_safe
def need(request: HttpRequest, slug: str) -> HttpResponse:
    """One need: who helps with it."""
    term = Need.objects.select_related("parent").filter(slug=slug).first()
    if term is None:
        return lead_on(request, Need, slug)
    directory, language = directory_of(request), language_of_page()
    answer = _insurance(request)
    results = find(asked_for(need=slug), directory, language)
    asks_insurance = slug in NEEDS_WITH_INSURANCE_ONLY
    if asks_insurance and answer == UNINSURED:
        groups = groups_for(answer, directory, language)
    elif asks_insurance and answer == INSURED:
        groups = [first_of(asked_for(need=slug, insurance=answer), directory, language)]
    else:
        groups = [shown(results)]
    context = {
        "term": term,
        "groups": [group for group in groups if group],
        "all_of_it": shown(results, limit=0),
        "children": lists.needs_under(directory, term),
        "is_parents": lists.only_parents(directory, term),
        "insurance": insurance.on_a_page(answer) if asks_insurance else None,
        "answer": answer,
    }
    return render(request, "terms/need.html", context)


@require_safe
def conditions(request: HttpRequest) -> HttpResponse:
    """All illnesses, grouped; those that help is listed for first."""
    directory = directory_of(request)
    return render(request, "terms/conditions.html", {"groups": lists.conditions(directory)})


@require_safe
def condition(request: HttpRequest, slug: str) -> HttpResponse:
    """One illness: who helps people who have it."""
    term = Condition.objects.filter(slug=slug).first()
    if term is None:
        return lead_on(request, Condition, slug)
    directory, language = directory_of(request), language_of_page()
    results = find(asked_for(condition=slug), directory, language)
    context = {
        "term": term,
        "groups": [group for group in [shown(results)] if group],
        "all_of_it": shown(results, limit=0),
        "by_need": main_needs(results),
        "relatives": relatives_of(term, directory),
    }
    return render(request, "terms/condition.html", context)


@require_safe
def medicines(request: HttpRequest) -> HttpResponse:
    """Medicines and brands by letter; those that help names first."""
    directory = directory_of(request)
    letters = lists.letters()
    letter = request.GET.get("letter", "")
    context = {
        "named": lists.medicines_named(directory),
        "letters": letters,
        "letter": letter if letter in letters else "",
        "entries": lists.medicines_under(letter) if letter in letters else [],
    }
    return render(request, "terms/medicines.html", context)


@require_safe
def medicine(request: HttpRequest, slug: str) -> HttpResponse:
    """One medicine: who helps to pay for it, with or without insurance."""
    term = Medicine.objects.filter(slug=slug).first()
    if term is None:
        return lead_on(request, Medicine, slug)
    directory, language = directory_of(request), language_of_page()
    answer = _insurance(request)
    context = {
        "term": term,
        "generic": generic_sentence(term),
        "groups": groups_for(answer, directory, language, medicine=slug),
        "all_of_it": first_of(asked_for(medicine=slug), directory, language, limit=0),
        "makers": makers_of(term),
        "illnesses": lists.terms_in_order(term.conditions.all()),
        "insurance": insurance.on_a_page(answer),
        "answer": answer,
    }
    return render(request, "terms/medicine.html", context)


@require_safe
def states(request: HttpRequest) -> HttpResponse:
    """All states and territories."""
    directory = directory_of(request)
    return render(request, "terms/states.html", {"groups": lists.states(directory)})


@require_safe
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """One state: what is only there, what is national, and whom to call."""
    term = State.objects.filter(slug=slug).first()
    if term is None:
        return lead_on(request, State, slug)
    directory, language = directory_of(request), language_of_page()
    results = find(asked_for(area=term.code), directory, language)
    context = {
        "term": term,
        "help": state_help(term, results),
        "by_need": main_needs(results),
        "lines": lines_for(term),
    }
    return render(request, "terms/state.html", context)
