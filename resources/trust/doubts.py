"""What speaks against an entry besides its age: a link, a status page, a reader, a silence.

A doubt stands until somebody has looked: a check of all of the entry, a sighting of its status, a
report that was closed. It is kept with the entry's `Review`, as plain data.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.models import (
    Check,
    Entry,
    Letter,
    LetterAnswer,
    Link,
    Organisation,
    Report,
    Resource,
    StatusSighting,
)
from resources.models.letter import MOST_MAILS
from resources.trust.links import Outcome
from resources.trust.named import NAMED_IN

# Failures on so many days make an alarm.
ALARM_DAYS = 3
# What somebody may want to change, whether or not it fails.
LEADS_ELSEWHERE = (Outcome.MOVED, Outcome.RENAMED)
# So many days after the last reminder, an organisation counts as silent.
PATIENCE = 14

# What became of an address, for a curator.
FOUND: dict[str, Promise] = {
    Outcome.GONE: gettext_lazy("gone"),
    Outcome.MOVED: gettext_lazy("moved for good"),
    Outcome.RENAMED: gettext_lazy("goes by another name: renamed or merged?"),
    Outcome.SOFT_404: gettext_lazy("answers, but says that there is no such page"),
    Outcome.TLS: gettext_lazy("no safe connection"),
    Outcome.TIMEOUT: gettext_lazy("does not answer in time"),
    Outcome.BLOCKED: gettext_lazy("keeps machines away"),
    Outcome.SERVER_ERROR: gettext_lazy("answers with an error"),
    Outcome.REFUSED: gettext_lazy("not an address of the public web"),
    Outcome.UNREACHABLE: gettext_lazy("cannot be reached"),
    Outcome.ROBOTS: gettext_lazy("asks machines to keep away"),
    Outcome.OK: gettext_lazy("works"),
}


class Kind(StrEnum):
    """Where a doubt comes from."""

    STATUS = "status"  # `says`: what the page says; `words`: its sentence
    REPORT = "report"  # `says`: what is wrong, as `Report.Wrong` has it
    ANSWER = "answer"  # of an organisation that asks for a change
    LINK = "link"  # `says`: the outcome; `words`: the address
    SILENCE = "silence"  # `words`: the day of the first question


# By how much each makes an entry likelier to be wrong: 1 as much again as its age alone. What
# somebody says, or the page itself, comes before what is merely old, whatever it serves.
WORTH = {
    Kind.STATUS: 6.0,
    Kind.ANSWER: 6.0,
    Kind.REPORT: 6.0,
    Kind.LINK: 2.0,
    Kind.SILENCE: 0.5,
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that speaks against an entry; see `Kind` for what it says."""

    kind: str
    says: str
    words: str = ""

    def as_data(self) -> dict[str, str]:
        """As `Review` keeps it."""
        return asdict(self)

    def __str__(self) -> str:
        if self.kind == Kind.STATUS:
            status = dict(StatusSighting.Status.choices)[StatusSighting.Status(self.says)]
            return _("Its page says “%(status)s”") % {"status": status}
        if self.kind == Kind.REPORT:
            return _("A reader says: %(wrong)s") % {"wrong": Report.Wrong(self.says).label}
        if self.kind == Kind.LINK:
            return _("A link: %(found)s") % {"found": FOUND[self.says]}
        if self.kind == Kind.ANSWER:
            return _("The organization asks for a change")
        return _("They have not answered our mails")


def of_data(kept: Iterable[Mapping[str, str]]) -> list[Doubt]:
    """The doubts that a `Review` keeps, the gravest first."""
    return sorted((Doubt(**each) for each in kept), key=lambda one: -WORTH[Kind(one.kind)])


def factor(doubts: Iterable[Doubt]) -> float:
    """How many times likelier an entry is to be wrong. The same doubt twice says no more."""
    return 1 + sum(WORTH[kind] for kind in {Kind(doubt.kind) for doubt in doubts})


