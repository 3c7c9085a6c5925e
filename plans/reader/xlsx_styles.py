"""What an Excel cell's style says: the colour it is filled with and how its number is shown."""

import colorsys
import re
from dataclasses import dataclass
from datetime import date, timedelta

from lxml import etree

from plans.reader.containers import Archive, local

# ECMA-376 part 1, 18.8.30: the built-in formats that show a date
_BUILT_IN_DATES = {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}
_BUILT_IN = {1: "0", 2: "0.00", 9: "0%", 10: "0.00%"}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_INDEXED = [
    "000000",
    "FFFFFF",
    "FF0000",
    "00FF00",
    "0000FF",
    "FFFF00",
    "FF00FF",
    "00FFFF",
    "000000",
    "FFFFFF",
    "FF0000",
    "00FF00",
    "0000FF",
    "FFFF00",
    "FF00FF",
    "00FFFF",
    "800000",
    "008000",
    "000080",
    "808000",
    "800080",
    "008080",
    "C0C0C0",
    "808080",
    "9999FF",
    "993366",
    "FFFFCC",
    "CCFFFF",
    "660066",
    "FF8080",
    "0066CC",
    "CCCCFF",
    "000080",
    "FF00FF",
    "FFFF00",
    "00FFFF",
    "800080",
    "800000",
    "008080",
    "0000FF",
    "00CCFF",
    "CCFFFF",
    "CCFFCC",
    "FFFF99",
    "99CCFF",
    "FF99CC",
    "CC99FF",
    "FFCC99",
    "3366FF",
    "33CCCC",
    "99CC00",
    "FFCC00",
    "FF9900",
    "FF6600",
    "666699",
    "969696",
    "003366",
    "339966",
    "003300",
    "333300",
    "993300",
    "993366",
    "333399",
    "333333",
]
_OFFICE_THEME = [
    "FFFFFF",
    "000000",
    "E7E6E6",
    "44546A",
    "4472C4",
    "ED7D31",
    "A5A5A5",
    "FFC000",
    "5B9BD5",
    "70AD47",
]
_SHADING = "D9D9D9"
"""What a hatched cell without a colour of its own counts as."""


@dataclass(frozen=True, slots=True)
class Style:
    """One cell format: its fill as six hexadecimal digits, whether it shows dates, its number pattern."""

    fill: str | None
    is_date: bool
    pattern: str


_PLAIN = Style(None, False, "")


class Styles:
    """The workbook's cell formats by index; `rule_fills` are the colours that rules give, by theirs."""

    def __init__(self, formats: list[Style], rule_fills: list[str | None] | None = None) -> None:
        self._formats = formats
        self.rule_fills = rule_fills or []
        self._by_name: dict[str | None, Style] = {None: formats[0] if formats else _PLAIN}

    def of(self, name: str | None) -> Style:
        """Return the format that a cell's `s` names; plain where it names none."""
        style = self._by_name.get(name)
        if style is None:
            index = int(name) if name and name.isascii() and name.isdigit() else -1
            style = self._formats[index] if 0 <= index < len(self._formats) else _PLAIN
            self._by_name[name] = style
        return style

    @staticmethod
    def date_of(value: str, *, since_1904: bool) -> date | None:
        """Return the day of a serial number, or None where it is outside 1900 to 2200."""
        try:
            serial = float(value)
        except ValueError:
            return None
        days = int(serial) if 1 <= serial < 110_000 else 0  # noqa: PLR2004 - 110,000 days from 1900 is 2201
        if not days:
            return None
        # Excel counts a 29 February 1900 that never was, hence the epoch of 30 December 1899
        return (date(1904, 1, 1) if since_1904 else date(1899, 12, 30)) + timedelta(days=days)

    @staticmethod
    def shown(value: str, pattern: str) -> str:
        """Return a number as its cell shows it: `1.1` formatted `0.00` is the reference 1.10."""
        try:
            number = float(value)
        except ValueError:
            return value
        if pattern and number == number and abs(number) < 1e15:  # noqa: PLR0124, PLR2004
            decimals = len(pattern.partition(".")[2].rstrip("%"))
            return f"{number * 100:.{decimals}f}%" if pattern.endswith("%") else f"{number:.{decimals}f}"
        if number.is_integer() and abs(number) < 1e15:  # noqa: PLR2004
            return str(int(number))
        return repr(number) if len(value) > 15 else value  # noqa: PLR2004


