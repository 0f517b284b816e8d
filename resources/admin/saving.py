"""Saving at the desk, whole or not at all.

A save is one transaction: the version that the form was opened at is expected, the rows are saved,
and the thing is handed to `resources.publishing`. When anything refuses, all of it is taken back
and the form is shown again with what was typed and the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from resources import documents, publishing
from resources.admin import clashing, conflict, history
from resources.admin.clashing import Clashing
from resources.admin.conflict import Conflict
from resources.admin.parts import ModelAdmin
from resources.coherence import problems_of
from resources.documents import Document
from resources.models import Curator, Entry, Publication, Recorded
from resources.publishing import CannotPublish, ChangedMeanwhile


@dataclass
class Attempt:
    """One request's try at saving: why the last one was taken back, what it would have said."""

    obstacles: list[str] = field(default_factory=list)
    conflict: Conflict | None = None
    clashing: Clashing = field(default_factory=Clashing)
    is_trial: bool = False


class Tried(Exception):
    """A trial save got through; carries the document that it would have made."""

    def __init__(self, document: Document) -> None:
        super().__init__("tried")
        self.document = document


def attempt_of(request: HttpRequest) -> Attempt:
    """The request's attempt, begun on first asking."""
    attempt: Attempt | None = getattr(request, "_attempt", None)
    if attempt is None:
        attempt = Attempt()
        request._attempt = attempt  # type: ignore[attr-defined]
    return attempt


def curator_of(request: HttpRequest) -> Curator:
    """Who is signed in. Every view of the desk has made sure that somebody is."""
    if not isinstance(request.user, Curator):
        raise PermissionDenied
    return request.user


class SavingAdmin(ModelAdmin):
    """Saves a form with its rows, and compares it with what somebody else saved meanwhile."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show or save. What is refused is taken back whole, and shown again with the reason."""

        def answer() -> Any:
            return super(SavingAdmin, self).changeform_view(
                request, object_id, form_url, extra_context
            )

        if request.method != "POST":
            return answer()
        attempt = attempt_of(request)
        try:
            with transaction.atomic():
                self._expect_version(request, object_id)
                self.prepare(request, object_id)
                return answer()
        except CannotPublish as refusal:
            attempt.obstacles = refusal.problems
        except ValidationError as refusal:
            attempt.obstacles = refusal.messages
        except ChangedMeanwhile as other:
            self._compare(request, object_id, other.newest, answer)
        return answer()

    def _expect_version(self, request: HttpRequest, object_id: str | None) -> None:
        """Refuse whoever may not save this; stop where somebody saved it in the meantime."""
        thing = self.get_object(request, object_id) if object_id else None
        if thing is None:
            return
        if not self.has_change_permission(request, thing):
            raise PermissionDenied
        publishing.expect_version(thing, history.version_in(request.POST.get("seen_version", "")))

    def _compare(
        self,
        request: HttpRequest,
        object_id: str | None,
        newest: Publication | None,
        answer: Callable[[], Any],
    ) -> None:
        """Set what was typed beside what is saved, and let the next save know that it was seen."""
        attempt = attempt_of(request)
        if newest is None:
            attempt.obstacles = [_("This was saved by somebody else. Open it again.")]
            return
        seen = history.version_in(request.POST.get("seen_version", ""))
        opened = Publication.objects.filter(public_id=newest.public_id, version=seen).first()
        typed = self._tried(attempt, answer)
        attempt.conflict = conflict.compared(self.model, opened=opened, newest=newest, typed=typed)
        attempt.obstacles = [_told_conflict(attempt.conflict)]
        if typed is not None:
            sent = request.POST.copy()
            sent["seen_version"] = str(newest.version)
            request.POST = sent  # type: ignore[assignment]

    def _tried(self, attempt: Attempt, answer: Callable[[], Any]) -> Document | None:
        """The document that this form would make, found by saving it and taking that back."""
        attempt.is_trial = True
        try:
            with transaction.atomic():
                answer()
                transaction.set_rollback(True)
        except Tried as tried:
            return tried.document
        except (CannotPublish, ValidationError):
            pass
        finally:
            attempt.is_trial = False
        return None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the parts, take what was chosen of another's version, and have it all recorded."""
        super().save_related(request, form, formsets, change)
        thing, attempt = form.instance, attempt_of(request)
        self.complete(thing)
        before = _newest_document(thing)
        if not attempt.is_trial:
            self._take_theirs(request, thing, before)
        document = documents.read(thing)
        attempt.clashing = clashing.of_edit(thing, before, document, request.POST)
        if attempt.is_trial:
            raise Tried(document)
        problems = problems_of(thing) if isinstance(thing, Entry) else []
        if not attempt.clashing.is_kept:
            problems.append(clashing.refusal())
        if problems:
            raise CannotPublish(problems)
        note = attempt.clashing.noted(form.cleaned_data.get("history_note", ""))
        self.record(request, thing, note=note)
        for hint in attempt.clashing.hints:
            self.message_user(request, hint, messages.INFO)

    def _take_theirs(self, request: HttpRequest, thing: Recorded, newest: Document) -> None:
        theirs = conflict.chosen_of_theirs(request.POST, newest)
        if theirs:
            documents.write(thing, theirs)

    def prepare(self, request: HttpRequest, object_id: str | None) -> None:
        """What is done in the transaction of a save before the form is read. Nothing here."""

    def complete(self, thing: Any) -> None:
        """Fill in what follows from the parts of a saved thing. Nothing here."""

    def record(self, request: HttpRequest, thing: Any, *, note: str) -> None:
        """Hand what was saved to `publishing`. A word of a vocabulary is public at once."""
        publishing.publish(by=curator_of(request), entries=[thing], note=note)


def _newest_document(thing: Recorded) -> Document:
    """What the thing said when it was last recorded; empty for a new one."""
    newest = Publication.objects.of(thing).first()
    return newest.document if newest else {}


def _told_conflict(found: Conflict) -> str:
    """One sentence for the top of the form."""
    if found.disputed is None:
        return _(
            "%(who)s saved this while you were writing. Nothing of yours is lost. Mend the errors "
            "below and save: then you can compare both versions."
        ) % {"who": found.who}
    return _(
        "%(who)s saved this while you were writing. Nothing is saved of yours yet, and nothing is "
        "lost: compare the two below, choose, and save again."
    ) % {"who": found.who}
