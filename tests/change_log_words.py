"""What lines of the change log say to a reader, and which of it only machines say."""

import re
from collections.abc import Iterable

from councils.change_log.lines import Line

# names with low lines, JSON, long identifiers, bare truth values
_RAW = re.compile(r"\w_\w|[{}\[\]]|\b[0-9a-f]{8}-|None|True|False")


def raw_words(lines: Iterable[Line]) -> list[str]:
    """The words of those lines that no person would say."""
    said = (
        words
        for line in lines
        for words in (
            line.noun,
            line.subject.text,
            line.field,
            line.old,
            line.new,
            *sum(line.first_values, ()),
        )
        if not (line.field == "" and words == line.new)  # first values are shown one by one
    )
    return [words for words in said if _RAW.search(words)]
