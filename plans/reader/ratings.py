"""What the rating cells say: each action's code, each objective's judgement, and what slipped between
them.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from plans.rag import COLOUR_WORDS, Standing, colour_named, nearest_palette, propose_standing
from plans.reader.draft import Draft, DraftAction, DraftObjective, RatingCell, heading_of
from plans.reader.findings import Change, Choice, FindingCode, Severity
from plans.reader.marks import marks_of
from plans.reader.paint import leave_paint, take_paint
from plans.reader.reading import ColumnRole as Role
from plans.reader.scale import LETTERS, NO_RATING, STAGES, SYMBOLS, Entry, Match, Rated, Scale, entry_of

_RATING_LENGTH = 40
_CODE_LENGTH = 2
_MOST_OWN_CODES = 12
_EACH = 8
_WORST_FIRST = (
    Standing.OFF_TRACK,
    Standing.AT_RISK,
    Standing.ON_TRACK,
    Standing.COMPLETE,
    Standing.EMBEDDED,
    Standing.NOT_STARTED,
)


@dataclass(slots=True)
class Ratings:
    """The codes by the action's or objective's key; what is uncertain is not here but in findings."""

    actions: dict[str, str] = field(default_factory=dict)
    objectives: dict[str, str] = field(default_factory=dict)
    previous: dict[str, str] = field(default_factory=dict)
    impact: dict[str, str] = field(default_factory=dict)
    marks: dict[str, tuple[str, ...]] = field(default_factory=dict)


def rating_texts(draft: Draft) -> set[str]:
    """Return the short texts that stand in rating columns: what a legend has to explain."""
    texts: set[str] = set()
    for action in draft.actions:
        texts |= {action.rating.text, action.objective_rating.text}
        texts |= {action.said(Role.PREVIOUS_RATING), action.said(Role.IMPACT_RATING)}
    texts |= {objective.rating.text for objective in draft.objectives}
    return {text for text in texts if text and len(text) <= _RATING_LENGTH}


def complete_scale(scale: Scale, draft: Draft) -> None:
    """Add to the scale what cells say and the legend does not: colours, signs and words that name a standing.

    A plan without any legend gets the codes that it uses. Anything else stays unknown and is asked.
    """
    no_legend = not scale.entries
    leave_paint(draft)
    counts = Counter(action.rating.text for action in draft.actions if action.rating.text)
    counts.update(action.objective_rating.text for action in draft.actions if action.objective_rating.text)
    for role in (Role.PREVIOUS_RATING, Role.IMPACT_RATING):
        counts.update(action.said(role) for action in draft.actions if action.said(role))
    codes = [text for text in counts if len(text) <= _RATING_LENGTH and not NO_RATING.fullmatch(text)]
    alone = no_legend and len(codes) <= _MOST_OWN_CODES
    for text in sorted(codes, key=lambda text: (len(text), text)):
        found = scale.read(text, None)
        code = _code_in(text)
        tier = no_legend and re.fullmatch(r"\w{3,}\W+\w{1,2}", text) is not None
        if found.match is Match.UNKNOWN and (not found.codes or tier) and _tells(code, alone=alone):
            _add_own(scale, code)
    if no_legend:
        take_paint(scale, draft)
        scale.entries.sort(key=_seriousness)  # words have no order of their own
        for fill in sorted(
            {action.rating.fill for action in draft.actions if action.rating.empty and action.rating.fill}
        ):
            label = nearest_palette(fill).label
            if scale.read("", fill).match is Match.NEAR_COLOUR and not scale.read("", fill).codes:
                scale.add(Entry(label, label, "", fill, propose_standing(label, ""), in_legend=False))


def _seriousness(entry: Entry) -> int:
    """The place of a code that no legend puts in order: the worst first, what has not begun last."""
    return _WORST_FIRST.index(entry.standing) if entry.standing in _WORST_FIRST else len(_WORST_FIRST)


def _code_in(text: str) -> str:
    """Return the sign or colour that a longer text begins with (`Amber - some delay`), else the text."""
    words = text.split()
    if words[0] in SYMBOLS or words[0] in STAGES:
        return words[0]
    first = words[0].rstrip(",:;-–")
    return first if len(words) > 2 and first.casefold() in COLOUR_WORDS else text  # noqa: PLR2004


def _tells(text: str, *, alone: bool) -> bool:
    named = colour_named(text) or text in SYMBOLS or text in STAGES
    return bool(
        named
        or propose_standing(text, "")
        or (alone and (len(text) <= _CODE_LENGTH or text.upper() in LETTERS))
    )


def _add_own(scale: Scale, text: str) -> None:
    entry = entry_of(LETTERS.get(text.upper(), text), "", None)
    entry.code, entry.in_legend, entry.is_mark = text, False, False
    scale.add(entry)


def rate(draft: Draft, scale: Scale) -> Ratings:
    """Return the codes of actions and objectives; add findings for what slipped, is unknown or contradicts
    itself.
    """
    ratings = Ratings()
    unsure: dict[tuple[str, ...], list[DraftAction]] = defaultdict(list)
    for action in draft.actions:
        found = scale.read(action.rating.text, action.rating.fill)
        if found.certain:
            ratings.actions[action.key] = found.certain
            _compare_colour(draft, scale, action, found.certain)
        elif found.match is Match.AMBIGUOUS and len(action.rating.text) == 1:
            unsure[found.codes].append(action)
            ratings.actions[action.key] = found.codes[0]
        elif found.match is not Match.NOTHING and not (action.rating.row_wide and action.rating.empty):
            _ask(draft, scale, action, found)
        _other_ratings(scale, action, ratings)
    _keep_words(draft, scale, ratings.actions)
    for codes, actions in unsure.items():
        _ask_letter(draft, scale, codes, actions)
    for objective in draft.objectives:
        _judge(draft, scale, objective, ratings)
    ratings.marks = marks_of(draft, scale)
    return ratings


def _other_ratings(scale: Scale, action: DraftAction, ratings: Ratings) -> None:
    for role, found in ((Role.PREVIOUS_RATING, ratings.previous), (Role.IMPACT_RATING, ratings.impact)):
        code = scale.read(action.said(role), None).certain if action.said(role) else None
        if code:
            found[action.key] = code


def _choices(scale: Scale, action: DraftAction, codes: tuple[str, ...] = ()) -> tuple[Choice, ...]:
    """Return a choice for each code, the likely ones first, and one for none. Words that would be lost with
    the cell go with the progress, whatever is chosen.
    """
    kept: tuple[Change, ...] = ()
    if len(action.rating.text.split()) > _CODE_LENGTH:
        was = action.said(Role.PROGRESS)
        words = f"{was}\n{action.rating.text}" if was else action.rating.text
        kept = (Change("action", action.key, "progress", words),)
    ordered = [*codes, *(entry.code for entry in scale.ratings if entry.code not in codes)]
    given = [
        Choice(code, f"Rate it {_said(scale, code)}", (Change("action", action.key, "rating", code), *kept))
        for code in ordered
    ]
    return (*given, Choice("none", "Leave it unrated", (Change("action", action.key, "rating", None), *kept)))


def _said(scale: Scale, code: str) -> str:
    entry = next((entry for entry in scale.entries if entry.code == code), None)
    return f"{code} ({entry.name})" if entry and entry.name.casefold() != code.casefold() else code


def _ask(draft: Draft, scale: Scale, action: DraftAction, found: Rated) -> None:
    place = f"{action.row.opening} ({action.name})"
    suggestion = found.codes[0] if found.codes else None
    if found.match is Match.NEAR_COLOUR:
        code, words = FindingCode.RATING_BY_COLOUR, "its rating is a colour without a letter"
        tail = (
            f"; nearest is {_said(scale, suggestion)}" if suggestion else ", and the legend has none like it"
        )
    elif found.match is Match.AMBIGUOUS:
        code, words = (
            FindingCode.AMBIGUOUS_RATING,
            f"its rating “{action.rating.text[:80]}” could be more than one",
        )
        tail = ": " + " or ".join(_said(scale, each) for each in found.codes)
        suggestion = suggestion if len(found.codes) == 1 else None
    else:
        code, words = (
            FindingCode.UNKNOWN_RATING,
            f"its rating “{action.rating.text[:80]}” is none of the legend's",
        )
        tail = f"; nearest is {_said(scale, suggestion)}" if suggestion else ""
    draft.find_in(
        action,
        code,
        Severity.QUESTION,
        f"{place}: {words}{tail}. It is unrated until you choose.",
        role=Role.RATING,
        suggestion=suggestion,
        choices=_choices(scale, action, found.codes),
    )


def _ask_letter(draft: Draft, scale: Scale, codes: tuple[str, ...], actions: list[DraftAction]) -> None:
    """One letter for two of the legend's entries: asked once for the whole plan."""
    letter = actions[0].rating.text
    choices = tuple(
        Choice(
            code,
            f"It means {_said(scale, code)}",
            tuple(Change("action", each.key, "rating", code) for each in actions),
        )
        for code in codes
    )
    draft.find(
        FindingCode.AMBIGUOUS_RATING,
        Severity.QUESTION,
        f"“{letter}” could be {' or '.join(_said(scale, code) for code in codes)}. It was read as "
        f"{_said(scale, codes[0])} for {len(actions)} actions.",
        column=heading_of(actions[0].layout, Role.RATING),
        suggestion=codes[0],
        choices=choices,
    )


