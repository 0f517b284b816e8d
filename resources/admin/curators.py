"""Curators at the desk: an administrator invites them, and they set their own passwords by mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources import accounts, roles
from resources.admin.parts import ModelAdmin, ModelForm
from resources.admin.saving import curator_of
from resources.admin.site import desk
from resources.audit import What, note
from resources.models import Curator


class CuratorForm(ModelForm):
    """Who somebody is, what they may do, and whether they may still sign in."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=list(roles.ROLE_NAMES.items()), widget=forms.RadioSelect
    )

    class Meta:
        model = Curator
        fields = ("username", "email", "first_name", "last_name", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "email" in self.fields:
            self.fields["email"].required = True
            self.fields["email"].help_text = _("The link to set a password goes here.")
            self.fields["username"].help_text = _(
                "The name to sign in with. Not an email address: it stands in the history."
            )
        if "is_active" in self.fields:
            self.fields["is_active"].help_text = _(
                "Untick it when somebody leaves: they can't sign in any more, and their name stays."
            )
        if self.instance.pk:
            self.initial["role"] = roles.role_of(self.instance)

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if "@" in username and username != self.instance.username:
            raise forms.ValidationError(_("Choose a name without “@”: it stands in the history."))
        return username

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if Curator.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another curator has this email address."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        keeps = cleaned.get("role") == roles.ADMINISTRATOR and cleaned.get("is_active", True)
        is_one = self.instance.pk and roles.administrators().filter(pk=self.instance.pk).exists()
        others = roles.administrators().exclude(pk=self.instance.pk)
        if is_one and not keeps and not self.instance.is_superuser and not others.exists():
            raise forms.ValidationError(
                _("This is the only administrator. Make somebody else one first.")
            )
        return cleaned


@admin.register(Curator, site=desk)
class CuratorAdmin(ModelAdmin):
    """Nobody is deleted, because their name stands in the history: they can be made inactive."""

    form = CuratorForm
    fields = ("username", "email", "first_name", "last_name", "role", "is_active")
    change_form_template = "admin/curators/change_form.html"
    list_display = ("username", "email", "full_name", "role", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("username", "email", "first_name", "last_name")
    ordering = ("username",)
    actions = None
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=gettext_lazy("name"))
    def full_name(self, curator: Curator) -> str:
        return curator.get_full_name()

    @admin.display(description=gettext_lazy("role"))
    def role(self, curator: Curator) -> str:
        return roles.role_of(curator) or "-"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whoever is just being invited is active."""
        return [name for name in self.fields or () if obj or name != "is_active"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A superuser is changed by a superuser only: with their mailbox goes their power."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = roles.role_of(obj) if change else ""
        if not change:
            obj.is_staff = True
            accounts.lock_until_invited(obj)
        super().save_model(request, obj, form, change)
        roles.give_role(obj, form.cleaned_data["role"])
        _note_saved(request, obj, form, before if change else None)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        self._invite(request, obj)
        return self.response_post_save_add(request, obj)

    def _invite(self, request: HttpRequest, curator: Curator) -> None:
        sent = accounts.invite(curator, host=request.get_host(), https=request.is_secure())
        if sent:
            self.message_user(
                request, _("An invitation is on its way to %s.") % curator.email, messages.SUCCESS
            )
        else:
            self.message_user(
                request, _("No invitation was sent: is the account active?"), messages.ERROR
            )

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/invite/", wrap(self.invite_view), name="resources_curator_invite"),
            path("<int:pk>/reset/", wrap(self.reset_view), name="resources_curator_reset"),
            *super().get_urls(),
        ]

    def invite_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mail the link again, to somebody who lost it or let it lapse."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        curator = self._curator_or_404(request, pk)
        self._invite(request, curator)
        return HttpResponseRedirect(reverse("admin:resources_curator_change", args=[pk]))

    def _curator_or_404(self, request: HttpRequest, pk: int) -> Curator:
        """The curator, for whoever may change them."""
        curator: Curator | None = self.get_object(request, str(pk))
        if curator is None:
            raise Http404
        if not self.has_change_permission(request, curator):
            raise PermissionDenied
        return curator

    def reset_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Reset the second factor of somebody who lost it with all recovery codes; asks first.

        Their password goes as well. Whoever knew it, and talked an administrator into this, gets
        nowhere without the mail.
        """
        curator = self._curator_or_404(request, pk)
        if curator == request.user:
            raise PermissionDenied
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": _("Reset the second factor"),
                "opts": self.opts,
                "original": curator,
            }
            return TemplateResponse(request, "admin/curators/reset.html", context)
        accounts.lock_until_invited(curator)
        curator.save(update_fields=["password"])
        accounts.reset_second_factor(curator, by=curator_of(request))
        if accounts.invite_again(curator, host=request.get_host(), https=request.is_secure()):
            said = _("The second factor is reset. A link to start again is on its way to %s.")
            self.message_user(request, said % curator.email, messages.SUCCESS)
        else:
            self.message_user(
                request,
                _("The second factor is reset. No mail was sent: is the account active?"),
                messages.WARNING,
            )
        return HttpResponseRedirect(reverse("admin:resources_curator_change", args=[pk]))


def _note_saved(request: HttpRequest, curator: Curator, form: Any, before: str | None) -> None:
    """Lines of the audit log for what a form changed. `before` is the role; None: just invited."""
    by, name, role = curator_of(request), curator.get_username(), form.cleaned_data["role"]
    if before is None:
        note(by, What.INVITED, f"{name}, {role}")
        return
    if role != before:
        note(by, What.ROLE_GIVEN, f"{name}: {role}, before: {before or 'none'}")
    if "is_active" in form.changed_data:
        note(by, What.ACTIVATED if curator.is_active else What.DEACTIVATED, name)
    if other := [field for field in form.changed_data if field not in ("role", "is_active")]:
        note(by, What.CURATOR_CHANGED, f"{name}: {', '.join(other)}")
