"""Which function does which kind of job.

A room's handlers stand in its `work.py`, which `jobs.apps` loads when the product starts:

    @job("plans.import")
    def import_plan(run: JobRun) -> dict[str, Any] | None: ...

A handler may run more than once, since a worker can die at any moment: it must end the same either way, most
simply by making its whole effect one transaction that ends with `run.complete(result)`.
"""

from collections.abc import Callable
from typing import Any

from jobs.run import JobRun

Handler = Callable[[JobRun], dict[str, Any] | None]

_handlers: dict[str, Handler] = {}


def job(kind: str) -> Callable[[Handler], Handler]:
    """Register the decorated function as the one that does jobs of this kind."""

    def register(handler: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"two handlers for jobs of the kind {kind!r}")
        _handlers[kind] = handler
        return handler

    return register


def handler_of(kind: str) -> Handler | None:
    """The function that does jobs of this kind; None if there is none."""
    return _handlers.get(kind)
