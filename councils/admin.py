"""The administration site: reference data, users and roles, for administrators alone; never case content.

Two things see to that. `User.is_staff` and `User.has_perm` follow from holding the administrator's role and
say yes to this room's models only, so that a model of another room would stay unseen if somebody registered
it; and what libraries registered for themselves (secrets of second factors, tokens of single sign-on) is
taken off the site. Sign-in is the product's own, with its second factor and rate limits.
"""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from councils.models import Council, Invitation, RoleHolding, User
from history.services import ChangeLog

admin.site.site_header = "Noticeboard: reference data, users and roles"
admin.site.site_title = "Noticeboard"
admin.site.index_title = "Reference data, users and roles"
admin.site.site_url = "/people/"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

for registered in list(admin.site._registry):  # noqa: SLF001 - the only way to ask what is on the site
    if registered is Group or registered.__module__.startswith("allauth."):
        admin.site.unregister(registered)


class LoggedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Changes of a few fields, each with a row in the history; nothing is added or deleted here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Django's own log of the site is not kept: the history is the only one."""

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        now = timezone.now()
        council_id = obj.pk if isinstance(obj, Council) else None
        log = ChangeLog(council_id=council_id, by=request.user, on=timezone.localdate(now), now=now)
        obj.version += 1
        for name in form.changed_data:
            old, new = form.initial[name], form.cleaned_data[name]
            log.changed(f"councils.{obj._meta.model_name}", obj.pk, name, old, new, version=obj.version)  # noqa: SLF001
        super().save_model(request, obj, form, change)
        log.write()


class ReadOnlyAdmin(LoggedAdmin):
    """To look at. Giving and ending roles has its own pages, which ask for a reason."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Council)
class CouncilAdmin(LoggedAdmin):
    """Names and regions can be put right; codes and slugs, by which others know a council, cannot."""

    list_display = ("short_name", "name", "code", "la_number", "region")
    list_filter = ("region", "invented")
    search_fields = ("name", "short_name", "code", "la_number")
    fields = ("name", "short_name", "region", "code", "former_code", "la_number", "slug")
    readonly_fields = ("code", "former_code", "la_number", "slug")
    ordering = ("short_name",)


@admin.register(User)
class UserAdmin(LoggedAdmin):
    """A name can be put right. An account is closed on its own page, with a reason."""

    list_display = ("name", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("name", "email")
    fields = ("name", "email", "is_active", "joined_at", "last_login")
    readonly_fields = ("email", "is_active", "joined_at", "last_login")
    ordering = ("name",)


@admin.register(RoleHolding)
class RoleHoldingAdmin(ReadOnlyAdmin):
    list_display = ("user", "role", "council", "starts_on", "ends_on", "withdrawn_at")
    list_filter = ("role",)
    search_fields = ("user__name", "user__email", "council__name")
    list_select_related = ("user", "council")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[RoleHolding]:
        return super().get_queryset(request).order_by("-starts_on", "-pk")


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = (
        "email",
        "name",
        "role",
        "council",
        "invited_at",
        "expires_at",
        "accepted_at",
        "revoked_at",
    )
    list_filter = ("role",)
    search_fields = ("email", "name", "council__name")
    list_select_related = ("council",)
    exclude = ("token_hash", "person")
    ordering = ("-invited_at",)
