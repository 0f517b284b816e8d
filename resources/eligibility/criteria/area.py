"""Where somebody lives."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext as _
from pyroaring import BitMap

from resources.eligibility.answers import Answers
from resources.eligibility.criteria.base import Sets, listing, met, not_known, not_met
from resources.eligibility.knowledge import Knowledge
from resources.eligibility.reasons import Reason
from resources.eligibility.rules import Rules
from resources.search.facets import untagged
from resources.search.sets import Directory


class AreaCriterion:
    """National help is met by everyone; help in part of an area is to be asked."""

    name: ClassVar[str] = "area"

    def asks(self, rules: Rules) -> tuple[str, ...]:
        return ("state",) if rules.states and not rules.is_national else ()

    def explain(self, rules: Rules, answers: Answers, know: Knowledge) -> Reason:
        if rules.is_national:
            return self._national(rules)
        if not rules.states:
            return not_known(self.name, _("Their pages do not say where they help."))
        states = listing(know.names("area", rules.states))
        if not answers.state:
            return not_known(self.name, _("They help in %(states)s only.") % {"states": states})
        state = know.name("area", answers.state)
        if answers.state not in rules.states:
            sentence = _("They help in %(states)s only. You said %(state)s.")
            return not_met(self.name, sentence % {"states": states, "state": state})
        if rules.area_partial:
            sentence = _("They help in some parts of %(state)s only.")
            return not_known(self.name, sentence % {"state": state}, note=rules.area_note)
        return met(self.name, _("They help in %(state)s.") % {"state": state})

    def _national(self, rules: Rules) -> Reason:
        if rules.area_partial:
            sentence = _("They help in some places in the United States only.")
            return not_known(self.name, sentence, note=rules.area_note)
        return met(self.name, _("They help anywhere in the United States."))

    def sort(self, directory: Directory, answers: Answers, know: Knowledge) -> Sets:
        national = directory.tags("area_kind", "national")
        partial = directory.tags("area_partial", "yes")
        if not answers.state:
            return Sets(national - partial, BitMap())
        here = directory.tags("area", answers.state)
        elsewhere = directory.everything - national - here - untagged(directory, "area")
        return Sets((national | here) - partial, elsewhere)
