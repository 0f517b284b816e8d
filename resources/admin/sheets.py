"""Spreadsheets at the desk: a list taken out, a file looked at row by row, good rows taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources import audit, documents
from resources.admin import clashing, difference
from resources.admin.clashing import Told
from resources.admin.difference import Difference
from resources.admin.saving import curator_of
from resources.admin.shared import typed
from resources.edits import CannotEdit
from resources.interchange.spreadsheets import keeping, writing
from resources.interchange.spreadsheets.columns import READ_ONLY, columns_of
from resources.interchange.spreadsheets.files import Unreadable
from resources.interchange.spreadsheets.files.bounds import MOST_BYTES, MOST_ROWS
from resources.interchange.spreadsheets.keeping import UNKNOWN, NotSettled
from resources.models import Batch, Entry, Sheet, SheetRow

A_PAGE = 25
# More than this keeps others waiting for longer than a few seconds.
MANY = 1_000
CSV, XLSX = "csv", "xlsx"
WORDS = "words"  # in the place of a sort: the rows with words that mean something already
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Sort = SheetRow.Sort


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of a sheet: what it would change, what somebody changed since, what is wrong, and
    what words that it adds mean already."""

    row: SheetRow
    differences: Sequence[Difference]
    since: Sequence[Difference]
    problems: Sequence[tuple[str, str, str]]  # column, its label, sentence
    words: Sequence[Told]


def urls_of(model_admin: Any) -> list[URLPattern]:
    """The addresses of the spreadsheets of one kind of entry."""
    name = f"{model_admin.opts.app_label}_{model_admin.opts.model_name}"

    def page(view: Any) -> Any:
        return model_admin.admin_site.admin_view(partial(view, model_admin))

    return [
        path("export/<str:form>/", page(export_view), name=f"{name}_export"),
        path("import/", page(import_view), name=f"{name}_import"),
        path("import/<int:pk>/", page(sheet_view), name=f"{name}_sheet"),
    ]


def export_view(model_admin: Any, request: HttpRequest, form: str) -> HttpResponseBase:
    """What the list finds with its filters and its search, as a file."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    if form not in (CSV, XLSX):
        raise Http404
    try:
        found = model_admin.get_changelist_instance(request).queryset
    except IncorrectLookupParameters:
        return HttpResponseRedirect(f"{_list_url(model_admin)}?e=1")
    pks = list(found.values_list("pk", flat=True))
    name = f"{model_admin.opts.model_name}s-{timezone.localdate()}.{form}"
    audit.note(curator_of(request), audit.What.EXPORTED, f"{name}, entries: {len(pks)}")
    if form == XLSX:
        return FileResponse(
            writing.as_xlsx(model_admin.model, pks),
            as_attachment=True,
            filename=name,
            content_type=XLSX_TYPE,
        )
    return StreamingHttpResponse(
        writing.as_csv(model_admin.model, pks),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def import_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Ask for a file, and read it. What it would change is shown next; nothing changes yet."""
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    problem = ""
    if request.method == "POST":
        keeping.forget_old(timezone.now())
        file = request.FILES.get("file")
        if file is None or file.file is None:
            problem = _("Choose a file first.")
        elif (file.size or 0) > MOST_BYTES:
            problem = _("The file is too large. Split it, and import one after the other.")
        else:
            try:
                sheet = keeping.take_in(
                    model_admin.model, file.file, name=file.name or "", by=curator_of(request)
                )
                return HttpResponseRedirect(_sheet_url(model_admin, sheet))
            except Unreadable as refusal:
                problem = str(refusal)
    columns = columns_of(model_admin.model)
    context = {
        **model_admin.desk_context(request, None, _("Import a spreadsheet")),
        "problem": problem,
        "most_bytes": MOST_BYTES,
        "most_megabytes": MOST_BYTES // 2**20,
        "most_rows": MOST_ROWS,
        "read_only": [column for column in columns if column.name in READ_ONLY],
        "csv_url": _url(model_admin, "export", CSV),
        "xlsx_url": _url(model_admin, "export", XLSX),
    }
    return TemplateResponse(
        request, "admin/sheets/import.html", context, status=400 if problem else 200
    )


