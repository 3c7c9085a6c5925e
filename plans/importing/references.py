"""References: when two are one, and new ones for actions that have none of their own. Plain Python."""

import re
from collections.abc import Iterable

LONGEST_REF = 60
# what was made by `NewReferences.made`, or of an older import: its beginning and its number
ORDINAL = re.compile(r"(.*?)\s*(?:\(|no\. )(\d{1,6})\)?")


def ref_key(ref: str) -> str:
    """What two spellings of one reference have in common."""
    return "".join(ref.split()).casefold()


class NewReferences:
    """References that nothing in the plan has; one that was made once is stored, so it never moves."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = {ref_key(ref) for ref in taken}
        self.last: dict[str, int] = {}
        for ref in taken:
            if found := ORDINAL.fullmatch(ref):
                stem = ref_key(found[1])
                self.last[stem] = max(self.last.get(stem, 0), int(found[2]))

    def own(self, ref: str) -> str | None:
        """The document's own reference, if it has one that is free."""
        wanted = ref[:LONGEST_REF].strip()
        if not wanted or ref_key(wanted) in self.taken:
            return None
        self.taken.add(ref_key(wanted))
        return wanted

    def made(self, ref: str, stem: str) -> str:
        """The next one made of the document's own reference ("A1 (2)"), else of a stem ("A1 no. 3", "no. 3")."""
        base = (ref or stem.removesuffix("no."))[: LONGEST_REF - 12].strip()
        key = ref_key(base)
        number = self.last.get(key, 1 if ref else 0)
        while True:
            number += 1
            made = f"{base} ({number})" if ref else f"{base} no. {number}".strip()
            if ref_key(made) not in self.taken:
                self.last[key] = number
                self.taken.add(ref_key(made))
                return made
