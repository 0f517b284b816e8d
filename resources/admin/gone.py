"""What somebody is told who saves an entry that was withdrawn while they wrote."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resources.admin.shared import change_url
from resources.models import Entry


def told(entry: Entry, form: Any) -> SafeString:
    """That nothing is saved, where the entry went, and what they had typed into it."""
    said = [format_html("{}", _("“%s” was withdrawn while you wrote. Nothing is saved.") % entry)]
    if entry.merged_into is not None:
        into = _('It was merged into <a href="{}">{}</a>.')
        said.append(format_html(into, change_url(entry.merged_into), entry.merged_into))
    typed = _typed(form)
    if typed:
        words = format_html_join("; ", "{}: “{}”", typed)
        said.append(format_html("{} {}", _("What you wrote:"), words))
    return format_html_join(" ", "{}", ((each,) for each in said))


def _typed(form: Any) -> list[tuple[str, str]]:
    """The texts that were changed in a form, each with its label; choices are made again soon."""
    changed = [form[name] for name in form.changed_data if not form.fields[name].widget.is_hidden]
    return [(str(each.label), each.data) for each in changed if isinstance(each.data, str)]
