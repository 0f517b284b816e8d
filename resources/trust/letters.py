"""The yearly question to organisations: whom to ask, who saw it first, what they answered.

Nothing goes out that no curator has approved, and no mail goes out twice: one whose fate nobody
knows waits for a curator. An answer is a proposal; it is never a check by a person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from resources.models import Curator, Entry, Letter, LetterAnswer, Organisation
from resources.models.letter import MOST_MAILS
from resources.posting import handed_over
from resources.trust import due

YEAR = dt.timedelta(days=365)
# Between one mail of a letter and the next.
BETWEEN = dt.timedelta(days=14)
# A mail that waits longer was lost on the way to the worker, or the worker does not run.
TAKEN_UP = dt.timedelta(hours=1)
# So many answers of one letter may wait for a curator.
MOST_ANSWERS = 5
LONGEST_TOKEN = 200

Says, State, Fate = LetterAnswer.Says, LetterAnswer.State, Letter.Fate


@dataclass(frozen=True, slots=True)
class ToSend:
    """A mail that may go out once a curator has seen it: the question is number 1."""

    organisation: Organisation
    number: int

    @property
    def is_reminder(self) -> bool:
        return self.number > 1


def to_send(today: dt.date, among: Iterable[int] | None = None) -> QuerySet[Organisation]:
    """The organisations that are to be asked or reminded on this day; see `mail_to`.

    Public, active ones with an address: a question a year, and a reminder each two weeks until they
    answer. `among`: only these, by primary key.
    """
    newest = Letter.objects.filter(organisation=OuterRef("pk")).order_by("-began_on", "-pk")
    answered = LetterAnswer.objects.filter(letter=OuterRef("letter"))
    rows = Organisation.objects.published().filter(status=Organisation.Status.ACTIVE)
    if among is not None:
        rows = rows.filter(pk__in=list(among))
    rows = rows.exclude(email="").annotate(
        letter=Subquery(newest.values("pk")[:1]),
        began_on=Subquery(newest.values("began_on")[:1]),
        last_mail_on=Subquery(newest.values("last_mail_on")[:1]),
        mails=Subquery(newest.values("mails")[:1]),
        fate=Subquery(newest.values("fate")[:1]),
        is_stopped=Subquery(newest.values("is_stopped")[:1]),
    )
    is_new = Q(letter=None) | Q(began_on__lte=today - YEAR, is_stopped=False)
    is_late = Q(
        began_on__gt=today - YEAR,
        last_mail_on__lte=today - BETWEEN,
        fate=Fate.SENT,
        is_stopped=False,
        mails__lt=MOST_MAILS,
    )
    return rows.filter(is_new | (is_late & ~Exists(answered))).order_by("name", "pk")


def mail_to(organisation: Organisation, today: dt.date) -> ToSend:
    """Which mail an organisation from `to_send` gets."""
    began: dt.date | None = organisation.began_on  # type: ignore[attr-defined]
    if began is None or began <= today - YEAR:
        return ToSend(organisation, 1)
    return ToSend(organisation, organisation.mails + 1)  # type: ignore[attr-defined]


@transaction.atomic
def approve(chosen: Iterable[int], *, by: Curator, today: dt.date) -> list[Letter]:
    """Let mails go to these organisations (primary keys) of `to_send`; returns their letters.

    Whoever is not to be written to any more by now, as where two curators press at once, is left
    out.
    """
    pks = list(chosen)
    list(Organisation.objects.select_for_update().filter(pk__in=pks).order_by("pk").only("pk"))
    letters = []
    for organisation in to_send(today, pks):
        mail = mail_to(organisation, today)
        if mail.is_reminder:
            letter = Letter.objects.get(pk=organisation.letter)  # type: ignore[attr-defined]
        else:
            letter = Letter(organisation=organisation, began_on=today)
        letter.email, letter.fate = organisation.email, Fate.WAITING
        letter.approved_by, letter.approved_at = by, timezone.now()
        letter.save()
        letters.append(letter)
    return letters


def send(pk: int, compose: Callable[[Letter], EmailMessage], today: dt.date) -> bool:
    """Send the mail of a letter that waits, once. Returns whether it was handed over.

    False as well where it does not wait (any more). The row says that it is being sent before
    anything is: of a mail whose fate is unknown no second one follows.
    """
    waiting = Letter.objects.filter(pk=pk, fate=Fate.WAITING, is_stopped=False)
    letter = waiting.select_related("organisation").first()
    if letter is None:
        return False
    mail = compose(letter)
    rows = Letter.objects.filter(pk=pk)
    taken = rows.filter(fate=Fate.WAITING).update(
        fate=Fate.SENDING, mails=F("mails") + 1, last_mail_on=today
    )
    if not taken:
        return False
    is_sent = handed_over(mail)
    if is_sent is not None:
        rows.update(fate=Fate.SENT if is_sent else Fate.FAILED)
    return bool(is_sent)


def in_trouble() -> QuerySet[Letter]:
    """Letters whose newest mail was refused, may not have arrived, or was never taken up."""
    forgotten = Q(fate=Fate.WAITING, approved_at__lte=timezone.now() - TAKEN_UP)
    wanted = Q(fate__in=[Fate.SENDING, Fate.FAILED]) | forgotten
    return Letter.objects.filter(wanted, is_stopped=False).select_related("organisation")


def settle_fate(letter: Letter, *, again: bool) -> bool:
    """Say of a mail in trouble that it is to be sent again, or that it is let be.

    Returns whether it waits to be sent.
    """
    rows = Letter.objects.filter(pk=letter.pk, fate__in=[Fate.SENDING, Fate.FAILED])
    waiting = Letter.objects.filter(pk=letter.pk, fate=Fate.WAITING)
    if again:
        return bool(rows.update(fate=Fate.WAITING, mails=F("mails") - 1) or waiting.exists())
    rows.update(fate=Fate.SENT)
    waiting.update(is_stopped=True)
    return False


def stop(letter: Letter) -> None:
    """Write to this organisation no more."""
    Letter.objects.filter(pk=letter.pk).update(is_stopped=True)


# --- their answers


def token_of(letter: Letter) -> str:
    """What stands in the links of a letter's mails, and nobody can make up."""
    return _signer().sign(str(letter.pk))


