"""Reads a plan: from bytes to a reading, in the order open, cut into tables, lay out, walk, rate, check."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from plans.reader.build import as_at_of, build_actions, build_columns, build_objectives, build_scale, title_of
from plans.reader.checks import check_dates, check_gaps, check_references, check_repeats, check_scale
from plans.reader.columns import Layout
from plans.reader.comments import check_comments
from plans.reader.draft import Draft
from plans.reader.errors import NoPlanFound, PlanKeptAsList
from plans.reader.findings import FindingCode, Severity
from plans.reader.furniture import PageTops
from plans.reader.grids import Document, Row
from plans.reader.groups import Levels
from plans.reader.layouts import heads_of_table, lay_out_all
from plans.reader.legend import Legend, find_legend
from plans.reader.objectives import unused_objectives
from plans.reader.opening import SIZE_LIMIT, open_document
from plans.reader.ratings import complete_scale, rate, rating_texts
from plans.reader.reading import ColumnRole as Role
from plans.reader.reading import (
    Format,
    Furniture,
    Mapping,
    Reading,
    RowUse,
    SourceRow,
    Table,
    TableUse,
    Theme,
    column_letter,
)
from plans.reader.scale import Scale
from plans.reader.tables import Segment, segments_of
from plans.reader.twins import leave_twins
from plans.reader.walk import Walk

Progress = Callable[[int, int], None]
_PAGE = "a page's header or footer"
_OF_ACTIONS = (Role.RATING, Role.LEAD, Role.TIMELINE, Role.START, Role.END)
_NAMED = 10
_FEW = 4
_LISTED = 8


def read_plan(
    data: bytes,
    filename: str,
    *,
    mapping: Mapping | None = None,
    as_at: date | None = None,
    progress: Progress | None = None,
    limit: int = SIZE_LIMIT,
) -> Reading:
    """Return what a document says as a plan.

    `mapping` is what a person corrected; `as_at` the date the plan speaks of where it is known (else the
    document's own date is taken, where it has one); `progress` is called with (rows done, rows in all).
    Raises UnreadablePlan, whose message is for the person who sent the file.
    """
    return _Reader(
        open_document(data, filename, limit), filename, mapping or Mapping(), as_at, progress
    ).read()


class _Reader:
    def __init__(
        self,
        document: Document,
        filename: str,
        mapping: Mapping,
        as_at: date | None,
        progress: Progress | None,
    ) -> None:
        self.document = document
        self.filename = filename
        self.mapping = mapping
        self.progress = progress
        self.draft = Draft()
        self.segments = segments_of(document, mapping)
        self.layouts = lay_out_all(document, self.segments, mapping, self.draft)
        if not self.layouts:
            _refuse(document)
        leave_twins(document, self.segments, self.layouts, self.draft, mapping)
        self.lead_ins = [
            row
            for segment in self.segments
            for row in (document.grids[segment.grid].rows[index] for index in self._lead_in(segment))
        ]
        self.as_at = as_at or as_at_of([*document.outside, *(" ".join(row.texts) for row in self.lead_ins)])

    def _lead_in(self, segment: Segment) -> list[int]:
        return segment.before if segment.headings else segment.body[:20]

    def read(self) -> Reading:
        legend = self._walk()
        scale = Scale(legend.entries)
        texts = rating_texts(self.draft)
        scale.take_codes(texts)
        complete_scale(scale, self.draft)
        self._restand(scale)
        ratings = rate(self.draft, scale)
        actions, leads = build_actions(self.draft, ratings, scale, self.as_at)
        check_references(self.draft)
        check_repeats(self.draft)
        check_gaps(self.draft, leads, ratings, scale)
        finished = {entry.code for entry in scale.ratings if entry.standing and entry.standing.finished}
        done = {action.key for action in actions if action.rating in finished}
        check_dates(self.draft, actions, done, self.as_at)
        check_scale(self.draft, scale, legend.place)
        check_comments(self.draft, actions, scale)
        self._notes()
        self._uneven()
        order = {severity: at for at, severity in enumerate(Severity)}
        refs = {(action.table, action.row): action.ref for action in actions}
        findings = [
            replace(finding, ref=refs.get((finding.table or 0, finding.row)))
            if finding.ref is None and finding.row
            else finding
            for finding in sorted(self.draft.findings, key=lambda finding: order[finding.severity])
        ]
        return Reading(
            filename=self.filename,
            format=self.document.format,
            title=title_of(self.document, self.lead_ins, legend.rows, self.segments),
            as_at=self.as_at,
            tables=tuple(self._table(segment, legend) for segment in self.segments),
            columns=build_columns(self.layouts),
            scale=build_scale(scale, actions),
            themes=tuple(Theme(theme.key, theme.title, theme.place) for theme in self.draft.themes),
            objectives=build_objectives(self.draft, ratings),
            actions=tuple(actions),
            findings=tuple(findings),
            furniture=(
                *(Furniture(line, "every page", _PAGE) for line in self.document.running),
                *self.draft.furniture,
            ),
            rows=self._rows(legend),
            outside=tuple(self.document.outside),
        )

    def _walk(self) -> Legend:
        """Walk the plan's tables, and find the legend among what is not the plan's body."""
        legend = find_legend(self.document, self._spare(), self._rating_words())
        walk = Walk(self.document, self.draft, self._page_tops(), legend.rows)
        kinds = [role for layout in self.layouts.values() for role in layout.roles.values()]
        levels = Levels(
            has_objectives=Role.OBJECTIVE in kinds or Role.OBJECTIVE_REFERENCE in kinds,
            has_themes=Role.THEME in kinds,
        )
        total = sum(len(self.segments[number].body) for number in self.layouts)
        done = 0
        for number, layout in self.layouts.items():
            segment = self.segments[number]
            heads = heads_of_table(self.document, self.segments, self.layouts, number)
            walk.table(number, segment, layout, heads, levels)
            done += len(segment.body)
            if self.progress:
                self.progress(done, total)
        walk.finish()
        unused_objectives(self.draft)
        if not self.draft.actions:
            _refuse(self.document)
        return legend

    def _rating_words(self) -> set[str]:
        found: set[str] = set()
        for number, layout in self.layouts.items():
            rows = self.document.grids[self.segments[number].grid].rows
            for role in (Role.RATING, Role.OBJECTIVE_RATING):
                for column in layout.of(role):
                    texts = (rows[index].text(column) for index in self.segments[number].body)
                    found |= {text for text in texts if 0 < len(text) <= 40}  # noqa: PLR2004
        return found

    def _spare(self) -> list[tuple[int, list[int]]]:
        """The rows where a legend may stand: all that is not the plan's body, and the body's rows of few
        cells.
        """
        spare: list[tuple[int, list[int]]] = []
        for number, segment in enumerate(self.segments):
            rows = self.document.grids[segment.grid].rows
            if number in self.layouts:
                few = [
                    index for index in segment.body if self._may_explain(rows[index], self.layouts[number])
                ]
                spare += [(segment.grid, segment.before), (segment.grid, few)]
            else:
                spare.append((segment.grid, [*segment.before, *segment.heading_rows, *segment.body]))
        return spare

    @staticmethod
    def _may_explain(row: Row, layout: Layout) -> bool:
        """Whether a row inside the plan's table may be one of a legend: few cells, and no action with
        lead or date.
        """
        if len(row.filled) > _FEW:
            return False
        acts = any(row.text(column) for column in layout.of(Role.ACTIVITY))
        return not (acts and any(row.text(column) for role in _OF_ACTIONS for column in layout.of(role)))

    def _page_tops(self) -> PageTops:
        tops = PageTops([*self.document.outside, *(" ".join(row.texts).strip() for row in self.lead_ins)])
        watched = (Role.OBJECTIVE_REFERENCE, Role.OBJECTIVE, Role.THEME, Role.RATING, Role.OBJECTIVE_RATING)
        if not any(
            self.segments[number].repeated or self.segments[number].continues for number in self.layouts
        ):
            return tops
        for number, layout in self.layouts.items():
            segment = self.segments[number]
            columns = [column for role in watched for column in layout.of(role)]
            at_top = segment.continues
            for index in segment.body:
                if index in segment.repeated:
                    at_top = True
                    continue
                row = self.document.grids[segment.grid].rows[index]
                for column in columns:
                    if row.text(column):
                        tops.see(row.text(column), at_top=at_top)
                at_top = False
        tops.learn()
        return tops

    def _restand(self, scale: Scale) -> None:
        """Set what a person said that codes mean."""
        for entry in scale.entries:
            if entry.code in self.mapping.standings:
                entry.standing = self.mapping.standings[entry.code]
                entry.is_mark = entry.standing is None

    def _notes(self) -> None:
        numbers = {segment.grid: number for number, segment in reversed(list(enumerate(self.segments)))}
        for note in self.document.notes:
            grid = self.document.grids[note.grid] if note.grid is not None else None
            row = next((row for row in grid.rows if row.number == note.row), None) if grid else None
            table = numbers.get(note.grid) if note.grid is not None else None
            self.draft.find(note.code, Severity.NOTE, note.message, table=table, row=row)
        for number, segment in enumerate(self.segments):
            grid = self.document.grids[segment.grid]
            hidden = [grid.rows[index] for index in segment.body if grid.rows[index].hidden]
            if number in self.layouts and hidden:
                named = ", ".join(str(row.number) for row in hidden[:_NAMED])
                named += " ..." if len(hidden) > _NAMED else ""
                self.draft.find(
                    FindingCode.HIDDEN_ROWS,
                    Severity.NOTE,
                    f"{_rows_are(len(hidden))} hidden in {segment.label} and read too: {named}.",
                    table=number,
                )
            out_of_sight = [
                found
                for found in (self.layouts[number].profiles if number in self.layouts else [])
                if found.index in grid.hidden_columns and (found.heading or found.texts)
            ]
            if out_of_sight:
                named = ", ".join(
                    f"{column_letter(found.index)} ({found.heading[:40]})"
                    if found.heading
                    else column_letter(found.index)
                    for found in out_of_sight
                )
                self.draft.find(
                    FindingCode.HIDDEN_COLUMNS,
                    Severity.NOTE,
                    f"{segment.label} has hidden columns, which were read too: {named}.",
                    table=number,
                )
            if segment.why == "a hidden sheet":
                self.draft.find(
                    FindingCode.HIDDEN_SHEET,
                    Severity.NOTE,
                    f"The sheet {segment.label} is hidden and was not read as part of the plan.",
                    table=number,
                )

    def _uneven(self) -> None:
        """In a text table a row wider than the headings was cut where its words hold the separator."""
        for number in self.layouts if self.document.format is Format.CSV else ():
            segment = self.segments[number]
            width = len(segment.headings)
            for index in segment.body:
                row = self.document.grids[segment.grid].rows[index]
                if any(column >= width for column in row.filled):
                    self.draft.find(
                        FindingCode.UNEVEN_ROW,
                        Severity.QUESTION,
                        f"{row.opening} has {len(row.texts)} cells under {width} headings: its words may hold "
                        "the separator without quotation marks, and stand in the wrong columns. Put the cell "
                        "in "
                        "quotation marks and read the file again.",
                        table=number,
                        row=row,
                    )

    def _table(self, segment: Segment, legend: Legend) -> Table:
        rows = [*segment.before, *segment.heading_rows, *segment.body]
        use = segment.use
        if use is not TableUse.PLAN and any((segment.grid, index) in legend.rows for index in rows):
            use, why = TableUse.LEGEND, "it says what the ratings mean"
        else:
            why = segment.why
        return Table(segment.label, use, why, len(rows), self.document.grids[segment.grid].width)

    def _rows(self, legend: Legend) -> tuple[SourceRow, ...]:
        """Every row of the document as it stands, whatever it was taken for."""
        found = []
        for number, segment in enumerate(self.segments):
            rows = self.document.grids[segment.grid].rows
            for uses, indices in (
                (RowUse.TITLE, segment.before),
                (RowUse.HEADING, segment.heading_rows),
                (RowUse.OTHER, segment.body),
            ):
                for index in indices:
                    row = rows[index]
                    use = self.draft.uses.get((number, row.number), uses)
                    use = RowUse.LEGEND if (segment.grid, index) in legend.rows else use
                    if row.texts:
                        found.append(SourceRow(number, row.number, row.place, use, tuple(row.texts)))
        return tuple(found)


def _rows_are(count: int) -> str:
    return "1 row is" if count == 1 else f"{count} rows are"


def _refuse(document: Document) -> None:
    if document.listed >= _LISTED:
        raise PlanKeptAsList(
            "The document is a plan kept as numbered or bulleted lists rather than as a table. "
            "Put its actions into a table "
            "with a row each (reference, action, lead, date, rating) and upload that."
        )
    if document.format is Format.PDF and not document.grids:
        raise NoPlanFound(
            "The PDF has no table with ruled lines, and its columns cannot be told apart safely without them. "
            "Ask for the Word or Excel version."
        )
    raise NoPlanFound(
        "Nothing in the file looks like a plan: a table with a row for each action, and "
        "columns such as its lead, its date, "
        "its progress or its rating. If it is one, give the table a row of headings and upload it again."
    )
