"""Boards and what they resolve."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"
    verbose_name = "Boards"

    def ready(self) -> None:
        """Say to the plan's room which round is open, so that "my actions" and reminders follow it."""
        from boards.queries.rounds import asked_round  # noqa: PLC0415 - models are there only now
        from plans.answering.rounds import register_rounds  # noqa: PLC0415

        register_rounds(asked_round)