def _keep_words(draft: Draft, scale: Scale, codes: dict[str, str]) -> None:
    """What stands beside a rating in its cell goes with the action's progress, and that is said: for each
    row, or once where the column is a column of both.
    """
    kept = [
        (action, words)
        for action in draft.actions
        if action.key in codes and (words := scale.words_after(action.rating.text, codes[action.key]))
    ]
    for action, words in kept:
        was = action.said(Role.PROGRESS)
        action.words[Role.PROGRESS] = f"{was}\n{words}" if was else words
        if len(kept) <= _EACH:
            draft.find_in(
                action,
                FindingCode.RATING_WITH_WORDS,
                Severity.NOTE,
                f"{action.row.opening} ({action.name}): its rating was read as {_said(scale, codes[action.key])}; the "
                f"words beside it, “{words[:120]}”, were put with its progress.",
                role=Role.RATING,
            )
    if len(kept) > _EACH:
        first = kept[0][0]
        draft.find(
            FindingCode.RATING_WITH_WORDS,
            Severity.NOTE,
            f"The ratings of {len(kept)} actions stand in one cell with other words, which were put with their "
            f"progress: “{first.rating.text[:80]}” of {first.name} was read as {_said(scale, codes[first.key])}.",
            column=heading_of(first.layout, Role.RATING),
        )


