"""What a plan's rating codes mean to the rules, and the colours they may be shown in.

A council's own legend decides its codes and words; rules only ever ask for a code's *standing*
(`shared/design.md`, "Ratings"). Everything here is a proposal that a person confirms.
"""

import colorsys
import re
from enum import StrEnum


class Standing(StrEnum):
    """What a code means to the rules, whatever the council calls or colours it."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    COMPLETE = "complete"
    EMBEDDED = "embedded"

    @property
    def label(self) -> str:
        """The standing as a page says it."""
        return _STANDING_LABELS[self]

    @property
    def finished(self) -> bool:
        """Whether nothing more has to be done for the action to be delivered."""
        return self in {Standing.COMPLETE, Standing.EMBEDDED}


_STANDING_LABELS = {
    Standing.NOT_STARTED: "Not started",
    Standing.ON_TRACK: "On track",
    Standing.AT_RISK: "At risk",
    Standing.OFF_TRACK: "Off track",
    Standing.COMPLETE: "Complete",
    Standing.EMBEDDED: "Complete and embedded",
}


class Palette(StrEnum):
    """The closed set of colours a code can be shown in; each is one class of the style sheet."""

    RED = "red"
    ORANGE = "orange"
    AMBER = "amber"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"
    BROWN = "brown"
    GREY = "grey"
    BLACK = "black"
    WHITE = "white"

    @property
    def label(self) -> str:
        """The colour's name with a capital."""
        return self.value.capitalize()


COLOUR_WORDS = {
    **{colour.value: colour for colour in Palette},
    "gray": Palette.GREY,
    "gold": Palette.AMBER,
    "violet": Palette.PURPLE,
    "lilac": Palette.PURPLE,
    "clear": Palette.WHITE,
}
"""Words of a legend that name a colour."""

_COLOUR_STANDINGS = {
    Palette.RED: Standing.OFF_TRACK,
    Palette.ORANGE: Standing.AT_RISK,
    Palette.AMBER: Standing.AT_RISK,
    Palette.YELLOW: Standing.AT_RISK,
    Palette.GREEN: Standing.ON_TRACK,
    Palette.BLUE: Standing.COMPLETE,
    Palette.PURPLE: Standing.EMBEDDED,
    Palette.GREY: Standing.NOT_STARTED,
    Palette.WHITE: Standing.NOT_STARTED,
}

_DONE = r"complet\w*|finish\w*|achieved|delivered|done|closed|implemented|accomplished"
_NOT_DONE = (
    r"\b(?:not|un|yet to be|in|to be)[\s-]*(?:been\s+|be\s+|yet\s+|fully\s+)*"
    rf"(?:{_DONE})\b"
)
_UNTIL_DONE = (
    r"\b(?:until|before|when|for|by|towards?|of)\s+(?:completion|delivery)\b|\bcompletion "
    r"date\b|\bto complete\b"
)
_STATEMENTS: tuple[tuple[Standing, str], ...] = (
    (
        Standing.EMBEDDED,
        r"\bembedd?ed\b|\bsustain(?:ed|able)\b|\bbusiness as usual\b|\bbau\b|\bimpact evidenced\b",
    ),
    (
        Standing.NOT_STARTED,
        (
            r"\bnot (?:yet )?(?:been )?(?:started|begun|commenced|due)\b|\b(?:yet|due) to (?:start"
            r"|begin|commence)\b"
            r"|\bto be started\b|\bunstarted\b|\bfuture\b|\bno action (?:yet )?taken\b|\bpending\b"
            r"|\bplanned\b"
        ),
    ),
    (
        Standing.AT_RISK,
        (
            r"\bat risk\b|\brisk of\b|\brecoverable\b|\bminor (?:delay|slippage|issue|concern)s?"
            r"|\b(?:some|slight) (?:\w+ )?"
            r"(?:delay|slippage|concern|issue|problem|risk)s?|\bslightly (?:behind|off)|\bmay "
            r"(?:not|slip)|\bmight (?:not|slip)"
            r"|\bcould (?:not|slip)|\bneeds? attention|\bat risk of|\bconcerns?\b|\bto recover\b"
            r"|\brecovery\b|\bpartially\b|\bpartly\b"
            r"|\bmitigat\w+|\bcaution\b"
        ),
    ),
    (
        Standing.OFF_TRACK,
        (
            r"\bslip\w*|\boff[ -](?:track|target)\b|\boverdue\b|\bdelay\w*|\blate\b|\bbehind\b"
            r"|\bmissed\b|\bstalled\b|\bblocked\b"
            r"|\b(?:have|has|had|will|was|were|is|are)? ?not (?:been )?(?:met|delivered|achieved"
            r"|on[ -](?:track|target|schedule)|progress\w*)\b"
            r"|\bunlikely\b|\bfail\w*|\bnot be (?:met|delivered|achieved)|\bserious|\bsignificant "
            r"(?:delay|concern|issue|risk)"
        ),
    ),
)
_PAST_HELP = (
    r"\boverdue\b|\bno (?:\w+ )?plan\b|\bwill not\b|\bunlikely\b|\b(?:not |un)recoverable\b"
    r"|\bfail\w*|\bmissed\b"
    r"|\b(?:significant|serious|major|severe) (?:\w+ )?(?:delay|slippage|concern|issue|problem)s?\b"
)
_MAY_BE = r"\brisk\b|\bmay\b|\bmight\b|\bcould\b|\bif\b"
_ON_TRACK = (
    r"\bon[ -](?:track|target|schedule|course|plan)\b|\bin progress\b|\bprogressing\b"
    r"|\bunder ?way\b|\bongoing\b"
    r"|\bin hand\b|\bstarted\b|\bas planned\b|\bto plan\b|\bactive\b|\bopen\b"
)
_DONE_OR_NOT_YET = rf"\b(?:{_DONE})\b[^.;]*\bor\b|\bor\b[^.;]*\b(?:{_DONE})\b"


