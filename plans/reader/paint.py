"""The colours that rating cells are painted in: what is only a table's look, and what colour a word goes by."""

from collections import Counter, defaultdict

from plans.rag import Palette, Standing, nearest_palette, propose_standing
from plans.reader.draft import Draft
from plans.reader.scale import Scale

_WARNING = {Palette.ORANGE, Palette.AMBER, Palette.YELLOW}


def leave_paint(draft: Draft) -> None:
    """A colour that runs through a whole row is the table's look, unless rows differ by such colours."""
    wide = {
        nearest_palette(action.rating.fill)
        for action in draft.actions
        if action.rating.row_wide and action.rating.fill
    } - {Palette.GREY, Palette.WHITE, Palette.BLACK}
    for action in draft.actions:
        fill = action.rating.fill
        if fill and action.rating.row_wide and (len(wide) < 2 or nearest_palette(fill) not in wide):  # noqa: PLR2004
            action.rating.fill = None


def take_paint(scale: Scale, draft: Draft) -> None:
    """Give words that no legend explains the colour that their cells are painted in, where each has its own.

    Words for what is late that are painted as a warning ("Delayed" on amber) are short of what red is for.
    """
    painted: dict[str, Counter[str]] = defaultdict(Counter)
    for action in draft.actions:
        code = scale.read(action.rating.text, None).certain if action.rating.text else None
        if code and action.rating.fill:
            painted[code][action.rating.fill] += 1
    usual = {code: fills.most_common(1)[0][0] for code, fills in painted.items()}
    hues = Counter(nearest_palette(fill) for fill in usual.values())
    for entry in scale.ratings:
        fill = usual.get(entry.code)
        if entry.palette is not None or fill is None or hues[nearest_palette(fill)] > 1:
            continue
        entry.colour = fill
        if entry.standing is Standing.OFF_TRACK and nearest_palette(fill) in _WARNING:
            entry.standing = propose_standing(nearest_palette(fill).label, entry.name)
