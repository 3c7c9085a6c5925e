"""Words for dates, counts and lists, so that every schedule and deadline speaks the same English."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
)
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_LAST_IN_WORDS = 12


@lru_cache(maxsize=8192)
def day_in_words(day: date) -> str:
    """A date as the service writes it: "8 September 2015"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_in_words(year: int, month: int) -> str:
    """A month as the service writes it: "May 2015"."""
    return f"{MONTHS[month - 1]} {year}"


def count_in_words(count: int) -> str:
    """A count up to twelve in words ("three", "no" for none), above in figures."""
    if not 0 < count <= _LAST_IN_WORDS:
        return str(count) if count else "no"
    return NUMBERS[count]


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun: "one month", "four weeks"."""
    return f"{count_in_words(count)} {noun if count == 1 else plural or noun + 's'}"


def ordinal(count: int) -> str:
    """A position: "third", from the eleventh on "11th"."""
    return ORDINALS[count] if 0 < count < len(ORDINALS) else nth(count)


def nth(count: int) -> str:
    """A position in figures: "1st", "10th", "22nd"."""
    tail = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")  # noqa: PLR2004
    return f"{count}{tail}"


def listed(parts: Sequence[str], joint: str = "and") -> str:
    """Parts as a list in a sentence: "a, b and c"."""
    if len(parts) < 2:  # noqa: PLR2004
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}"


def every(period: object) -> str:
    """How often: "every six months", "every month"."""
    return f"every {str(period).removeprefix('one ')}"


def opened(text: str) -> str:
    """The text with its first letter made a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
