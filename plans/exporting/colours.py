"""The palette's colours as files have them: a strong ground and the ink that can be read on it."""

from plans.rag import Palette

GROUNDS: dict[Palette, tuple[str, str]] = {
    Palette.RED: ("D4351C", "FFFFFF"),
    Palette.ORANGE: ("F47738", "0B0C0C"),
    Palette.AMBER: ("FFB000", "0B0C0C"),
    Palette.YELLOW: ("FFDD00", "0B0C0C"),
    Palette.GREEN: ("00703C", "FFFFFF"),
    Palette.BLUE: ("1D70B8", "FFFFFF"),
    Palette.PURPLE: ("54319F", "FFFFFF"),
    Palette.PINK: ("B3175F", "FFFFFF"),
    Palette.BROWN: ("8A5A2B", "FFFFFF"),
    Palette.GREY: ("6F777B", "FFFFFF"),
    Palette.BLACK: ("0B0C0C", "FFFFFF"),
    Palette.WHITE: ("FFFFFF", "0B0C0C"),
}
"""Ground and ink as six hexadecimal digits; each pair has a contrast of 4.5:1 or more (a test looks)."""
