"""Councils, people, roles and rights."""

from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "councils"
    verbose_name = "Councils, people, roles and rights"
