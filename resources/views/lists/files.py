"""A list as files for somebody's own programs: a table, a day in a calendar."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from resources.forms.handout import HandOutForm
from resources.handouts.paper import Paper
from resources.handouts.reminder import reminder_of
from resources.handouts.table import table_of
from resources.views.lists.taking import of_a_sent_list, shown_again

# A reminder is for a day to come, and for one that somebody can mean.
MOST_AHEAD = dt.timedelta(days=5 * 366)


@of_a_sent_list
def as_table(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The list as CSV, notes included: it is for whoever wrote them."""
    return _file(table_of(paper), "text/csv; charset=utf-8", "list.csv")


@of_a_sent_list
def reminder(request: HttpRequest, paper: Paper) -> HttpResponse:
    """A day for a calendar; the list again where no such day was chosen."""
    form = HandOutForm(request.POST, paper.handout.numbers)
    day = form.day
    if day is None or not paper.today <= day <= paper.today + MOST_AHEAD:
        told = _("Choose a day from today on, such as %(day)s.") % {"day": paper.later.isoformat()}
        return shown_again(request, paper.handout, day_error=told, day=request.POST.get("day", ""))
    made = reminder_of(paper, day, form.reminds_of, timezone.now())
    return _file(made, "text/calendar; charset=utf-8", "reminder.ics")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