def propose_standing(name: str, meaning: str) -> Standing | None:
    """Propose what a legend's entry means, from its words first and its colour only where words say nothing.

    Returns None where neither says anything about delivery: such an entry is a mark on actions
    ("shaded: asked for by the notice"), not a rating.
    """
    said = _from_words(meaning) or _from_words(name)
    warm = colour_named(name) in {Palette.ORANGE, Palette.AMBER, Palette.YELLOW}
    if said is Standing.OFF_TRACK and warm and not re.search(_PAST_HELP, meaning.casefold()):
        return Standing.AT_RISK  # "Amber: delayed" is short of what red is for
    if said or meaning.strip():
        return said
    colour = colour_named(name)
    return _COLOUR_STANDINGS.get(colour) if colour else None


def _from_words(words: str) -> Standing | None:
    text = re.sub(r"\s+", " ", words.casefold().replace("’", "'").replace("–", "-"))
    done = re.sub(_UNTIL_DONE, " ", re.sub(_NOT_DONE, " ", text))
    finished = re.search(rf"\b(?:{_DONE})\b", done) is not None
    found = {standing for standing, pattern in _STATEMENTS if re.search(pattern, text)}
    if Standing.EMBEDDED in found and not re.search(
        r"\bnot (?:yet |been )*(?:fully )?embed|\bnot sustain", text
    ):
        return Standing.EMBEDDED
    found.discard(Standing.EMBEDDED)
    if re.search(_PAST_HELP, text) and not re.search(_MAY_BE, text):
        return Standing.OFF_TRACK
    # "behind schedule but recoverable" is at risk; "behind schedule" alone is off track
    for standing in (Standing.NOT_STARTED, Standing.AT_RISK, Standing.OFF_TRACK):
        if standing in found:
            return standing
    on_track = re.search(_ON_TRACK, text) is not None
    if finished and not (on_track and re.search(_DONE_OR_NOT_YET, done)):
        return Standing.COMPLETE
    if on_track:
        return Standing.ON_TRACK
    return Standing.OFF_TRACK if re.search(rf"\bnot (?:been |yet |fully )*(?:{_DONE})\b", text) else None


def colour_named(words: str) -> Palette | None:
    """Return the colour that words name ("RED", "Amber/Green" gives the first), or None."""
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word in COLOUR_WORDS:
            return COLOUR_WORDS[word]
    return None


_HUES: tuple[tuple[float, Palette], ...] = (
    (14, Palette.RED),
    (30, Palette.ORANGE),
    (51, Palette.AMBER),
    (68, Palette.YELLOW),
    (165, Palette.GREEN),
    (255, Palette.BLUE),
    (300, Palette.PURPLE),
    (338, Palette.PINK),
    (361, Palette.RED),
)
"""Upper end of each named hue, in degrees."""

_GREY_SATURATION = 0.12
_PALE, _DARK = 0.96, 0.12


def nearest_palette(rgb: str) -> Palette:
    """Return the named colour nearest to six hexadecimal digits (`FFC000` is amber)."""
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    chroma = max(red, green, blue) - min(red, green, blue)
    if light >= _PALE and chroma < _GREY_SATURATION:
        return Palette.WHITE
    if light <= _DARK and chroma < _GREY_SATURATION:
        return Palette.BLACK
    if chroma < _GREY_SATURATION or saturation < _GREY_SATURATION:
        return Palette.GREY
    named = next(colour for end, colour in _HUES if hue * 360 < end)
    dark_orange = named in {Palette.ORANGE, Palette.AMBER} and max(red, green, blue) < 0.62  # noqa: PLR2004
    return Palette.BROWN if dark_orange else named
