"""What the reader repaired, suggests or could not read: one finding each, with its choices.

A finding's code is stable: pages, tests and the command's JSON name it.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding wants of a person; the order is the order of pages."""

    QUESTION = "question"
    SUGGESTION = "suggestion"
    NOTE = "note"


class FindingCode(StrEnum):
    """Every kind of finding; `sentence` says it in general, the finding's message for its row."""

    NO_HEADINGS = "no_headings"
    COLUMN_UNCLEAR = "column_unclear"
    COLUMN_RENAMED = "column_renamed"
    TWO_PLANS = "two_plans"
    TABLE_LEFT_OUT = "table_left_out"
    NO_LEGEND = "no_legend"
    STANDING_UNCLEAR = "standing_unclear"
    DOUBLE_MEANING = "double_meaning"
    MARK_NOT_SHOWN = "mark_not_shown"
    RATING_SLIPPED = "rating_slipped"
    UNKNOWN_RATING = "unknown_rating"
    AMBIGUOUS_RATING = "ambiguous_rating"
    RATING_BY_COLOUR = "rating_by_colour"
    COLOUR_DISAGREES = "colour_disagrees"
    CONTRADICTORY_RATING = "contradictory_rating"
    OBJECTIVE_UNRATED = "objective_unrated"
    NO_RATING = "no_rating"
    SAID_DONE = "said_done"
    REPEATED_REFERENCE = "repeated_reference"
    REPEATED_ACTION = "repeated_action"
    NO_REFERENCE = "no_reference"
    NO_REFERENCES = "no_references"
    REPAIRED_REFERENCE = "repaired_reference"
    REFERENCE_IS_DATE = "reference_is_date"
    IMPOSSIBLE_DATE = "impossible_date"
    UNCLEAR_DATE = "unclear_date"
    UNLIKELY_DATE = "unlikely_date"
    END_BEFORE_START = "end_before_start"
    NO_LEAD = "no_lead"
    LEAD_UNCLEAR = "lead_unclear"
    LEAD_TIDIED = "lead_tidied"
    JOINED_TEXT = "joined_text"
    JOINED_ROW = "joined_row"
    UNEVEN_ROW = "uneven_row"
    UNPLACED_ROW = "unplaced_row"
    FURNITURE_REMOVED = "furniture_removed"
    MARKUP_REMOVED = "markup_removed"
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_COLUMNS = "hidden_columns"
    HIDDEN_SHEET = "hidden_sheet"
    COLOUR_BY_RULE = "colour_by_rule"
    CELL_COMMENT = "cell_comment"
    RATING_IN_COMMENT = "rating_in_comment"
    RATING_WITH_WORDS = "rating_with_words"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    MIXED_ENCODING = "mixed_encoding"
    WORDS_REJOINED = "words_rejoined"
    UNRULED_TABLE = "unruled_table"
    TRACKED_CHANGES = "tracked_changes"
    COMMENTS_LEFT_OUT = "comments_left_out"
    NOT_WHAT_IT_SAYS = "not_what_it_says"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOT_READ_BACK = "not_read_back"

    @property
    def sentence(self) -> str:
        """What this kind of finding is, in one sentence."""
        return _SENTENCES[self]


