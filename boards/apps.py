"""Boards and what they resolve."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"
    verbose_name = "Boards"

    def ready(self) -> None:
        """Say to the plan's room which round is open, what testing found, and which texts the board keeps."""
        from boards.queries.rounds import asked_round  # noqa: PLC0415 - models are there only now
        from boards.queries.testing import on_objective  # noqa: PLC0415
        from boards.texts import TEXTS  # noqa: PLC0415
        from plans.answering.rounds import register_rounds  # noqa: PLC0415
        from plans.assured import register_findings  # noqa: PLC0415
        from plans.elsewhere import register_texts  # noqa: PLC0415

        register_rounds(asked_round)
        register_findings(on_objective)
        register_texts(TEXTS)