def sheet_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would change, row by row; a button that imports it. For whoever sent it only."""
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    mine = Sheet.objects.filter(by=curator_of(request), kind=model_admin.model.KIND, is_read=True)
    sheet: Sheet = get_object_or_404(mine, pk=pk)
    if sheet.batch is not None:
        messages.info(request, _("This file was imported already. Here is what it changed."))
        return _to_batch(sheet.batch)
    if request.method == "POST":
        if request.POST.get("deed") == "drop":
            sheet.delete()
            messages.success(request, _("The file is thrown away. Nothing was changed."))
            return HttpResponseRedirect(_list_url(model_admin))
        answer = _imported(model_admin, request, sheet)
        if answer is not None:
            return answer
    return _page(model_admin, request, sheet)


def _imported(model_admin: Any, request: HttpRequest, sheet: Sheet) -> HttpResponse | None:
    """Import the good rows; None where a message says why it was not done."""
    note = typed(request, "note", Batch.LONGEST_ABOUT)
    try:
        batch = keeping.import_rows(
            sheet,
            by=curator_of(request),
            model=model_admin.model,
            about=note or _("Imported from %s") % sheet.name,
            leave_out="leave_out" in request.POST,
            take_disputed="take" in request.POST,
            keep_words=clashing.KEEP in request.POST,
        )
    except NotSettled:
        told = _("Nothing was imported. Answer below what is asked, then import.")
        messages.error(request, told)
        return None
    except CannotEdit as refusal:
        keeping.mark(sheet, refusal)
        told = _("Nothing was imported: some rows cannot be. They are marked now; look at them.")
        messages.error(request, told)
        for obstacle in refusal.obstacles:
            if getattr(obstacle.entry, "slug", None) is None:
                messages.error(request, " ".join(obstacle.problems))
        return None
    told = ngettext(
        "%d entry is imported. You can undo it here.",
        "%d entries are imported. You can undo it here, as one.",
        batch.entries,
    )
    messages.success(request, told % batch.entries)
    return _to_batch(batch)


def _page(model_admin: Any, request: HttpRequest, sheet: Sheet) -> TemplateResponse:
    counted = sheet.rows.order_by().values_list("sort").annotate(number=Count("pk"))
    counts = {Sort(sort): number for sort, number in counted}
    chosen = request.GET.get("sort", "")
    worded = sheet.rows.exclude(words=[])
    shown = {**{str(sort): sheet.rows.filter(sort=sort) for sort in counts}, WORDS: worded}
    rows = shown.get(chosen, sheet.rows.all())
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("p", "1"))
    good = counts.get(Sort.CHANGED, 0) + counts.get(Sort.NEW, 0)
    context = {
        **model_admin.desk_context(request, None, _("What this file would change")),
        "sheet": sheet,
        "sorts": [(sort, counts[sort]) for sort in Sort if sort in counts],
        "total": sum(counts.values()),
        "chosen": chosen if chosen in shown else "",
        "words": worded.count(),
        "keep_words": clashing.KEEP in request.POST,
        "page": page,
        "rows": [_shown(model_admin.model, row) for row in page],
        "good": good,
        "new": counts.get(Sort.NEW, 0),
        "wrong": counts.get(Sort.WRONG, 0),
        "disputed": counts.get(Sort.DISPUTED, 0),
        "is_many": good > MANY,
        "may_import": good + counts.get(Sort.DISPUTED, 0) > 0,
        "leave_out": "leave_out" in request.POST,
        "take": "take" in request.POST,
        "note": request.POST.get("note", ""),
        "longest_note": Batch.LONGEST_ABOUT,
        "import_url": _url(model_admin, "import"),
    }
    return TemplateResponse(request, "admin/sheets/sheet.html", context)


def _shown(model: type[Entry], row: SheetRow) -> Shown:
    since = row.since.items()
    return Shown(
        row,
        difference.between(model, row.was, row.changes),
        difference.between(
            model,
            {name: then for name, (then, _today) in since},
            {name: today for name, (_then, today) in since},
        ),
        [(column, _label(model, column), problem) for column, problem in row.problems],
        _told(model, row) if row.words else (),
    )


def _told(model: type[Entry], row: SheetRow) -> Sequence[Told]:
    """What the words that a row adds mean today."""
    entry = model._default_manager.filter(public_id=row.public_id or UNKNOWN).first()
    if entry is None:
        return clashing.of_edit(model(slug=row.slug), {}, row.changes, {}).words
    today = documents.read(entry)
    return clashing.of_edit(entry, today, {**today, **row.changes}, {}).words


def _label(model: type[Entry], column: str) -> str:
    label = difference.label_of(model, column) if column else ""
    return "" if label == column else label


def _to_batch(batch: Batch) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:batch", args=[batch.pk]))


def _sheet_url(model_admin: Any, sheet: Sheet) -> str:
    return _url(model_admin, "sheet", sheet.pk)


def _list_url(model_admin: Any) -> str:
    return _url(model_admin, "changelist")


def _url(model_admin: Any, view: str, *args: Any) -> str:
    opts = model_admin.opts
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{view}", args=args)