def read_styles(archive: Archive, styles: str | None, theme: str | None) -> Styles:
    """Return the cell formats of a workbook; an absent part means the office defaults."""
    if styles is None or styles not in archive.names:
        return Styles([])
    palette = _theme(archive, theme)
    groups = {local(part.tag): part for part in archive.xml(styles)}
    custom = {part.get("numFmtId", ""): part.get("formatCode", "") for part in groups.get("numFmts", ())}
    fills = [_fill(part, palette) for part in groups.get("fills", ())]
    formats = []
    for part in groups.get("cellXfs", ()):
        fill = _nth(fills, part.get("fillId"))
        formats.append(Style(fill, *_number_format(part.get("numFmtId", "0"), custom)))
    rules = [_rule_fill(part, palette) for part in groups.get("dxfs", ())]
    return Styles(formats, rules)


def _rule_fill(part: etree._Element, palette: list[str]) -> str | None:
    """The colour of a rule's format: in a solid one the background is the colour, unlike in a cell's."""
    for shade in part.iter():
        if local(shade.tag) == "patternFill" and shade.get("patternType", "solid") != "none":
            colours = {local(each.tag): _colour(each, palette) for each in shade}
            return colours.get("bgColor") or colours.get("fgColor")
    return None


def _nth(items: list[str | None], name: str | None) -> str | None:
    index = int(name) if name and name.isascii() and name.isdigit() else -1
    return items[index] if 0 <= index < len(items) else None


def _number_format(number: str, custom: dict[str, str]) -> tuple[bool, str]:
    code = custom.get(number)
    if code is None:
        built_in = int(number) if number.isascii() and number.isdigit() else 0
        return built_in in _BUILT_IN_DATES, _BUILT_IN.get(built_in, "")
    bare = _QUOTED.sub("", code.partition(";")[0]).strip()
    if re.search(r"[dy]|mmm", bare, re.IGNORECASE):
        return True, ""
    return False, bare if re.fullmatch(r"0+(?:\.0+)?%?", bare) else ""


def _theme(archive: Archive, name: str | None) -> list[str]:
    """Return the theme's colours in the order that cells count them: light before dark, unlike in the
    part.
    """
    if name is None or name not in archive.names:
        return _OFFICE_THEME
    scheme = next((part for part in archive.xml(name).iter() if local(part.tag) == "clrScheme"), None)
    if scheme is None:
        return _OFFICE_THEME
    found = []
    for entry in scheme:
        shade = next((part for part in entry if isinstance(part.tag, str)), None)
        hexed = "" if shade is None else shade.get("lastClr") or shade.get("val") or ""
        found.append(hexed.upper() if re.fullmatch(r"[0-9A-Fa-f]{6}", hexed) else "FFFFFF")
    if len(found) >= 4:  # noqa: PLR2004
        found[0], found[1], found[2], found[3] = found[1], found[0], found[3], found[2]
    return found


def _fill(part: etree._Element, palette: list[str]) -> str | None:
    for kind in part:
        if local(kind.tag) == "patternFill":
            pattern = kind.get("patternType", "none")
            if pattern in {"none", "gray125"}:
                return None
            colour = next((_colour(shade, palette) for shade in kind if local(shade.tag) == "fgColor"), None)
            return colour if pattern == "solid" else colour or _SHADING
        if local(kind.tag) == "gradientFill":
            return next(
                (_colour(shade, palette) for shade in kind.iter() if local(shade.tag) == "color"), None
            )
    return None


def _colour(shade: etree._Element, palette: list[str]) -> str | None:
    tint = shade.get("tint")
    hexed = _base_colour(shade, palette)
    if hexed is None or not tint:
        return hexed
    try:
        return _tinted(hexed, float(tint))
    except ValueError:
        return hexed


def _base_colour(shade: etree._Element, palette: list[str]) -> str | None:
    rgb = (shade.get("rgb") or "")[-6:].upper()
    if re.fullmatch(r"[0-9A-F]{6}", rgb):
        return rgb
    if (theme := shade.get("theme")) is not None:
        return _nth(list(palette), theme)
    return _nth(list(_INDEXED), shade.get("indexed"))


def _tinted(hexed: str, tint: float) -> str:
    """ECMA-376 part 1, 18.8.19: a tint lightens or darkens the luminance of a colour."""
    red, green, blue = (int(hexed[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    tint = max(-1.0, min(1.0, tint))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))
