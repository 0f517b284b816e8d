"""Organisations and resources at the desk: drafts, publishing, preview."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce
from operator import and_
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import smart_split
from django.utils.translation import get_language_info, gettext_lazy, override
from django.utils.translation import gettext as _

from resources import documents, duplicates, proposals, publishing
from resources.admin import actions, gone, history, sheets, verbs
from resources.admin.actions import CHECK, PUBLISH, WITHDRAW, Deed
from resources.admin.bulk import change_chosen
from resources.admin.recorded import RecordedAdmin
from resources.admin.reports import waiting_about
from resources.admin.saving import curator_of
from resources.admin.spanish import TranslationInline
from resources.context import OtherLanguage
from resources.documents import Document
from resources.models import Entry, Origin, Proposal, Publication, PublicationState

LEAST_DIGITS = 4


class Proposed(Exception):
    """What was saved is to be proposed; carries the document, and what was noted of it."""

    def __init__(self, document: Document, note: str) -> None:
        super().__init__("proposed")
        self.document, self.note = document, note


class EntryAdmin(RecordedAdmin):
    """An entry: a draft until somebody who may publishes it, then public with every save."""

    actions = (
        actions.publish_chosen,
        actions.withdraw_chosen,
        actions.check_chosen,
        change_chosen,
    )
    ordering = ("name",)
    change_list_template = "admin/sheets/change_list.html"
    delete_confirmation_template = "admin/recorded/delete.html"

    # --- who may what

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether this curator may make entries of this kind public, and take them back."""
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An editor changes drafts, and proposes changes of what is public."""
        may = super().has_change_permission(request, obj)
        is_withdrawn = obj is not None and obj.publication_state == PublicationState.WITHDRAWN
        return may and (not is_withdrawn or self.has_publish_permission(request))

    def _is_gone_for(self, request: HttpRequest, obj: Any) -> bool:
        """Whether this curator could change it if it were not withdrawn."""
        may = super().has_change_permission(request, obj)
        return may and not self.has_change_permission(request, obj)

    def proposes(self, request: HttpRequest, obj: Any) -> bool:
        """Whether what this curator saves of an entry waits for a publisher."""
        return bool(obj and obj.is_published) and not self.has_publish_permission(request)

    def may_record(self, request: HttpRequest, thing: Any) -> bool:
        return super().may_record(request, thing) and not self.proposes(request, thing)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft that has never been public can be deleted; anything else is withdrawn.

        Whoever may not publish deletes only drafts in which there is nobody else's work.
        """
        may = request.user.has_perm(f"{self.opts.app_label}.delete_{self.opts.model_name}")
        if not may or obj is None:
            return may
        others = Publication.objects.of(obj).exclude(by=curator_of(request))
        is_mine = self.has_publish_permission(request) or not others.exists()
        return is_mine and publishing.was_never_public(obj)

    def why_read_only(self, request: HttpRequest, thing: Any) -> str:
        if self.has_change_permission(request, thing) or not request.user.has_perm(
            f"{self.opts.app_label}.change_{self.opts.model_name}"
        ):
            return super().why_read_only(request, thing)
        return _(
            "This was withdrawn, so only publishers change it. Tell a publisher what is wrong."
        )

    def get_actions(self, request: HttpRequest) -> Any:
        """Without Django's own deletion of many at once."""
        found = super().get_actions(request)
        found.pop("delete_selected", None)
        return found

    # --- the form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Words of the vocabularies are chosen here, not made or changed on the way."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            is_entry = issubclass(db_field.remote_field.model, Entry)
            widget.can_delete_related = False
            widget.can_add_related = widget.can_add_related and is_entry
            widget.can_change_related = widget.can_change_related and is_entry
            widget.can_view_related = widget.can_view_related and is_entry
        return field

    # --- saving

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show or save; what may only be proposed is taken back, and kept as a proposal."""
        thing = self.get_object(request, object_id) if object_id else None
        if request.method == "POST" and thing and self._is_gone_for(request, thing):
            form = self.form(request.POST, instance=thing)
            about = self.desk_context(request, thing, _("Not saved: %s") % thing)
            return gone.refused(request, thing, form, about)
        if thing is None or not self.proposes(request, thing):
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic():
                if request.method != "POST":
                    self.prepare(request, object_id)
                answer = super().changeform_view(request, object_id, form_url, extra_context)
                if isinstance(answer, TemplateResponse):
                    answer.render()
                transaction.set_rollback(True)
                return answer
        except Proposed as proposed:
            return self._keep_proposal(request, thing, proposed)

    def prepare(self, request: HttpRequest, object_id: str | None) -> None:
        """Lay what a curator has proposed already over what is public, in a form to go on with."""
        thing = self.get_object(request, object_id) if object_id else None
        if thing is None or not self.proposes(request, thing):
            return
        mine = Proposal.objects.about(thing).filter(by=curator_of(request))
        again = mine.filter(pk=history.version_in(request.GET.get("proposal", ""))).first()
        proposal = again or mine.waiting().first()
        if proposal is not None:
            try:
                with transaction.atomic():
                    proposals.lay_over(thing, proposal)
            except ValidationError:
                told = _("What you proposed before does not fit any more. Write it again.")
                self.message_user(request, told, messages.WARNING)

    def _keep_proposal(self, request: HttpRequest, thing: Any, proposed: Proposed) -> HttpResponse:
        kept = proposals.propose(
            thing,
            proposed.document,
            by=curator_of(request),
            note=proposed.note,
            version=history.version_in(request.POST.get("seen_version", "")),
        )
        if kept is None:
            self.message_user(request, _("You changed nothing, so nothing waits."))
        else:
            told = _("Your change of “%s” waits for a publisher. Until then all stays as it was.")
            self.message_user(request, told % thing, messages.SUCCESS)
        return self.to_change_page(request, thing)

    def record(self, request: HttpRequest, thing: Any, *, note: str) -> None:
        """Record it in the state that it has, or publish it where that was asked.

        What may only be proposed is published to see that it could be. Raises `Proposed`, with
        which all of it is taken back.
        """
        if self.proposes(request, thing):
            publishing.publish(by=curator_of(request), entries=[thing], note=note)
            raise Proposed(documents.read(thing), note)
        if "_publish" not in request.POST:
            publishing.record(by=curator_of(request), entries=[thing], note=note)
        elif self.has_publish_permission(request):
            publishing.publish(by=curator_of(request), entries=[thing], note=note)
        else:
            raise PermissionDenied

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """An entry goes as one thing: its rows, which go with it, are not listed."""
        _all, _counted, forbidden, protected = super().get_deleted_objects(objs, request)
        return list(map(str, objs)), {}, forbidden, protected

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        publishing.discard(entries=[obj])

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        self._tell_state(request, obj)
        for like in duplicates.like(self.model, obj.name, apart_from=obj.pk):
            told = format_html(
                '{} <a href="{}">{}</a>',
                _("There is already one with a like name. Is it the same?"),
                self.url_of("change", like),
                self.name_among_like(like),
            )
            self.message_user(request, told, messages.WARNING)
        return self.response_next(request, obj) or self.response_post_save_add(request, obj)

    def name_among_like(self, entry: Any) -> str:
        """Its name where several are called alike."""
        return str(entry)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        self._tell_state(request, obj)
        return self.response_next(request, obj) or self.response_post_save_change(request, obj)

    def response_next(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """Where to go after saving, by the button that was pressed; None for back to the list."""
        stays = {"_publish", "_continue"} & request.POST.keys()
        return self.to_change_page(request, obj) if stays else None

    def _tell_state(self, request: HttpRequest, entry: Any) -> None:
        match entry.publication_state:
            case PublicationState.PUBLISHED:
                link = format_html(
                    '<a href="{}">{}</a>', entry.get_absolute_url(), _("See its page.")
                )
                text = format_html("{} {}", _("“%s” is saved and public.") % entry, link)
            case PublicationState.WITHDRAWN:
                text = format_html("{}", _("“%s” is saved. It stays withdrawn.") % entry)
            case _:
                text = format_html(
                    "{}", _("“%s” is saved as a draft. Only curators see it.") % entry
                )
        self.message_user(request, text, messages.SUCCESS)

    def view_on_site(self, obj: Any) -> str | None:
        """The public page, where there is one: at its address as saved, whatever was typed."""
        saved = self.model._default_manager.filter(pk=obj.pk).only("slug", "publication_state")
        return next((each.get_absolute_url() for each in saved if each.is_published), None)

    # --- pages of one entry

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        pages: dict[str, Callable[..., Any]] = {
            "publish": actions.deed_view(self, PUBLISH),
            "withdraw": actions.deed_view(self, WITHDRAW),
            "check": actions.deed_view(self, CHECK),
            "preview": self.preview_view,
        }
        return [
            path(
                "<int:pk>/news/<slug:name>/",
                wrap(partial(verbs.news_view, self)),
                name=f"{name}_news",
            ),
            *(
                path(f"<int:pk>/{page}/", wrap(view), name=f"{name}_{page}")
                for page, view in pages.items()
            ),
            *sheets.urls_of(self),
            *super().get_urls(),
        ]

    def further_for(self, deed: Deed, entry: Any) -> tuple[Sequence[Entry], str]:
        """Entries that may go along when the deed is done to this one, and what they are called."""
        return [], ""

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The public page with the entry as it is saved now, for curators only.

        The language stands in the query, for the desk has no address of its own for each.
        """
        entry = self.thing_or_404(request, pk)
        if not self.has_view_or_change_permission(request, entry):
            raise PermissionDenied
        shown = "es" if request.GET.get("language") == "es" else "en"
        other = "en" if shown == "es" else "es"
        name = get_language_info(other)["name_local"]
        frame = {
            "preview": {"change_url": self.url_of("change", entry)},
            "other_languages": [OtherLanguage(other, name, f"{request.path}?language={other}")],
            "alternates": [],
        }
        with override(shown):
            return self.previewed(request, entry, frame)

    def previewed(
        self, request: HttpRequest, entry: Any, frame: Mapping[str, Any]
    ) -> HttpResponseBase:
        """The public page of an entry, in the language that is active."""
        raise NotImplementedError

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Spanish can be written once there is English to stand beside it."""
        found = super().get_inlines(request, obj)
        return found if obj else [each for each in found if not issubclass(each, TranslationInline)]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        context["may_publish"] = self.has_publish_permission(request)
        entry = kwargs.get("obj")
        context["like_url"] = reverse("admin:like", args=[self.model.KIND])
        context["proposes"] = self.proposes(request, entry)
        if entry is not None:
            if context["may_publish"]:
                context["verbs"] = verbs.verbs_of(entry)
            context["proposals"] = list(Proposal.objects.waiting().about(entry))
            context["origins"] = list(Origin.of(entry))
        if entry is not None and request.user.has_perm("resources.view_report"):
            context["reports"] = waiting_about(entry)
        return super().render_change_form(request, context, *args, **kwargs)

    # --- lists

    @admin.display(description=gettext_lazy("changed"), ordering="changed_at")
    def changed(self, entry: Entry) -> str:
        """The day: with its time, each row of a list would be three lines high."""
        at = entry.changed_at
        return date_format(timezone.localtime(at), "M j, Y") if at else ""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """With a link to import a spreadsheet, for those who may."""
        may = {"may_import": self.has_publish_permission(request)}
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Names and slugs, and telephone numbers however they are written.

        Each word is looked for by conditions that join nothing: joined with their names and phones,
        50,000 resources took over a second.
        """
        digits = "".join(character for character in search_term if character in "0123456789")
        wanted = reduce(and_, map(self.mentions, _words_in(search_term)), Q())
        if len(digits) >= LEAST_DIGITS:
            wanted |= self.answers(digits)
        return self.begun_first(request, queryset.filter(wanted), search_term), False

    def mentions(self, word: str) -> Q:
        """A condition: a name of the entry, or its slug, has this word."""
        raise NotImplementedError

    def answers(self, digits: str) -> Q:
        """A condition: a telephone of the entry has these digits."""
        raise NotImplementedError


def _words_in(text: str) -> list[str]:
    """The words, and what stands in quotation marks as one."""
    found = (bit.replace("\x00", "") for bit in smart_split(text))
    return [
        bit[1:-1] if len(bit) > 1 and bit[0] == bit[-1] and bit[0] in "'\"" else bit
        for bit in found
    ]
