"""Colours that a sheet gives its cells by rules (conditional formatting), where the rules are plain.

Read are rules on the cell's own value and on its words, and formulas that compare cells with words, numbers or
other cells, also joined by AND, OR and NOT. What is not read is reported, with the cells it colours.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from plans.reader.containers import local
from plans.reader.grids import Row

_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_REF = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")
_CALL = re.compile(r"([A-Z]+)\((.*)\)", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_COMPARED = re.compile(r"(<>|<=|>=|=|<|>)")
_WIDEST = 60
_DEEPEST = 6

_Place = tuple[int, int]
_Look = Callable[[int, int], str]
_Test = Callable[[_Place], bool]


@dataclass(frozen=True, slots=True)
class _Rule:
    priority: int
    areas: tuple[tuple[int, int, int, int], ...]
    test: _Test | None
    fill: str | None


class _Unread(Exception):  # noqa: N818 - an answer, not an error of anybody's
    """A formula that is not among the plain ones."""


def apply_rules(parts: list[etree._Element], rows: list[Row], fills: list[str | None]) -> list[str]:
    """Colour the cells of rows as the sheet's rules do; `fills` are the workbook's by the rules' numbers.

    Returns the places whose rules could not be read although they may colour cells that hold no words.
    """
    at = {row.number: row for row in rows}

    def look(number: int, column: int) -> str:
        row = at.get(number)
        return row.text(column) if row else ""

    rules = sorted(
        (rule for part in parts for rule in _rules(part, fills, look)), key=lambda rule: rule.priority
    )
    coloured: set[_Place] = set()
    unread: list[str] = []
    for rule in rules:
        for place, row in _cells(rule, rows):
            if place in coloured:
                continue
            if rule.test is None:
                if not row.text(place[1]) and any(row.texts):
                    unread.append(_named(rule.areas))
                    break
            elif rule.test(place):
                coloured.add(place)
                if rule.fill:
                    row.fills[place[1]] = rule.fill
    return list(dict.fromkeys(unread))


def _cells(rule: _Rule, rows: list[Row]) -> Iterator[tuple[_Place, Row]]:
    width = max((len(row.texts) for row in rows), default=0)
    for top, left, bottom, right in rule.areas:
        for row in rows:
            if top <= row.number <= bottom:
                for column in range(left, min(right, max(width, left), left + _WIDEST) + 1):
                    yield (row.number, column), row


def _named(areas: tuple[tuple[int, int, int, int], ...]) -> str:
    top, left, bottom, right = areas[0]
    one, other = f"{_letter(left)}{top}", f"{_letter(right)}{bottom}"
    return one if one == other else f"{one}:{other}"


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _rules(part: etree._Element, fills: list[str | None], look: _Look) -> Iterator[_Rule]:
    """Yield the rules of one block; one that is read but changes no fill still stands before later ones only
    where it says to stop there.
    """
    areas = tuple(
        (int(match[2]), _index(match[1]), int(match[4] or match[2]), _index(match[3] or match[1]))
        for name in (part.get("sqref") or "").split()
        if (match := _AREA.fullmatch(name))
    )
    if not areas:
        return
    origin = (min(area[0] for area in areas), min(area[1] for area in areas))
    for rule in part:
        if local(rule.tag) != "cfRule":
            continue
        kind, number = rule.get("type", ""), rule.get("dxfId", "")
        known = number.isascii() and number.isdigit() and int(number) < len(fills)
        fill = fills[int(number)] if known else None
        if (
            fill is None
            and kind not in {"colorScale", "iconSet"}
            and rule.get("stopIfTrue") not in {"1", "true"}
        ):
            continue
        priority = rule.get("priority", "")
        yield _Rule(
            int(priority) if priority.isascii() and priority.isdigit() else 0,
            areas,
            _test(rule, kind, origin, look),
            fill,
        )


def _test(rule: etree._Element, kind: str, origin: _Place, look: _Look) -> _Test | None:
    formulas = [(part.text or "").strip() for part in rule if local(part.tag) == "formula"]
    text = (rule.get("text") or "").casefold()
    if kind in {"containsText", "notContainsText", "beginsWith", "endsWith"} and text:
        return _by_words(kind, text, look)
    try:
        if kind == "cellIs" and formulas:
            return _by_value(rule.get("operator", ""), formulas, origin, look)
        if kind == "expression" and formulas:
            return _by_formula(formulas[0], origin, look, 0)
    except _Unread:
        return None
    return None


def _by_words(kind: str, text: str, look: _Look) -> _Test:
    tests: dict[str, Callable[[str], bool]] = {
        "containsText": lambda words: text in words,
        "notContainsText": lambda words: text not in words,
        "beginsWith": lambda words: words.startswith(text),
        "endsWith": lambda words: words.endswith(text),
    }
    test = tests[kind]
    return lambda place: test(look(*place).casefold())


def _by_value(operator: str, formulas: list[str], origin: _Place, look: _Look) -> _Test:
    values = [_operand(formula, origin, look) for formula in formulas]
    if operator in {"between", "notBetween"}:
        if len(values) < 2:  # noqa: PLR2004
            raise _Unread
        low, high = values[0], values[1]

        def between(place: _Place) -> bool:
            own = look(*place)
            inside = _compare(own, ">=", low(place)) and _compare(own, "<=", high(place))
            return bool(own) and inside == (operator == "between")

        return between
    sign = {
        "equal": "=", "notEqual": "<>", "greaterThan": ">", "lessThan": "<",
        "greaterThanOrEqual": ">=", "lessThanOrEqual": "<=",
    }.get(operator)  # fmt: skip
    if sign is None:
        raise _Unread
    value = values[0]
    return lambda place: bool(look(*place) or not value(place)) and _compare(look(*place), sign, value(place))


def _compare(one: str, sign: str, other: str) -> bool:
    left: float | str = one.casefold().strip()
    right: float | str = other.casefold().strip()
    if _NUMBER.fullmatch(str(left)) and _NUMBER.fullmatch(str(right)):
        left, right = float(left), float(right)
    if sign in {"=", "<>"}:
        return (left == right) == (sign == "=")
    if isinstance(left, str) or isinstance(right, str):
        return False
    return {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[sign]


def _split(text: str, sign: re.Pattern[str]) -> list[str]:
    """Split a formula at signs that stand outside of quotation marks and brackets; the signs are kept."""
    parts, depth, quoted, at, start = [], 0, False, 0, 0
    while at < len(text):
        letter = text[at]
        quoted ^= letter == '"'
        depth += 0 if quoted else (letter == "(") - (letter == ")")
        match = sign.match(text, at) if not quoted and depth == 0 else None
        if match:
            parts += [text[start:at], match[0]]
            start = at = match.end()
        else:
            at += 1
    return [*parts, text[start:]]


def _by_formula(formula: str, origin: _Place, look: _Look, depth: int) -> _Test:
    """Return the test of a formula. Raises _Unread."""
    formula = formula.strip().removeprefix("=").strip()
    if depth > _DEEPEST:
        raise _Unread
    parts = [part.strip() for part in _split(formula, _COMPARED)]
    if len(parts) == 3:  # noqa: PLR2004
        one, other = _operand(parts[0], origin, look), _operand(parts[2], origin, look)
        return lambda place: _compare(one(place), parts[1], other(place))
    call = _CALL.fullmatch(formula)
    if len(parts) != 1 or not call:
        raise _Unread
    name, inner = call[1], call[2]
    arguments = [part for part in _split(inner, re.compile("[,;]")) if part not in {",", ";"}]
    if name in {"AND", "OR"}:
        tests = [_by_formula(part, origin, look, depth + 1) for part in arguments]
        every = name == "AND"
        return lambda place: (all if every else any)(test(place) for test in tests)
    if name == "NOT" and len(arguments) == 1:
        test = _by_formula(arguments[0], origin, look, depth + 1)
        return lambda place: not test(place)
    return _by_call(name, inner, arguments, origin, look)


def _by_call(name: str, inner: str, arguments: list[str], origin: _Place, look: _Look) -> _Test:
    found = name in {"SEARCH", "FIND"}
    if name in {"ISNUMBER", "ISERROR", "ISERR"} and (call := _CALL.fullmatch(inner.strip())):
        if call[1] not in {"SEARCH", "FIND"}:
            raise _Unread
        arguments = [part for part in _split(call[2], re.compile("[,;]")) if part not in {",", ";"}]
        found = True
    if found and len(arguments) == 2:  # noqa: PLR2004
        words, own = (_operand(part, origin, look) for part in arguments)
        wanted = name not in {"ISERROR", "ISERR"}
        return lambda place: (words(place).casefold() in own(place).casefold()) == wanted
    if name == "EXACT" and len(arguments) == 2:  # noqa: PLR2004
        one, other = (_operand(part, origin, look) for part in arguments)
        return lambda place: one(place) == other(place)
    if name == "ISBLANK" and len(arguments) == 1:
        own = _operand(arguments[0], origin, look)
        return lambda place: not own(place)
    raise _Unread


def _operand(formula: str, origin: _Place, look: _Look) -> Callable[[_Place], str]:
    """Return what an operand is for a cell: words, a number, another cell, its first letters. Raises _Unread."""
    formula = formula.strip().removeprefix("=").strip()
    if len(formula) > 1 and formula[0] == formula[-1] == '"' and '"' not in formula[1:-1].replace('""', ""):
        words = formula[1:-1].replace('""', '"')
        return lambda place: words
    if _NUMBER.fullmatch(formula):
        return lambda place: formula
    if match := _REF.fullmatch(formula):
        column, number = _index(match[2]), int(match[4])

        def cell(place: _Place) -> str:
            across = column if match[1] else column + place[1] - origin[1]
            down = number if match[3] else number + place[0] - origin[0]
            return look(down, across)

        return cell
    call = _CALL.fullmatch(formula)
    if call and call[1] in {"TRIM", "UPPER", "LOWER"}:
        return _operand(call[2], origin, look)
    if call and call[1] in {"LEFT", "RIGHT"}:
        part, _, count = call[2].partition(",")
        inner = _operand(part, origin, look)
        length = int(count) if count.strip().isdigit() else 1
        if call[1] == "LEFT":
            return lambda place: inner(place)[:length]
        return lambda place: inner(place)[-length:] if length else ""
    raise _Unread
