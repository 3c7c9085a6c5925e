"""A cell's text made fit to read: without markup that a web page left in it, without stray blanks."""

import html
import re

_TAG = re.compile(
    r"</?(?:p|br|ul|ol|li|div|span|b|i|u|em|strong|table|tbody|tr|td|th|font|a|h[1-6])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"</?(?:p|br|li|div|tr|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});")


def readable(text: str) -> tuple[str, bool]:
    """Return the text without markup and with its blanks tidied, and whether markup was taken out.

    Lines stay lines; what the cell holds exactly is kept in the row it stands in.
    """
    marked = "<" in text and _TAG.search(text) is not None
    if marked:
        text = _TAG.sub("", _BREAKS.sub("\n", text))
    if "&" in text and _ENTITY.search(text):
        text, marked = html.unescape(text), True
    if text.isascii() and "\n" not in text and "  " not in text and "\t" not in text and "\r" not in text:
        return text.strip(), marked
    lines = (" ".join(line.split()) for line in re.split(r"[\r\n\v\f\x85\u2028\u2029]+", text))
    return "\n".join(line for line in lines if line), marked


def joined(first: str, second: str) -> str:
    """Return two pieces of one text put together."""
    return f"{first} {second}".strip() if first and second else first or second
