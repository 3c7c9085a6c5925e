"""What stands beside a provision on the notice's page that is known to rooms below: the plan that answers it.

Settings name the function that knows (`ANSWERS`), and nothing here imports it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from councils.guards import CouncilRequest


@dataclass(frozen=True)
class Answering:
    """A part of the plan that answers a provision: what it is called, its page, its rating for a tag."""

    name: str
    address: str
    rating: Any
    overdue: bool = False


@dataclass(frozen=True)
class Beside:
    """How a provision is answered: in words, whether that is a gap, by what, with how much evidence; its page."""

    words: str
    gap: bool
    parts: tuple[Answering, ...]
    evidence: int
    address: str


class Answers(Protocol):
    """What `settings.ANSWERS` names: how each provision of an instrument is answered, by the provision's key."""

    def __call__(self, request: CouncilRequest, instrument: int) -> Mapping[str, Beside]: ...


def answers(request: CouncilRequest, instrument: int) -> Mapping[str, Beside]:
    """How each provision of an instrument (by its number) is answered, as far as whoever asks may see."""
    return cast("Answers", import_string(settings.ANSWERS))(request, instrument)
