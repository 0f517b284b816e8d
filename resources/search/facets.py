"""What a chosen value of each facet matches, and what it leaves to be asked.

Every facet answers two questions about a value: which resources match it, and which say too little
to tell. The second are never counted as matches and never dropped: they come after, under "Not
stated, ask". Several values of one facet mean *or*; facets together mean *and*.
Adding a facet is one class here, one line in `FACETS` and one in `resources.search.query`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from resources.languages import language_name
from resources.models import Organisation
from resources.search.sets import Directory

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# The value that stands for having no insurance, and the one for having some.
UNINSURED, INSURED, UNDERINSURED = "uninsured", "insured", "underinsured"


class Facet:
    """One way to narrow a search. The plain kind: a value matches what is tagged with it."""

    name: ClassVar[str]
    label: ClassVar[StrOrPromise]

    def match(self, directory: Directory, value: str) -> BitMap:
        """The resources that this value matches."""
        return directory.tags(self.name, value)

    def parts(self, directory: Directory, value: str) -> tuple[BitMap, ...]:
        """The matches in parts that do not overlap; what several values share is the same object.

        So that what many values have in common (all that is national) is counted once for all.
        """
        return (matching(directory, self.name, value),)

    def ask(self, directory: Directory, value: str) -> BitMap:
        """The resources of which one has to ask; may overlap with the matches, which win."""
        return BitMap()

    def values(self, directory: Directory) -> list[str]:
        """The values that may be chosen, in the order to offer them."""
        return list(directory.terms[self.name])

    def display(self, directory: Directory, value: str, language: str) -> str:
        """The value's name for a reader of this language; the value itself if it is unknown."""
        term = directory.terms[self.name].get(value)
        return term.in_language(language) if term else value


class NeedFacet(Facet):
    """A need includes its children; a child with nothing of its own shows its parent's."""

    name, label = "need", _("What you need")

    def match(self, directory: Directory, value: str) -> BitMap:
        own = directory.tags_of_any("need", [value, *directory.needs.children(value)])
        return own or self._of_parent(directory, value)

    def ask(self, directory: Directory, value: str) -> BitMap:
        return self._of_parent(directory, value)

    def _of_parent(self, directory: Directory, value: str) -> BitMap:
        return directory.tags_of_any("need", directory.needs.parents(value))


class ConditionFacet(Facet):
    """A resource for an ancestor ("any cancer") is for this illness too.

    One for a narrower or nearly the same illness, or that names none, is to be asked.
    """

    name, label = "condition", _("Illness")

    def match(self, directory: Directory, value: str) -> BitMap:
        return directory.tags_of_any("condition", [value, *directory.conditions.above(value)])

    def parts(self, directory: Directory, value: str) -> tuple[BitMap, ...]:
        """What each ancestor adds to those above it, then what the illness itself adds."""
        return directory.remembered(
            ("parts", self.name, value), lambda: self._layers(directory, value)
        )

    def _layers(self, directory: Directory, value: str) -> tuple[BitMap, ...]:
        parents = directory.conditions.parents(value)
        if len(parents) > 1:
            above: tuple[BitMap, ...] = (self._of_all(directory, tuple(sorted(parents))),)
        else:
            above = self.parts(directory, parents[0]) if parents else ()
        return (*above, directory.tags(self.name, value).difference(*above))

    def _of_all(self, directory: Directory, values: tuple[str, ...]) -> BitMap:
        return directory.remembered(
            ("all of", self.name, values),
            lambda: BitMap.union(*(matching(directory, self.name, value) for value in values)),
        )

    def ask(self, directory: Directory, value: str) -> BitMap:
        term = directory.terms["condition"].get(value)
        nearby = [*directory.conditions.below(value), *(term.related if term else ())]
        return directory.tags_of_any("condition", nearby) | untagged(directory, "condition")


class MedicineFacet(Facet):
    """A resource that names no medicine is to be asked, unless it is another maker's."""

    name, label = "medicine", _("Medicine")

    def ask(self, directory: Directory, value: str) -> BitMap:
        term = directory.terms["medicine"].get(value)
        unnamed = untagged(directory, "medicine")
        if term is None or not term.makers:
            return unnamed
        return unnamed - (of_makers(directory) - same_maker(directory, value))


def same_maker(directory: Directory, medicine: str) -> BitMap:
    """The resources of this medicine's own maker."""
    term = directory.terms["medicine"].get(medicine)
    return directory.tags_of_any("maker", term.makers if term else ())


