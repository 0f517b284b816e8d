"""How to apply, as steps: who and how, what to have ready, when, how long it takes, what then."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from resources.languages import one_of
from resources.models import Resource
from resources.pages.sheet.reading import ResourceReader
from resources.translations import Wording

Way = Resource.HowToApply
Who = Resource.Applicant

# Help that one asks for rather than applies for: somebody answers, explains, listens, sells.
UNAPPLIED = frozenset(
    {
        "guidance",
        "information",
        "case_management",
        "clinical_trials",
        "second_opinion",
        "language_help",
        "emotional_support",
        "counselling",
        "support_group",
        "caregiver_support",
        "insurance_help",
        "appeals",
        "prior_authorization",
        "discount_medicine",
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do, and a list that belongs to it (papers to have ready).

    `is_dated`: it says until when, or when again.
    """

    sentences: list[Wording]
    items: list[Wording] = field(default_factory=list)
    programme: Resource | None = None
    is_dated: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """The way to this help. `clinic_must` and `chosen_by_them` are said before the steps."""

    steps: list[Step]
    clinic_must: bool
    chosen_by_them: bool
    is_unapplied: bool

    @property
    def heading(self) -> str:
        """What the section is called."""
        return _("How to reach them") if self.is_unapplied else _("How to apply")


def is_unapplied(resource: Resource) -> bool:
    """Whether one gets in touch with it rather than applies."""
    needs = {need.slug for need in resource.inherited("needs")}
    return bool(needs) and needs <= UNAPPLIED


def steps_of(reader: ResourceReader, *, has_phone: bool) -> Steps:
    """The steps; `has_phone` says whether anybody to call is known."""
    ways = reader.who_states("how_to_apply")
    who = reader.who_states("who_may_apply")
    first = Step(
        [reader.own(sentence) for sentence in _first(reader, ways, who, has_phone)],
        programme=reader.programme(ways) or reader.programme(who),
    )
    further = [
        _documents(reader),
        _told(reader, _("When:"), "windows", is_dated=True),
        _told(reader, _("How long it takes:"), "decision_time"),
        _told(reader, _("After that:"), "renewal", "use_by", is_dated=True),
    ]
    return Steps(
        steps=[first, *(step for step in further if step)],
        clinic_must=reader.resource.clinic_must_apply,
        chosen_by_them=who.who_may_apply == [Who.NOBODY],
        is_unapplied=is_unapplied(reader.resource),
    )


def _first(reader: ResourceReader, ways: Resource, who: Resource, has_phone: bool) -> list[str]:
    clinic_must = reader.resource.clinic_must_apply
    if who.who_may_apply == [Who.NOBODY]:
        return [_("You cannot apply. They choose people themselves.")]
    if is_unapplied(reader.resource) and ways.how_to_apply and not clinic_must:
        known = [str(way.label) for way in Way if way in ways.how_to_apply]
        return [_("Get in touch %(ways)s.") % {"ways": one_of(known)}]
    sentences = [_ways(ways.how_to_apply, clinic_must, has_phone)]
    if not clinic_must:
        sentences.append(_who(who.who_may_apply))
    return sentences


def _ways(ways: list[str], clinic_must: bool, has_phone: bool) -> str:
    """ "Apply online, by phone or by mail." """
    known = [str(way.label) for way in Way if way in ways]
    if not known:
        return _ask_how(has_phone)
    said = {"ways": one_of(known)}
    if clinic_must:
        return _("Ask your doctor’s office or a social worker to apply for you: %(ways)s.") % said
    return _("Apply %(ways)s.") % said


def _ask_how(has_phone: bool) -> str:
    if has_phone:
        return _("How to apply is not stated on the pages we saw. Call and ask.")
    return _("How to apply is not stated on the pages we saw. Ask 211, or a social worker.")


def _who(who: list[str] | None) -> str:
    known = {
        Who.PATIENT: _("you"),
        Who.FAMILY: _("your family"),
        Who.CLINIC: _("your clinic"),
        Who.SOCIAL_WORKER: _("a social worker"),
    }
    people = [word for person, word in known.items() if person in (who or [])]
    if not people:
        return _("Who may apply is not stated. Ask.")
    said = one_of(people)
    return _("%(people)s may apply.") % {"people": said[0].upper() + said[1:]}


def _documents(reader: ResourceReader) -> Step | None:
    owner = reader.who_states("documents")
    if not owner.documents:
        return None
    papers = [reader.words(owner, "documents", paper) for paper in owner.documents]
    return Step([reader.own(_("Have ready:"))], papers, reader.programme(owner))


def _told(reader: ResourceReader, lead: str, *names: str, is_dated: bool = False) -> Step | None:
    owner = reader.who_states(*names)
    notes = [note for note in (reader.text(owner, name) for name in names) if note]
    if not notes:
        return None
    return Step([reader.own(lead), *notes], [], reader.programme(owner), is_dated)