_SENTENCES = {
    FindingCode.NO_HEADINGS: "The table has no headings, so its columns are taken from what stands in them.",
    FindingCode.COLUMN_UNCLEAR: "A column could be more than one thing.",
    FindingCode.COLUMN_RENAMED: "A column has a new heading.",
    FindingCode.TWO_PLANS: "The document holds what looks like more than one plan.",
    FindingCode.TABLE_LEFT_OUT: "A table was not taken as part of the plan.",
    FindingCode.NO_LEGEND: "The document does not say what its ratings mean.",
    FindingCode.STANDING_UNCLEAR: "The legend's words do not say what a rating means for delivery.",
    FindingCode.DOUBLE_MEANING: "Two entries of the legend mean the same.",
    FindingCode.MARK_NOT_SHOWN: "The legend explains a mark that no action carries.",
    FindingCode.RATING_SLIPPED: "The action's rating seems to stand in the objective's column.",
    FindingCode.UNKNOWN_RATING: "A rating is not one of the legend's.",
    FindingCode.AMBIGUOUS_RATING: "A rating could be two of the legend's.",
    FindingCode.RATING_BY_COLOUR: "A rating is shown by colour alone and was matched to the nearest colour.",
    FindingCode.COLOUR_DISAGREES: "A rating's letter and its colour differ; the letter was taken.",
    FindingCode.CONTRADICTORY_RATING: "An objective has more than one rating.",
    FindingCode.OBJECTIVE_UNRATED: "An objective has no rating.",
    FindingCode.NO_RATING: "An action has no rating.",
    FindingCode.SAID_DONE: "An action’s date says that it is done, and nothing rates it.",
    FindingCode.REPEATED_REFERENCE: "A reference is used more than once.",
    FindingCode.REPEATED_ACTION: "Two actions say the same.",
    FindingCode.NO_REFERENCE: "An action has no reference.",
    FindingCode.NO_REFERENCES: "The plan's actions have no references.",
    FindingCode.REPAIRED_REFERENCE: "A reference was split and has been put together.",
    FindingCode.REFERENCE_IS_DATE: "A reference was turned into a date by the spreadsheet.",
    FindingCode.IMPOSSIBLE_DATE: "A date does not exist.",
    FindingCode.UNCLEAR_DATE: "A timeline could not be read as dates, or in more than one way.",
    FindingCode.UNLIKELY_DATE: "A date is possible but unlikely.",
    FindingCode.END_BEFORE_START: "An action ends before it starts.",
    FindingCode.NO_LEAD: "An action has no lead.",
    FindingCode.LEAD_UNCLEAR: "It is not clear who leads.",
    FindingCode.LEAD_TIDIED: "Stray punctuation was taken off a lead's name.",
    FindingCode.JOINED_TEXT: "Text that ran over two rows was put together.",
    FindingCode.JOINED_ROW: "A row that ran over a page was put together.",
    FindingCode.UNEVEN_ROW: "A row has more cells than the table has headings.",
    FindingCode.UNPLACED_ROW: "A row of the plan's table could not be placed.",
    FindingCode.FURNITURE_REMOVED: "Words of the page's header or footer were taken out of a cell.",
    FindingCode.MARKUP_REMOVED: "Web page markup was taken out of a cell.",
    FindingCode.HIDDEN_ROWS: "Rows that are hidden in the document were read too.",
    FindingCode.HIDDEN_COLUMNS: "Columns that are hidden in the document were read too.",
    FindingCode.COLOUR_BY_RULE: "Colours come from rules of the spreadsheet that are not read.",
    FindingCode.CELL_COMMENT: "A comment stands beside a cell and is not part of the plan.",
    FindingCode.RATING_IN_COMMENT: "A rating stands in a comment beside an empty cell.",
    FindingCode.RATING_WITH_WORDS: "A rating's cell holds more words than the rating.",
    FindingCode.HIDDEN_SHEET: "A hidden sheet was not read as part of the plan.",
    FindingCode.FORMULA_WITHOUT_VALUE: "A cell holds a formula without its result.",
    FindingCode.MIXED_ENCODING: "The file mixes two ways of writing letters.",
    FindingCode.WORDS_REJOINED: "Words that the page cuts at the ends of lines were put together.",
    FindingCode.UNRULED_TABLE: "A table of the PDF has no lines between its columns.",
    FindingCode.TRACKED_CHANGES: "The document has tracked changes; all were taken as accepted.",
    FindingCode.COMMENTS_LEFT_OUT: "The document has comments; they were not read into the plan.",
    FindingCode.NOT_WHAT_IT_SAYS: "The file is not of the kind its name says, and was read as what it is.",
    FindingCode.CHANGED_MEANWHILE: "A cell of the copy was changed in the plan too, after the copy was made.",
    FindingCode.NOT_READ_BACK: "Something was changed in the copy that is changed elsewhere.",
}


@dataclass(frozen=True)
class Change:
    """One field of one part of the reading that a choice sets.

    `part` is action, objective, theme or scale; `key` the part's key (a scale entry's code); `value` the
    JSON form of the field's value, leads as "kind:name". The field `left_out` of an action takes it out of
    the plan; its row stays in the reading.
    """

    part: str
    key: str
    field: str
    value: str | tuple[str, ...] | None


@dataclass(frozen=True)
class Choice:
    """One answer to a finding: its key (a code, an ISO date, a word), the words to show and what it sets."""

    key: str
    label: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing a person should know of or decide, at the place where it stands.

    `ref` is the action's or objective's reference where there is one; `table` and `row` find the row in
    `Reading.rows`; `suggestion` is the key of the choice that the reader would take; `chosen` the key of the
    choice that was taken, by a person or by accepting suggestions.
    """

    id: str
    code: FindingCode
    severity: Severity
    message: str
    ref: str | None = None
    table: int | None = None
    row: int | None = None
    place: str = ""
    column: str | None = None
    suggestion: str | None = None
    choices: tuple[Choice, ...] = ()
    chosen: str | None = None

    @property
    def suggested(self) -> Choice | None:
        """The choice that the reader would take, if it has one."""
        return next((choice for choice in self.choices if choice.key == self.suggestion), None)


def finding_id(code: FindingCode, *where: object) -> str:
    """Return an id that is the same whenever the same document is read: of the code and the place."""
    words = "|".join([code.value, *map(str, where)])
    return f"{code.value}-{hashlib.sha256(words.encode()).hexdigest()[:10]}"
