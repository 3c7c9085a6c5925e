"""What is said of evidence to whom. Plain Python.

What a file or link is called may say as much as what is in it. So its title is for those who may open it
(`councils.rights`: reading evidence). Everybody else who reads of an action, in frozen positions or in reports, is told
how much is kept.
"""

from collections.abc import Iterable
from typing import Protocol


class Kept(Protocol):
    """A piece of evidence; `address` is "" for a file."""

    @property
    def title(self) -> str: ...
    @property
    def address(self) -> str: ...


def called(kept: Kept, *, may_open: bool) -> str:
    """What a piece of evidence is called to somebody who may open it, or may not."""
    if may_open:
        return kept.title
    return "a link" if kept.address else "a file"


def counted(kept: Iterable[Kept]) -> str:
    """How much is kept, for those who may not open it: "2 files and 1 link"; "" for nothing."""
    links = [bool(one.address) for one in kept]
    said = ((len(links) - sum(links), "file"), (sum(links), "link"))
    return " and ".join(f"{many} {noun}{'' if many == 1 else 's'}" for many, noun in said if many)
