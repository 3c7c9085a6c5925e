"""References: what counts as one, what it stands under, and how a split one goes together."""

import re
from functools import lru_cache

_LONGEST = 18
_REFERENCE = re.compile(
    r"(?:(?:[A-Za-z]{1,6}[\s.\-/_]?)?\d{1,4}(?:[.\-/_]\d{1,4})*(?:[.\-/_]?[A-Za-z]{1,3}\d{0,3})?"
    r"|(?:[A-Z]{1,4}\d{1,3}[./\-_]?){2,3})(?:\s?\([a-zA-Z0-9]{1,4}\))*[.):]?"
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})|(?:19|20)\d\d|\d{1,2}-[A-Za-z]{3}(?:-\d\d)?")
_PARENT = re.compile(r"(.*?)[\s.\-/_]?\d+[A-Za-z]{0,2}(?:\s?\(\w{1,4}\))?")
_KINDS = (
    r"(?:recommendation|priority|objective|theme|outcome|workstream|work stream|action|area"
    r"|aim|goal|strand|section"
    r"|requirement|finding|rec|obj)"
)
_LABEL = r"[A-Za-z]{0,5}[.\-]?\d{1,3}(?:\.\d{1,3})*[a-z]?"
_KIND_LED = re.compile(rf"{_KINDS}\s*(?:no\.?|number|area)?\s*({_LABEL})(?=$|[\s:.,)–—-])", re.IGNORECASE)
_LED = re.compile(rf"({_LABEL})(?:[:.)]|\s*[–—-])?(?:\s+|$)")
_STRONG = re.compile(r"[A-Za-z]+[.\-]?\d|\d+\.\d")


@lru_cache(maxsize=65536)
def is_reference(text: str) -> bool:
    """Whether text is a reference and nothing else: A1.1b, LMG.20, 3.4(a), PQ-03; a date or a year is
    none.
    """
    return len(text) <= _LONGEST and bool(_REFERENCE.fullmatch(text)) and not _DATE.fullmatch(text)


@lru_cache(maxsize=65536)
def tidied(text: str) -> str:
    """Return a reference without the full stop, bracket or colon that ends it."""
    stripped = text.strip().rstrip(".:").strip()
    return stripped[:-1] if stripped.endswith(")") and "(" not in stripped else stripped


@lru_cache(maxsize=65536)
def parent(reference: str) -> str:
    """Return what a reference stands under: A1 for A1.1b, LMG for LMG.20, 1.2 for 1.2.3, nothing for 7."""
    match = _PARENT.fullmatch(reference)
    return match[1].rstrip(" .-/_") if match else ""


def joined(text: str) -> str | None:
    """Return the reference that a split one ("LMG.1 2") makes when put together, or None where it makes
    none.
    """
    if not re.search(r"\s", text):
        return None
    together = re.sub(r"\s+", "", text)
    pieces = text.split()
    # "Rec 3" is written like that; "LMG.1 2" or "B 7.10" is not
    if len(pieces) == 2 and pieces[0].isalpha() and len(pieces[0]) > 1:  # noqa: PLR2004
        return None
    return together if is_reference(together) else None


@lru_cache(maxsize=16384)
def leading(text: str) -> str | None:
    """Return the reference that a title begins with ("A1 Priority", "Recommendation 3: ...", "1.2
    Improve"), or None.

    A bare number counts only where punctuation says so: "24 hour cover" has no reference.
    """
    text = text.strip()
    if match := _KIND_LED.match(text):
        return tidied(match[1])
    match = _LED.match(text)
    if not match or _DATE.match(text):
        return None
    plain_number = not _STRONG.match(match[1])
    punctuated = text[len(match[1]) : len(match[1]) + 1] in {":", ".", ")"} or text == match[1]
    return None if plain_number and not punctuated else tidied(match[1])


def after_reference(text: str) -> str:
    """Return a title without the reference it begins with."""
    text = text.strip()
    match = _KIND_LED.match(text) or _LED.match(text)
    return text[match.end() :].strip(" :.)–—-\t\n") if match and leading(text) else text


def common_parent(references: list[str]) -> str | None:
    """Return what all references stand under, or None where they differ or stand under nothing."""
    parents = {parent(reference) for reference in references}
    return parents.pop() or None if len(parents) == 1 else None


def stands_under(reference: str, above: str) -> bool:
    """Whether a reference stands under another: A1.1b under A1, but A10.1 not."""
    rest = reference[len(above) :]
    return (
        bool(above)
        and bool(rest)
        and reference.startswith(above)
        and not (above[-1].isdigit() and rest[0].isdigit())
    )
