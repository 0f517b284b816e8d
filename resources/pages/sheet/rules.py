"""Who may get it, as plain rules: one row each, in words, with what is not stated said so.

Nobody has answered anything yet, so nothing here is met or not met.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.models import Resource
from resources.models.vocabulary import Term
from resources.pages.sheet.reading import ResourceReader
from resources.translations import Wording

Immigration = Resource.ImmigrationRule


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, the terms it lists, sentences about it, and the programme that set it."""

    label: str
    terms: list[Term] = field(default_factory=list)
    sentences: list[Wording] = field(default_factory=list)
    programme: Resource | None = None


def rules_of(reader: ResourceReader) -> tuple[list[Rule], list[Rule]]:
    """The rules before the income (illness, medicine, insurance, where) and those after it."""
    before = [_illness(reader), _medicine(reader), _insurance(reader), _where(reader)]
    after = [_age(reader), *in_words(reader)]
    return [rule for rule in before if rule], [rule for rule in after if rule]


def in_words(reader: ResourceReader) -> list[Rule]:
    """The rules that are words, and for a person to weigh: papers, treatment, residency, notes."""
    found = [
        _immigration(reader),
        _note(reader, _("Treatment"), "treatment_note"),
        _note(reader, _("Where you live"), "residency_note"),
        _note(reader, _("Also"), "eligibility_notes"),
    ]
    return [rule for rule in found if rule]


def not_stated(reader: ResourceReader) -> list[str]:
    """The rules that programmes often have and this one's pages do not mention: to be asked."""
    asked = {
        "age_min": _("age"),
        "immigration_rule": _("immigration papers"),
        "treatment_note": _("being in treatment"),
    }
    if reader.who_states("age_max").age_max is not None:
        del asked["age_min"]
    return [
        word for name, word in asked.items() if getattr(reader.who_states(name), name) in (None, "")
    ]


def _illness(reader: ResourceReader) -> Rule:
    owner = reader.who_states("conditions", "conditions_note")
    terms: list[Term] = list(owner.conditions.all())
    note = reader.text(owner, "conditions_note")
    partial = owner.condition_partial or reader.resource.condition_partial
    sentences = [note] if note else []
    if partial and not note:
        sentences.append(reader.own(_("Not for all of these: ask about yours.")))
    if not terms and not note:
        sentences.append(reader.own(_("Not stated on the pages we saw. Ask.")))
    return Rule(_("Illness"), terms, sentences, reader.programme(owner))


def _medicine(reader: ResourceReader) -> Rule | None:
    owner = reader.who_states("medicines", "medicines_note")
    terms: list[Term] = list(owner.medicines.all())
    note = reader.text(owner, "medicines_note")
    if not terms and not note:
        return None
    return Rule(_("Medicine"), terms, [note] if note else [], reader.programme(owner))


def _insurance(reader: ResourceReader) -> Rule:
    owner = reader.who_states("insurance_rule", "insurance")
    sentences = [reader.own(_insurance_sentence(owner))]
    if reader.resource.insurance_required or owner.insurance_required:
        sentences.append(reader.own(_("It only works together with insurance.")))
    return Rule(_("Insurance"), [], sentences, reader.programme(owner))


def _insurance_sentence(owner: Resource) -> str:
    kinds = {kind.slug: kind.display_name for kind in owner.insurance.all()}
    match owner.insurance_rule:
        case Resource.InsuranceRule.ANY if owner.insurance_required:
            return _("Any kind of insurance.")
        case Resource.InsuranceRule.ANY:
            return _("With or without insurance.")
        case Resource.InsuranceRule.LISTED if set(kinds) == {"uninsured"}:
            return _("Only people without insurance.")
        case Resource.InsuranceRule.LISTED if kinds:
            return _("For people with one of these: %(kinds)s.") % {
                "kinds": "; ".join(kinds.values())
            }
        case Resource.InsuranceRule.LISTED:
            return _("Only some kinds of insurance. Ask.")
    return _("Not stated on the pages we saw. Ask.")


def _where(reader: ResourceReader) -> Rule:
    resource = reader.resource
    note = reader.text(resource, "area_note")
    counties = [reader.own(sentence) for sentence in _counties(resource)]
    sentences = [*counties, *([note] if note else [])]
    if resource.area_kind == Resource.AreaKind.NATIONAL:
        terms: list[Term] = []
        sentences.insert(0, reader.own(_("Anywhere in the United States.")))
        if resource.area_partial:
            sentences[0] = reader.own(_("In some places in the United States."))
    else:
        terms = list(resource.states.all())
    if resource.area_partial and not note and not counties:
        sentences.append(reader.own(_("Not in all of this area: ask.")))
    return Rule(_("Where"), terms, sentences)


def _counties(resource: Resource) -> Iterable[str]:
    """One sentence a state: counties' names are the same in every language."""
    parts = sorted(resource.area_parts.all(), key=lambda part: (part.state.code, part.county))
    for state, rows in groupby(parts, key=lambda part: part.state):
        names = [row.county for row in rows]
        sentence = ngettext(
            "Only this county of %(state)s: %(names)s.",
            "Only these counties of %(state)s: %(names)s.",
            len(names),
        )
        yield sentence % {"state": state.display_name, "names": ", ".join(names)}


def _age(reader: ResourceReader) -> Rule | None:
    owner = reader.who_states("age_min", "age_max")
    if owner.age_min is None and owner.age_max is None:
        return None
    return Rule(
        _("Age"), [], [reader.own(_ages(owner.age_min, owner.age_max))], reader.programme(owner)
    )


def _ages(youngest: int | None, oldest: int | None) -> str:
    if oldest is None:
        return _("%(age)s or older.") % {"age": youngest}
    if youngest is None or youngest == 0:
        return _("Up to %(age)s years old.") % {"age": oldest}
    return _("%(youngest)s to %(oldest)s years old.") % {"youngest": youngest, "oldest": oldest}


def _immigration(reader: ResourceReader) -> Rule | None:
    owner = reader.who_states("immigration_rule")
    if not owner.immigration_rule:
        return None
    sentence = {
        Immigration.CITIZEN_OR_PERMANENT: _("For U.S. citizens and people with a green card."),
        Immigration.LAWFUL_PRESENCE: _("For people who are in the country lawfully."),
        Immigration.SSN_NEEDED: _("You need a Social Security number."),
        Immigration.NOT_ASKED: _("They do not ask about immigration papers."),
        Immigration.OPEN_TO_ALL: _("Open to everyone, whatever your immigration papers."),
    }[Immigration(owner.immigration_rule)]
    return Rule(_("Immigration"), [], [reader.own(sentence)], reader.programme(owner))


def _note(reader: ResourceReader, label: str, name: str) -> Rule | None:
    owner = reader.who_states(name)
    note = reader.text(owner, name)
    return Rule(label, [], [note], reader.programme(owner)) if note else None