def _compare_colour(draft: Draft, scale: Scale, action: DraftAction, code: str) -> None:
    shown = scale.disagrees(code, action.rating.fill)
    if shown:
        draft.find_in(
            action,
            FindingCode.COLOUR_DISAGREES,
            Severity.QUESTION,
            f"{action.row.opening} ({action.name}): the letter "
            f"says {_said(scale, code)} and the colour "
            f"{_said(scale, shown)}. The letter was taken.",
            role=Role.RATING,
            suggestion=code,
            choices=_choices(scale, action, (code, shown)),
        )


def _judge(draft: Draft, scale: Scale, objective: DraftObjective, ratings: Ratings) -> None:
    """Read an objective's rating from its own row or from the cells beside its actions.

    A cell that speaks for one action alone, where that action has no rating of its own and the objective
    another rating, has slipped one column: it is suggested for the action and not taken for the objective.
    """
    own = scale.read(objective.rating.text, objective.rating.fill)
    cells = [
        (action, action.objective_rating) for action in objective.actions if _says(action.objective_rating)
    ]
    if any(cell.text for _, cell in cells):
        cells = [
            (action, cell) for action, cell in cells if cell.text
        ]  # the rest is the paint of a merged cell
    slipped = [action for action, cell in cells if _slipped(action, cell, len(cells))]
    codes: list[tuple[str, DraftAction | None]] = [(own.codes[0], None)] if own.codes else []
    for action, cell in cells:
        found = scale.read(cell.text, cell.fill)
        if action in slipped and found.codes:
            _suggest_slipped(draft, scale, objective, action, found.codes[0])
        elif found.codes and found.match is not Match.UNKNOWN:
            codes.append((found.codes[0], action))
        elif found.match is not Match.NOTHING:
            _ask_objective(draft, scale, objective, action, found)
    different = list(dict.fromkeys(code for code, _ in codes))
    if different:
        ratings.objectives[objective.key] = different[0]
    if len(different) > 1:
        _contradiction(draft, scale, objective, codes, different)


