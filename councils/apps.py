"""Councils, people, roles and rights."""

from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "councils"
    verbose_name = "Councils, people, roles and rights"

    def ready(self) -> None:
        from django.contrib.auth.signals import (  # noqa: PLC0415 - apps must be loaded first
            user_logged_in,
            user_logged_out,
            user_login_failed,
        )
        from django.core.checks import Tags, register  # noqa: PLC0415

        from councils import checks, signals  # noqa: PLC0415

        user_logged_in.connect(signals.signed_in)
        user_logged_out.connect(signals.signed_out)
        user_login_failed.connect(signals.failed)
        register(checks.demo_accounts_only_embedded, Tags.security)
