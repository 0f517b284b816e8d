"""Looking at the addresses that published entries name: which are due, what was found, alarms.

A machine records and proposes. An alarm takes failures on three days; what keeps machines away is
none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from resources.batches import batched
from resources.models import Entry, Link, LinkCheck, Review, StatusWords
from resources.trust import doubts, due
from resources.trust.doubts import ALARM_DAYS, LEADS_ELSEWHERE, is_alarming
from resources.trust.links import Outcome, Seen, Visit, Visitor, Words, watch
from resources.trust.named import addresses, citing, pages_of, status_pages

# How often what works is looked at, in days; what fails, and a fund's status page, daily.
EVERY = 30

LONGEST_DETAIL, LONGEST_ADDRESS, LONGEST_SENTENCE = 300, 2000, 300
A_BATCH = 500
MOST_PROPOSED = 100


def due_addresses(today: dt.date) -> list[str]:
    """What is to be looked at on this day, what was looked at longest ago first."""
    watched = status_pages()
    known = {link.url: link for link in Link.objects.all()}
    due = []
    for url in addresses():
        link = known.get(url)
        days = 1 if url in watched or (link and link.failed_days) else EVERY
        if link is None or link.checked_on + dt.timedelta(days=days) <= today:
            due.append((link.checked_on if link else dt.date.min, url))
    return [url for _day, url in sorted(due)]


def look_at(urls: Sequence[str], visitor: Visitor) -> int:
    """Visit these addresses, and record what became of each. Returns how many were visited.

    What needs checking follows at the end: the entries that name what was found otherwise than it
    was before.
    """
    watched = status_pages()
    words = {row.url: words_of(row) for row in StatusWords.objects.filter(url__in=urls)}
    count, changed = 0, []
    for visit in visitor.visit(urls):
        before = _standing(visit.url)
        record(
            visit,
            timezone.localdate(),
            is_watched=visit.url in watched,
            words=words.get(visit.url),
        )
        if _standing(visit.url) != before:
            changed.append(visit.url)
        count += 1
    due.settle_entries(chain(*citing(changed).values()))
    return count


@transaction.atomic
def record(
    visit: Visit, today: dt.date, *, is_watched: bool = False, words: Words | None = None
) -> Link:
    """Add the row of a visit, and work out where its address stands.

    `words` are those of a watched page that mean open or closed, where a curator has set any.
    """
    outcome, answer = visit.finding.outcome, visit.answer
    leads_to = visit.finding.address[:LONGEST_ADDRESS]
    LinkCheck.objects.create(
        url=visit.url,
        outcome=outcome,
        status=answer.status,
        leads_to=leads_to,
        detail=answer.detail[:LONGEST_DETAIL],
    )
    link = Link.objects.select_for_update().filter(url=visit.url).first() or Link(url=visit.url)
    is_as_before = (
        outcome.is_failure
        if link.failed_days
        else (link.outcome, link.leads_to) == (outcome, leads_to)
    )
    if link.since is None or not is_as_before:
        link.since = timezone.now()
    if outcome.is_failure:
        is_new_day = not link.failed_days or link.checked_on != today
        link.failed_days += 1 if is_new_day else 0
    else:
        link.failed_days = 0
        if outcome in (Outcome.OK, *LEADS_ELSEWHERE):
            link.worked_on = today
    link.outcome, link.checked_on, link.leads_to = outcome, today, leads_to
    if is_watched and outcome == Outcome.OK:
        _note_what_it_says(link, watch(answer.text, words))
    link.save()
    return link


def _note_what_it_says(link: Link, seen: Seen | None) -> None:
    status = seen.status if seen else ""
    if status != link.seen:
        link.seen_since = timezone.now() if status else None
    link.seen, link.sentence = status, seen.sentence[:LONGEST_SENTENCE] if seen else ""


def _standing(url: str) -> tuple[bool, str, str]:
    """What of an address matters to those who check."""
    link = Link.objects.filter(url=url).first()
    if link is None or not is_alarming(link):
        return False, "", link.seen if link else ""
    return True, link.outcome, link.seen


def words_of(row: StatusWords) -> Words:
    """What a curator wrote, a phrase a line, as it is looked for."""

    def phrases(text: str) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, text.splitlines())))

    return Words(phrases(row.open), phrases(row.closed), phrases(row.waitlist))


def alarms() -> QuerySet[Link]:
    """What failed on three days, moved, or goes by another name."""
    wanted = Q(failed_days__gte=ALARM_DAYS) | Q(outcome__in=LEADS_ELSEWHERE)
    return Link.objects.filter(wanted).order_by("-failed_days", "url")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fund whose status page says something else than its entry, in the page's own words."""

    review: Review
    says: str
    sentence: str


def saying_otherwise() -> QuerySet[Review]:
    """The rows of funds whose page was seen to say another status, and nobody has looked since."""
    kind = f'"kind": "{doubts.Kind.STATUS}"'  # as both databases write it
    return Review.objects.filter(is_doubted=True, doubts__icontains=kind)


def proposals() -> list[Proposal]:
    """What the pages of the most urgent of these say."""
    rows = saying_otherwise().select_related("resource__organisation").order_by("-score", "pk")
    return [
        Proposal(row, doubt.says, doubt.words)
        for row in rows[:MOST_PROPOSED]
        for doubt in doubts.of_data(row.doubts)
        if doubt.kind == doubts.Kind.STATUS
    ]


def forget_unnamed() -> int:
    """Drop where addresses stand that nothing public names any more; what was found stays.

    Returns how many.
    """
    named = addresses()
    gone = [pk for pk, url in Link.objects.values_list("pk", "url").iterator() if url not in named]
    for pks in batched(gone, A_BATCH):
        Link.objects.filter(pk__in=pks).delete()
    return len(gone)


def worked_on(entry: Entry) -> dt.date | None:
    """The day on which all links of an entry were last found to work; None where one does not.

    What keeps machines away says nothing either way.
    """
    links = list(Link.objects.filter(url__in=pages_of(entry)))
    if not links or any(link.failed_days for link in links):
        return None
    return min((link.worked_on for link in links if link.worked_on), default=None)