def find(model: type[Entry], entries: Sequence[Any], today: dt.date) -> dict[int, list[Doubt]]:
    """What speaks against each of these published entries of one kind, by primary key."""
    found: dict[int, list[Doubt]] = defaultdict(list)
    _from_links(found, model, entries, today)
    reports = Report.objects.waiting().filter(**{f"{model.KIND}__in": entries}).order_by("pk")
    for pk, wrong in reports.values_list(f"{model.KIND}_id", "wrong"):
        found[pk].append(Doubt(Kind.REPORT, wrong or Report.Wrong.OTHER))
    if model is Organisation:
        asking = LetterAnswer.objects.waiting().filter(says=LetterAnswer.Says.CHANGE)
        ours = asking.filter(letter__organisation__in=entries)
        for pk in set(ours.values_list("letter__organisation", flat=True)):
            found[pk].append(Doubt(Kind.ANSWER, ""))
    silent = _silent(
        entry.pk if model is Organisation else entry.organisation_id for entry in entries
    )
    for entry in entries:
        began = silent.get(entry.pk if model is Organisation else entry.organisation_id)
        if began is not None and began + dt.timedelta(days=PATIENCE) <= today:
            found[entry.pk].append(Doubt(Kind.SILENCE, "", began.isoformat()))
    return found


def _from_links(
    found: dict[int, list[Doubt]], model: type[Entry], entries: Sequence[Any], today: dt.date
) -> None:
    pairs: set[tuple[int, str]] = set()
    rows = model._default_manager.filter(pk__in=[entry.pk for entry in entries])
    for name in NAMED_IN[model]:
        pairs.update((pk, url) for pk, url in rows.values_list("pk", name) if url)
    links = Link.objects.in_bulk({url for _pk, url in pairs}, field_name="url")
    checked = _last(Check.objects.standing().filter(part=Check.Part.WHOLE), model, entries)
    for pk, url in sorted(pairs):
        link = links.get(url)
        if link and is_alarming(link) and not _is_before(link.since, checked.get(pk)):
            found[pk].append(Doubt(Kind.LINK, link.outcome, url))
    if model is not Resource:
        return
    sighted = _last(StatusSighting.objects.standing(), model, entries)
    for fund in entries:
        link = links.get(fund.status_page_url)
        says = link.seen if link else ""
        if (
            link
            and says
            and says != fund.fund_status_on(today).counts
            and not _is_before(link.seen_since, sighted.get(fund.pk))
        ):
            found[fund.pk].append(Doubt(Kind.STATUS, says, link.sentence))


def is_alarming(link: Link) -> bool:
    """Whether somebody should look: it failed on three days, moved, or goes by another name."""
    return link.failed_days >= ALARM_DAYS or link.outcome in LEADS_ELSEWHERE


def _last(rows: QuerySet[Any], model: type[Entry], entries: Sequence[Any]) -> dict[int, Any]:
    """When each of these entries was last looked at by a person."""
    key = f"{model.KIND}_id"
    people = rows.filter(**{f"{model.KIND}__in": entries}, by__isnull=False).order_by()
    return dict(people.values_list(key).annotate(last=Max("at")))


def _is_before(began: dt.datetime | None, looked: dt.datetime | None) -> bool:
    return looked is not None and (began is None or began <= looked)


def _silent(organisations: Iterable[int]) -> dict[int, dt.date]:
    """The organisations that never answered their last letter: when the last mail of it went."""
    newest: dict[int, Letter] = {}
    letters = Letter.objects.filter(organisation__in=set(organisations)).order_by("began_on", "pk")
    for letter in letters.prefetch_related("answers"):
        newest[letter.organisation_id] = letter
    return {
        pk: letter.last_mail_on
        for pk, letter in newest.items()
        if letter.mails >= MOST_MAILS and letter.last_mail_on and not letter.answers.all()
    }