def letter_at(token: str, today: dt.date) -> Letter | None:
    """The letter whose token this is, while it may be answered: for a year."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        pk = int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    found = Letter.objects.select_related("organisation").filter(pk=pk, began_on__gt=today - YEAR)
    letter = found.first()
    return letter if letter and letter.organisation.is_published else None


def _signer() -> Signer:
    return Signer(salt="resources.trust.letters")


def answer(letter: Letter, says: str, *, words: str, shown: Iterable[Entry]) -> bool:
    """Keep what an organisation answered of the entries that it was shown.

    False where too many of its answers wait already. The same answer twice is kept once.
    """
    waiting = letter.answers.filter(state=State.WAITING)
    if waiting.filter(says=says, words=words).exists():
        return True
    if waiting.count() >= MOST_ANSWERS:
        return False
    versions = {str(entry.public_id): entry.version for entry in shown}
    LetterAnswer.objects.create(letter=letter, says=says, words=words, versions=versions)
    due.settle_entries([letter.organisation])
    return True


def close(given: LetterAnswer, state: str, *, by: Curator, note: str = "") -> bool:
    """Accept an answer or set it aside. False where somebody did so already."""
    waiting = LetterAnswer.objects.filter(pk=given.pk, state=State.WAITING)
    done = waiting.update(state=state, closed_at=timezone.now(), closed_by=by, note=note)
    due.settle_entries([given.letter.organisation])
    return bool(done)


def confirmed_on(entry: Entry) -> dt.date | None:
    """The day on which the organisation last confirmed this entry; None where it never did."""
    organisation = entry if isinstance(entry, Organisation) else entry.organisation  # type: ignore[attr-defined]
    for given in LetterAnswer.objects.confirming(organisation):
        if str(entry.public_id) in given.versions:
            day: dt.date = given.on
            return day
    return None
