"""Gives django-allauth's pages the look of ours: its layouts are poured into the base template of our own
pages.
"""

import re
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.base import NodeList, Parser, Token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from councils.models import User
from councils.roles import Role
from councils.services.demo import demo_accounts

register = template.Library()

MANAGE = (
    ("account_change_password", "Password"),
    ("mfa_index", "Second factor and passkeys"),
    ("usersessions_list", "Where you are signed in"),
    ("account_email", "E-mail address"),
)


class AccountPage(template.Node):
    """Renders `{% accountpage %}title{% pagebody %}body{% pagescripts %}scripts{% endaccountpage %}`."""

    child_nodelists = ("title", "body", "scripts")

    def __init__(self, title: NodeList, body: NodeList, scripts: NodeList) -> None:
        self.title, self.body, self.scripts = title, body, scripts

    def render(self, context: template.Context) -> SafeString:
        request = context["request"]
        title = " ".join(strip_tags(self.title.render(context)).split())
        form = context.get("form")
        if form is not None and form.is_bound and form.errors:
            title = f"Error: {title}"
        page = {
            # what the pages bring was escaped by their own engine
            "page_title": mark_safe(title),  # noqa: S308
            "page_body": mark_safe(self.body.render(context)),  # noqa: S308
            "page_scripts": mark_safe(self.scripts.render(context)),  # noqa: S308
            "page_links": _links(request),
        }
        return mark_safe(  # noqa: S308
            render_to_string("councils/account_page.html", page, request=request, using="pages")
        )


def _links(request: Any) -> list[dict[str, str]]:
    if not request.user.is_authenticated:
        return []
    links = [{"href": reverse(name), "text": text} for name, text in MANAGE]
    if settings.SOCIALACCOUNT_PROVIDERS:
        links.append({"href": reverse("socialaccount_connections"), "text": "Single sign-on"})
    return links


@register.tag(name="accountpage")
def account_page(parser: Parser, token: Token) -> AccountPage:
    """The three parts of a page, each of which may hold blocks."""
    parts = []
    for end in ("pagebody", "pagescripts", "endaccountpage"):
        parts.append(parser.parse((end,)))
        parser.delete_first_token()
    return AccountPage(*parts)


@register.filter
def govuk_links(html: str) -> SafeString:
    """Links inside a text of allauth's get the class of ours."""
    return mark_safe(re.sub(r"<a (?![^>]*class=)", '<a class="govuk-link" ', str(html)))  # noqa: S308


@register.filter
def named_column(heading: str) -> SafeString:
    """The heading of a column; one that allauth leaves empty, over buttons, gets words for screen readers."""
    if str(heading).strip():
        return mark_safe(heading)  # noqa: S308 - it comes from a template
    return mark_safe('<span class="govuk-visually-hidden">What you can do</span>')


@register.filter
def govuk_input(field: BoundField) -> SafeString:
    """A text, e-mail, number or password input with the class of ours, tied to its hint and its error."""
    described = [f"{field.auto_id}-hint"] if field.help_text else []
    attrs: dict[str, str | bool] = {"class": "govuk-input", "placeholder": ""}
    if field.errors:
        described.append(f"{field.auto_id}-error")
        attrs["class"] = "govuk-input govuk-input--error"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)


@register.filter
def is_kind(field: BoundField, kinds: str) -> bool:
    """Whether the field is shown by an input of one of these kinds ("checkbox,radio")."""
    return getattr(field.field.widget, "input_type", "") in kinds.split(",")


@register.simple_tag(takes_context=True)
def shown_form(context: template.Context) -> BaseForm | None:
    """The form of a `form` element: the one it names, else that of the page."""
    form: BaseForm | None = context["attrs"].get("form") or context.get("form")
    return form


@register.simple_tag
def demonstration_accounts() -> list[tuple[Role, User]]:
    """The accounts that the sign-in page offers in the embedded set-up."""
    return demo_accounts()
