"""What is to be looked at again, when, and how urgently.

Every published entry has a `Review` row. It follows what is published and what is checked; once a
day `rescore` lets the scores grow with the days that have gone by.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.batches import batched
from resources.models import (
    Check,
    Entry,
    Organisation,
    Publication,
    Resource,
    Review,
    ReviewRule,
    StatusSighting,
    Tier,
)
from resources.publishing import published
from resources.trust import doubts
from resources.trust.absorbed import whose
from resources.trust.doubts import Doubt

Part = Check.Part

# What there is to look at: of an organisation, of a resource, and of a fund besides.
OF_ORGANISATION: tuple[str, ...] = (Part.CONTACT,)
OF_RESOURCE: tuple[str, ...] = (Part.CONTACT, Part.ELIGIBILITY, Part.APPLICATION)
OF_FUND: tuple[str, ...] = (*OF_RESOURCE, Part.STATUS)

# Where no rule says otherwise, in days.
USUALLY: dict[str, int] = {
    Part.STATUS: 30,
    Part.ELIGIBILITY: 91,
    Part.CONTACT: 182,
    Part.APPLICATION: 182,
}
# What nobody ever checked and bears no date counts as so many days old, and nothing as older: past
# that, how many it serves decides.
OLDEST = 3 * 365

# How many states somebody may live in for whom national help is of use.
EVERYWHERE = 56
MOST_ILLNESSES = 20
BATCH = 500

# What of a row follows from the rest.
RENEWED = [
    *("due", "due_on", "weight", "score", "scored_on", "doubts", "is_doubted"),
    *("snoozed_until", "snooze_note"),
]

Entries = Sequence[Organisation] | Sequence[Resource]


@receiver(published)
def follow(publications: list[Publication], **kwargs: Any) -> None:
    """Let the rows follow what was published and withdrawn."""
    told = [row for row in publications if row.edition is not None]
    for model in (Organisation, Resource):
        ids = [row.public_id for row in told if row.kind == model.KIND]
        if ids:
            settle(model, model._default_manager.filter(public_id__in=ids))


@transaction.atomic
def settle(model: type[Entry], entries: Any, today: dt.date | None = None) -> int:
    """Make or renew the rows of these entries (a query set); returns how many there are now."""
    day = today or timezone.localdate()
    count = 0
    rules = intervals()
    for pks in batched(entries.values_list("pk", flat=True), BATCH):
        found = model._default_manager.filter(pk__in=pks).annotate(**_reach(model))
        kept = Review.objects.in_bulk(
            list(Review.objects.filter(**{f"{model.KIND}__in": pks}).values_list("pk", flat=True))
        )
        rows = {getattr(row, f"{model.KIND}_id"): row for row in kept.values()}
        gone = [
            rows.pop(entry.pk) for entry in found if not entry.is_published and entry.pk in rows
        ]
        Review.objects.filter(pk__in=[row.pk for row in gone]).delete()
        public = [entry for entry in found if entry.is_published]
        seen, against = _seen(model, public), doubts.find(model, public, day)
        fresh = []
        for entry in public:
            row = rows.get(entry.pk) or Review(**{model.KIND: entry}, tier=_tier(entry))
            _renew(row, entry, seen[entry.pk], against.get(entry.pk, []), rules, day)
            fresh.append(row)
        Review.objects.bulk_create([row for row in fresh if row.pk is None])
        Review.objects.bulk_update(
            [row for row in fresh if row.pk is not None],
            RENEWED,
        )
        count += len(fresh)
    return count


def settle_all(today: dt.date | None = None) -> int:
    """Make or renew the rows of all published entries: once a day. Returns how many there are."""
    return settle(Organisation, Organisation.objects.published(), today) + settle(
        Resource, Resource.objects.published(), today
    )


def intervals() -> dict[tuple[str, str], int]:
    """After how many days each part is due, by tier and part."""
    usual = {(tier, part): days for tier in Tier.values for part, days in USUALLY.items()}
    rows = ReviewRule.objects.values_list("tier", "part", "days")
    return {**usual, **{(tier, part): days for tier, part, days in rows}}


def parts_of(entry: Entry) -> tuple[str, ...]:
    """What there is to look at."""
    if not isinstance(entry, Resource):
        return OF_ORGANISATION
    is_fund = entry.fund_status != Resource.FundStatus.NOT_APPLICABLE and not entry.is_ended
    return OF_FUND if is_fund else OF_RESOURCE


def reasons(review: Review, today: dt.date) -> list[str]:
    """Why it is to be looked at: what speaks against it, then the most overdue part first."""
    labels = dict(Part.choices)
    late = {part: (today - dt.date.fromisoformat(day)).days for part, day in review.due.items()}
    against = [str(doubt) for doubt in doubts.of_data(review.doubts)]
    return list(dict.fromkeys(against)) + [
        _("%(part)s: %(late)s")
        % {
            "part": str(labels[part]).capitalize(),
            "late": ngettext("%(days)d day past due", "%(days)d days past due", days)
            % {"days": days}
            if days > 0
            else _("due today"),
        }
        for part, days in sorted(late.items(), key=lambda item: -item[1])
        if days >= 0
    ]


def _tier(entry: Entry) -> str:
    is_helpline = isinstance(entry, Resource) and entry.takes_anyone
    return Tier.HELPLINE if is_helpline else Tier.USUAL


def _reach(model: type[Entry]) -> dict[str, Any]:
    """How many needs, illnesses and states a resource serves, or resources an organisation has."""
    if model is Organisation:
        public = Q(resources__publication_state="published")
        return {"served": Count("resources", filter=public, distinct=True)}
    return {
        "of_needs": Count("needs", distinct=True),
        "of_illnesses": Count("conditions", distinct=True),
        "of_states": Count("states", distinct=True),
    }


def _weight(entry: Any) -> int:
    if isinstance(entry, Organisation):
        return 1 + int(entry.served)  # type: ignore[attr-defined]
    if entry.is_ended:
        return 1
    is_national = entry.area_kind == Resource.AreaKind.NATIONAL
    states = EVERYWHERE if is_national else int(entry.of_states)
    return 1 + int(entry.of_needs) + min(MOST_ILLNESSES, int(entry.of_illnesses)) + states


def _seen(model: type[Entry], entries: Sequence[Any]) -> dict[int, dict[str, dt.date]]:
    """The last day on which each part of each entry was looked at."""
    found: dict[int, dict[str, dt.date]] = defaultdict(dict)

    def note(pk: int, part: str, day: dt.date) -> None:
        found[pk][part] = max(day, found[pk].get(part, day))

    counts_for = whose(model, [entry.pk for entry in entries])
    checks = Check.objects.standing().filter(**{f"{model.KIND}__in": counts_for})
    for pk, part, day in checks.values_list(f"{model.KIND}_id", "part", "on"):
        for one in OF_FUND if part == Part.WHOLE else (part,):
            note(counts_for[pk], one, day)
    if model is Resource:
        seen = StatusSighting.objects.standing().filter(resource__in=counts_for)
        for pk, day in seen.values_list("resource_id", "seen_on"):
            note(counts_for[pk], Part.STATUS, day)
    for entry in entries:
        said = getattr(entry, "fund_status_seen_on", None)
        if said is not None:
            note(entry.pk, Part.STATUS, said)
    return found


def _renew(
    row: Review,
    entry: Any,
    seen: Mapping[str, dt.date],
    against: Sequence[Doubt],
    rules: Mapping[tuple[str, str], int],
    today: dt.date,
) -> None:
    """Work out what is due, and how urgent it is."""
    row.weight, row.scored_on = _weight(entry), today
    due: dict[str, dt.date] = {}
    oldest = today - dt.timedelta(days=OLDEST)
    worst = 0.0
    for part in parts_of(entry):
        days = int(row.every.get(part) or rules[row.tier, part])
        last = max(oldest, seen.get(part) or _age(entry, today))
        due[part] = last + dt.timedelta(days=days)
        worst = max(worst, (today - last).days / days)
    row.due = {part: day.isoformat() for part, day in due.items()}
    row.due_on = min(due.values())
    row.doubts, row.is_doubted = [doubt.as_data() for doubt in against], bool(against)
    # What speaks against an entry does so, however lately it was checked.
    row.score = (max(1.0, worst) if against else worst) * doubts.factor(against) * row.weight
    if row.snoozed_until is not None and row.snoozed_until <= today:
        row.snoozed_until, row.snooze_note = None, ""


def _age(entry: Any, today: dt.date) -> dt.date:
    """The day that facts which nobody has checked are counted from."""
    year = getattr(entry, "year_of_facts", None)
    return min(today, dt.date(year, 12, 31)) if year else dt.date.min


def settle_entries(entries: Iterable[Entry]) -> None:
    """The same for entries of either kind, after something was recorded of them."""
    these = list(entries)
    for model in (Organisation, Resource):
        pks = [entry.pk for entry in these if isinstance(entry, model)]
        if pks:
            settle(model, model._default_manager.filter(pk__in=pks))
