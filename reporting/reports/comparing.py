"""What changed between two versions of a text, word by word. Plain Python."""

import re
from difflib import SequenceMatcher


def compare(old: str, new: str) -> list[tuple[str, str]]:
    """Pieces of the two texts in order, each "same", "del" or "ins"; line breaks are kept."""
    before, after = _pieces(old), _pieces(new)
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(before[a:b])))
            continue
        if b > a:
            found.append(("del", "".join(before[a:b])))
        if d > c:
            found.append(("ins", "".join(after[c:d])))
    return found


def _pieces(text: str) -> list[str]:
    return re.findall(r"\S+|\s+", text)
