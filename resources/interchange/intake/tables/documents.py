"""What a row gives, as one document: whole, within the bounds of our fields, and coherent.

What is not stated is left out. Where two statements do not go together, the cautious one is taken,
both stay in words, and that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from resources.documents import Document
from resources.interchange.intake.tables.fields import Field, Kind, fields_of
from resources.interchange.intake.tables.language import Source
from resources.interchange.intake.tables.places import counties_of_state
from resources.interchange.intake.tables.plain import ended, one_line
from resources.interchange.intake.tables.rules import Values
from resources.interchange.intake.tables.tally import Notes
from resources.interchange.intake.tables.values import NATIONAL, Local
from resources.interchange.intake.texts import fitting
from resources.models import Organisation, Resource

# Where the whole of what does not fit elsewhere goes.
ROOM: Mapping[type[Organisation] | type[Resource], str] = {
    Organisation: "summary",
    Resource: "eligibility_notes",
}
NOT_COPIED = frozenset({"states", "counties", "cities", "zip_codes", "fund_status_seen_on"})

AREA_NOT_SAID = "The file does not say where it helps. Ask first."


def organisation(values: Values, source: Source, notes: Notes) -> Document:
    """An organisation as its row tells it. `values` are by field, as `rules.Reader` gives them."""
    document = _stated(Organisation, values, source, notes)
    if "category" not in document:
        notes.guess([], "No kind of organization is named; it was taken for another kind")
        document["category"] = Organisation.Category.OTHER.value
    document["names"] = _names(document)
    return _filled(document)


def resource(values: Values, source: Source, notes: Notes) -> Document:
    """A resource as its row tells it. "organisation" holds the id of its organisation."""
    document = _stated(Resource, values, source, notes)
    if "summary" not in document:
        notes.guess([], "Nothing says what they offer; the name stands for it")
        document["summary"] = document.get("name", "")
    _state_area(document, values, source, notes)
    _state_income(document, notes)
    _state_insurance(document, notes)
    _state_ages(document, notes)
    _state_fund(document, values, notes)
    if source.date and "year_of_facts" not in document:
        document["year_of_facts"] = int(source.date[:4])
    return _filled(document)


def _filled(document: Document) -> Document:
    return {name: value for name, value in document.items() if value not in ("", [], None)}


def _stated(
    model: type[Organisation] | type[Resource], values: Values, source: Source, notes: Notes
) -> Document:
    """The fields that stand for themselves, with words cut to their length."""
    document: Document = {}
    whole: list[str] = []
    for name, field in fields_of(model).items():
        found = values.get(name, [])
        if not found or name in NOT_COPIED:
            continue
        if field.kind is Kind.WORDS:
            document[name] = _words(field, found, whole, notes)
        elif field.kind is Kind.DAY:
            document[name] = found[0][0]
        else:
            document[name] = _unlike(found) if field.holds_many else found[0]
        if field.kind is Kind.TERM:
            document[name] = sorted(document[name])
    if whole:
        room = ROOM[model]
        document[room] = "\n".join(filter(None, [document.get(room, ""), *whole]))
    _order_parts(document, source)
    return document


def _words(field: Field, found: list[str], whole: list[str], notes: Notes) -> str:
    """Pieces of words as one text; what is too long is cut, and kept `whole` elsewhere."""
    pieces = list(dict.fromkeys(found))
    if not field.most:
        return "\n".join(pieces)
    one = one_line(pieces[0] if len(pieces) == 1 else " ".join(map(ended, pieces)))
    if len(one) > field.most:
        notes.guess(
            [], f"{field.name}: too long, cut at {field.most} characters; the whole is kept"
        )
        whole.append(one)
    return fitting(one, field.most)


def _unlike(found: Iterable[Any]) -> list[Any]:
    """Each once, in order. What stands in rows is compared as a whole."""
    kept: list[Any] = []
    for each in found:
        if each not in kept:
            kept.append(each)
    return kept


def _order_parts(document: Document, source: Source) -> None:
    phones: dict[tuple[str, str], Document] = {}
    for phone in document.get("phones", []):
        phones.setdefault((phone["dial"], phone["extension"]), phone)
    own = {"url": source.url, "page_date": source.date, "says": fitting(source.says, 500)}
    sources = {row["url"]: row for row in [*document.get("sources", []), own]}
    document["phones"] = _placed(phones.values())
    document["sources"] = _placed(sources.values())
    limits = {row["household_size"]: row for row in document.get("dollar_limits", [])}
    document["dollar_limits"] = [limits[size] for size in sorted(limits)]


def _placed(rows: Iterable[Document]) -> list[Document]:
    return [{**row, "position": place} for place, row in enumerate(rows)]


def _names(document: Document) -> list[Document]:
    """The other names, each once, without the name itself."""
    own = str(document.get("name", "")).casefold()
    names = {row["name"].casefold(): row for row in reversed(document.get("names", []))}
    names.pop(own, None)
    return _placed(reversed(names.values()))


def _keep_in_words(document: Document, note: str, sentence: str) -> None:
    """Put a sentence into a note; where it is full, among what else is to be known."""
    most = fields_of(Resource)[note].most
    longer = " ".join(filter(None, [ended(document.get(note, "")), sentence]))
    if len(longer) <= most:
        document[note] = longer
    else:
        room = ROOM[Resource]
        document[room] = "\n".join(filter(None, [document.get(room, ""), sentence]))
        if not document.get(note):
            document[note] = fitting(sentence, most)


# --- where


def _state_area(document: Document, values: Values, source: Source, notes: Notes) -> None:
    local = {name: values.get(name, []) for name in ("counties", "cities", "zip_codes")}
    named = dict.fromkeys(
        pair for found in local.values() for one in found for pair in one.counties
    )
    states = set(values.get("states", []))
    is_national = NATIONAL in states and not named
    states = (states - {NATIONAL}) | {state for state, _ in named}
    is_narrow = any(local.values())
    if not states and not is_national:
        notes.guess([], _without_area(document, source, states))
    whole = _whole_states(named) if not (local["cities"] or local["zip_codes"]) else set()
    if whole and whole == states:
        is_narrow, named = False, {}
    document["area_kind"] = _area_kind(states).value
    document["states"] = sorted(states)
    document["area_parts"] = _placed(
        {"state": state, "county": county} for state, county in sorted(named)
    )
    if is_narrow:
        document["area_partial"] = True
    for sentence in _limits_in_words(local):
        _keep_in_words(document, "area_note", sentence)


def _area_kind(states: set[str]) -> Resource.AreaKind:
    return Resource.AreaKind.STATES if states else Resource.AreaKind.NATIONAL


def _without_area(document: Document, source: Source, states: set[str]) -> str:
    """Take the state of the source, or no area at all; either way it has to be asked for."""
    document["area_partial"] = True
    _keep_in_words(document, "area_note", AREA_NOT_SAID)
    if not source.state:
        return "No area is named; nobody is told that it helps everywhere"
    states.add(source.state)
    return f"No area is named; it was taken to be somewhere in {source.state}"


def _whole_states(named: Iterable[tuple[str, str]]) -> set[str]:
    """The states all of whose counties are named."""
    of_state: dict[str, set[str]] = {}
    for state, county in named:
        of_state.setdefault(state, set()).add(county)
    return {state for state, found in of_state.items() if counties_of_state(state) <= found}


def _limits_in_words(local: Mapping[str, list[Local]]) -> Iterable[str]:
    """What counties alone cannot say: "Only in Chicago."."""
    unknown = [one.called for one in local["counties"] if not one.counties]
    if unknown:
        yield f"Also named: {', '.join(unknown)}."
    if local["cities"]:
        yield f"Only in {', '.join(one.called for one in local['cities'])}."
    if local["zip_codes"]:
        yield f"Only ZIP codes {', '.join(one.called for one in local['zip_codes'])}."


# --- for whom

Rule = Resource.IncomeRule


def _state_income(document: Document, notes: Notes) -> None:
    """A percentage, a table of dollars and the rule have to go together."""
    rule, percent = document.get("income_rule"), document.get("income_limit_percent")
    table = document.get("dollar_limits")
    if rule is None and percent:
        rule = Rule.FPL_PERCENT.value
    elif rule is None and table:
        rule = Rule.DOLLAR_TABLE.value
    if percent and rule != Rule.FPL_PERCENT:
        _describe(document, f"The file also names {percent}% as a limit.", notes)
    elif table and rule != Rule.DOLLAR_TABLE:
        said = ", ".join(f"${row['dollars']:,} for {row['household_size']}" for row in table)
        _describe(document, f"The file also names {said}.", notes)
    elif (rule == Rule.FPL_PERCENT and not percent) or (rule == Rule.DOLLAR_TABLE and not table):
        _describe(document, "There is an income limit; the file does not say which.", notes)
    elif rule is not None:
        document["income_rule"] = rule


def _describe(document: Document, sentence: str, notes: Notes) -> None:
    document["income_rule"] = Rule.DESCRIBED.value
    document.pop("income_limit_percent", None)
    document.pop("dollar_limits", None)
    _keep_in_words(document, "income_note", sentence)
    notes.guess([], "The income rule and its figures do not go together; both are kept in words")


def _state_insurance(document: Document, notes: Notes) -> None:
    rules = Resource.InsuranceRule
    rule, kinds = document.get("insurance_rule"), document.get("insurance")
    if kinds and rule is None:
        document["insurance_rule"] = rules.LISTED.value
    elif kinds and rule != rules.LISTED:
        del document["insurance"]
        notes.leave([], ", ".join(kinds), f"does not go with the insurance rule “{rule}”")
    elif rule == rules.LISTED and not kinds:
        del document["insurance_rule"]
        notes.leave([], rule, "is the insurance rule, and no kind of insurance is named")


def _state_ages(document: Document, notes: Notes) -> None:
    youngest, oldest = document.get("age_min"), document.get("age_max")
    too_old = any(age is not None and age > 120 for age in (youngest, oldest))
    crossed = youngest is not None and oldest is not None and youngest > oldest
    if too_old or crossed:
        document.pop("age_min", None)
        document.pop("age_max", None)
        notes.leave([], f"{youngest} to {oldest}", "cannot be ages")


# --- whether it is open


def _state_fund(document: Document, values: Values, notes: Notes) -> None:
    """A status that was seen needs the day; without one it is not known today."""
    seen = values.get("fund_status_seen_on")
    if seen:
        document["fund_status_seen_on"], document["fund_status_precision"] = seen[0]
    elif document.get("fund_status") in ("open", "closed", "waitlist"):
        notes.leave([], document["fund_status"], "is the fund’s status, and no day says when")
        del document["fund_status"]


Assemble = Callable[[Values, Source, Notes], Document]
ASSEMBLE: Mapping[str, Assemble] = {"organisation": organisation, "resource": resource}