def of_makers(directory: Directory) -> BitMap:
    """The resources of drug makers."""
    return directory.tags_of_any("maker", directory.said["maker"])


class InsuranceFacet(Facet):
    """An answer counts as its ancestors and descendants too: Part D is Medicare.

    Without insurance, help that only works with insurance is left out. Whoever has some may still
    be underinsured: nobody's answer says so for certain, so such help is to be asked.
    """

    name, label = "insurance", _("Insurance")

    def match(self, directory: Directory, value: str) -> BitMap:
        tree = directory.insurance
        kinds = [value, *tree.above(value), *(tree.below(value) - {UNDERINSURED})]
        accepting = directory.tags("insurance_rule", "any") | directory.tags_of_any(
            "insurance", kinds
        )
        return accepting - directory.only_with_insurance if value == UNINSURED else accepting

    def ask(self, directory: Directory, value: str) -> BitMap:
        unstated = directory.tags("insurance_rule", "not_stated")
        if value == UNINSURED:
            return unstated - directory.only_with_insurance
        return unstated | directory.tags("insurance", UNDERINSURED)


class AreaFacet(Facet):
    """A state: what is there and what is national."""

    name, label = "area", _("State")

    def match(self, directory: Directory, value: str) -> BitMap:
        return directory.tags("area_kind", "national") | directory.tags("area", value)

    def parts(self, directory: Directory, value: str) -> tuple[BitMap, ...]:
        national = directory.tags("area_kind", "national")
        return national, directory.tags("area", value) - national


class StatusFacet(Facet):
    """Whether a fund is open today, as far as a recent sighting tells."""

    name, label = "status", _("Is it open?")
    labels: ClassVar = {
        "open": _("Open"),
        "waitlist": _("Waiting list"),
        "unknown": _("We don’t know"),
        "not_applicable": _("Not a fund"),
        "closed": _("Closed"),
    }

    def values(self, directory: Directory) -> list[str]:
        return list(self.labels)

    def display(self, directory: Directory, value: str, language: str) -> str:
        return str(self.labels.get(value, value))


class LanguageFacet(Facet):
    """A language that help is given in; where none is stated, ask."""

    name, label = "language", _("Language")

    def ask(self, directory: Directory, value: str) -> BitMap:
        return untagged(directory, "language")

    def values(self, directory: Directory) -> list[str]:
        spoken = directory.said["language"]
        return sorted(spoken, key=lambda code: (-len(spoken[code]), code))

    def display(self, directory: Directory, value: str, language: str) -> str:
        return language_name(value)


class CategoryFacet(Facet):
    """The kind of organisation."""

    name, label = "category", _("Kind of organization")

    def values(self, directory: Directory) -> list[str]:
        return list(Organisation.Category.values)

    def display(self, directory: Directory, value: str, language: str) -> str:
        labels = dict(Organisation.Category.choices)
        return str(labels.get(value, value))


class ApplyFacet(Facet):
    """Whether one may apply oneself."""

    name, label = "apply", _("Who can apply")
    labels: ClassVar = {"self": _("You or your family"), "clinic": _("Your clinic must apply")}

    def ask(self, directory: Directory, value: str) -> BitMap:
        return untagged(directory, "apply")

    def values(self, directory: Directory) -> list[str]:
        return list(self.labels)

    def display(self, directory: Directory, value: str, language: str) -> str:
        return str(self.labels.get(value, value))


FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        NeedFacet(),
        InsuranceFacet(),
        AreaFacet(),
        ConditionFacet(),
        MedicineFacet(),
        StatusFacet(),
        ApplyFacet(),
        LanguageFacet(),
        CategoryFacet(),
    )
}


def untagged(directory: Directory, facet: str) -> BitMap:
    """The resources that state nothing about this facet."""
    return directory.remembered(
        ("untagged", facet),
        lambda: (
            directory.everything - directory.tags_of_any(facet, directory.tagged.get(facet, {}))
        ),
    )


def matching(directory: Directory, facet: str, value: str) -> BitMap:
    """What one value of a facet matches; remembered for the edition."""
    return directory.remembered(
        ("match", facet, value), lambda: FACETS[facet].match(directory, value)
    )


def asking(directory: Directory, facet: str, value: str) -> BitMap:
    """What one value of a facet leaves to be asked; remembered for the edition."""
    return directory.remembered(("ask", facet, value), lambda: FACETS[facet].ask(directory, value))
