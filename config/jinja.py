"""The Jinja2 environment of our own pages: GOV.UK macros, a few filters, no logic."""

import datetime as dt
from typing import Any

import jinja2
from django.contrib.humanize.templatetags.humanize import intcomma
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from config.env import BASE_DIR


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page by its name, as templates ask for it."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def _day(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date()
    return value


def long_date(value: dt.date | dt.datetime | None) -> str:
    """16 June 2015, for sentences."""
    return f"{_day(value).day} {_day(value):%B %Y}" if value else ""


def short_date(value: dt.date | dt.datetime | None) -> str:
    """16 Jun 2015, for tables."""
    return f"{_day(value).day} {_day(value):%b %Y}" if value else ""


def moment(value: dt.datetime | None) -> str:
    """16 June 2015 at 2:05pm, in London."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    clock = f"{int(local.strftime('%I'))}:{local:%M}{local.strftime('%p').lower()}"
    return f"{long_date(local)} at {clock}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """3 actions, 1 action."""
    return f"{intcomma(count)} {one if count == 1 else many or one + 's'}"


def environment(**options: Any) -> jinja2.Environment:
    """Built by Django's Jinja2 backend; undefined names stay quiet because the GOV.UK macros count on it."""
    options["loader"] = jinja2.ChoiceLoader(
        [
            jinja2.FileSystemLoader(BASE_DIR / "templates"),
            jinja2.PrefixLoader(
                {"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja", "templates")}
            ),
        ]
    )
    env = jinja2.Environment(  # noqa: S701 - Django's backend passes autoescape=True
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.do"], **options
    )
    env.globals |= {"url": url, "static": static, "plural": plural}
    env.filters |= {"long_date": long_date, "short_date": short_date, "moment": moment, "number": intcomma}
    return env