def _says(cell: RatingCell) -> bool:
    return bool(cell.text or cell.fill)


def _slipped(action: DraftAction, cell: RatingCell, count: int) -> bool:
    return action.rating.empty and not action.rating.fill and not cell.merged and count > 1


def _suggest_slipped(
    draft: Draft, scale: Scale, objective: DraftObjective, action: DraftAction, code: str
) -> None:
    column = heading_of(action.layout, Role.OBJECTIVE_RATING)
    own = heading_of(action.layout, Role.RATING)
    draft.find_in(
        action,
        FindingCode.RATING_SLIPPED,
        Severity.SUGGESTION,
        f"{action.row.opening} ({action.name}): “{own}” is empty and “{column}” holds "
        f"{_said(scale, code)}, while objective {objective.name} is rated elsewhere. It seems "
        "to have slipped one "
        "column and to be the action's.",
        role=Role.OBJECTIVE_RATING,
        suggestion=code,
        choices=(
            Choice(
                code, f"Rate the action {_said(scale, code)}", (Change("action", action.key, "rating", code),)
            ),
            Choice("none", "Leave the action unrated", (Change("action", action.key, "rating", None),)),
            Choice(
                "objective",
                f"Rate the objective {_said(scale, code)}",
                (Change("objective", objective.key, "rating", code),),
            ),
        ),
    )


def _ask_objective(
    draft: Draft, scale: Scale, objective: DraftObjective, action: DraftAction, found: Rated
) -> None:
    choices = tuple(
        Choice(
            entry.code,
            f"Rate it {_said(scale, entry.code)}",
            (Change("objective", objective.key, "rating", entry.code),),
        )
        for entry in scale.ratings
    )
    words = f"“{action.objective_rating.text[:80]}”" if action.objective_rating.text else "a colour"
    draft.find(
        FindingCode.UNKNOWN_RATING,
        Severity.QUESTION,
        (
            f"{action.row.opening}: the rating of objective {objective.name} "
            f"is {words}, which is none of the legend's."
        ),
        ref=objective.ref,
        table=action.table,
        row=action.row,
        column=heading_of(action.layout, Role.OBJECTIVE_RATING),
        suggestion=found.codes[0] if found.codes else None,
        choices=(*choices, Choice("none", "Leave it unrated")),
    )


def _contradiction(
    draft: Draft,
    scale: Scale,
    objective: DraftObjective,
    codes: list[tuple[str, DraftAction | None]],
    different: list[str],
) -> None:
    places = [
        f"{_said(scale, code)} ({action.row.place if action else objective.row.place})"
        for code, action in codes
    ]
    draft.find(
        FindingCode.CONTRADICTORY_RATING,
        Severity.QUESTION,
        (
            f"Objective {objective.name} is rated {' and '.join(places)}. The first was taken; "
            "choose which is right."
        ),
        ref=objective.ref,
        table=objective.table,
        row=objective.row,
        choices=tuple(
            Choice(
                code, f"Rate it {_said(scale, code)}", (Change("objective", objective.key, "rating", code),)
            )
            for code in different
        ),
    )
