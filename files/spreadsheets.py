"""Words in a text table that a spreadsheet would take for a formula: for every CSV that is written. Plain Python.

Such a cell gets an apostrophe in front of it, as spreadsheets themselves write it; so does one that begins with an
apostrophe before such a sign. `unguarded` takes exactly that apostrophe away again: nothing is lost.
"""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What spreadsheets take for the beginning of a formula, the wide forms of East Asian keyboards included."""
_BEFORE = "' \n\xa0"


def _dangerous(text: str) -> bool:
    return text.lstrip(_BEFORE).startswith(FORMULA)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _dangerous(text) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and _dangerous(text) else text
