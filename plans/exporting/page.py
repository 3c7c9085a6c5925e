"""The printed page of a plan, as HTML with its style in it: what `printing` turns into a PDF."""

from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string

from plans.exporting.book import Book, heading_of
from plans.exporting.columns import Kind, Shown, title_of
from plans.exporting.paper import Said, paper_cell, paper_columns, place_of_judgement, widths_of
from plans.rows import Code, ObjectiveRow

LONG = 1500
"""Characters from which a row may go on over the end of a page."""

Cell = tuple[str, Said]
"""A cell's kind, "rating" where it is shown as one, and what it says."""


@dataclass
class Part:
    """An objective with its rows of cells; each row says whether it is long. `name` is what bookmarks call it."""

    objective: ObjectiveRow | None
    name: str
    rows: list[tuple[list[Cell], bool]] = field(default_factory=list)


@dataclass
class Group:
    """A theme, which is a table of its own."""

    title: str
    parts: list[Part] = field(default_factory=list)


def page_of(book: Book) -> str:
    """The whole page. The style sheet is part of it, so that nothing is fetched when it is drawn."""
    columns = paper_columns(book)
    widths = widths_of(book, columns)
    style = (settings.BASE_DIR / "static" / "css" / "plan-print.css").read_text(encoding="utf-8")
    return render_to_string(
        "plans/print/plan.html",
        {
            "book": book,
            "columns": columns,
            "widths": [f"{100 * width / sum(widths):.2f}" for width in widths],
            "groups": _groups(book, columns),
            "judged": place_of_judgement(columns),
            "css": style,
            "top": css_string(f"{book.council}: {book.title}. {book.position}."),
        },
    )


def css_string(words: str) -> str:
    """Words as the inside of a quoted CSS string, whatever is in them: every sign but letters and digits is escaped."""
    return "".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):x} " for sign in words)


def _groups(book: Book, columns: tuple[Shown, ...]) -> list[Group]:
    groups: list[Group] = []
    if book.flat:
        groups = [Group("", [Part(None, "")])]
    theme = objective = None
    for line in book.lines:
        if not book.flat and line.theme.id != theme:
            theme = line.theme.id
            groups.append(Group(line.theme.title))
        if not book.flat and line.objective.id != objective:
            objective = line.objective.id
            name = title_of(line.objective) or heading_of(line.objective)
            groups[-1].parts.append(Part(line.objective, name))
        said = [(shown.column.kind, paper_cell(book, shown, line)) for shown in columns]
        cells: list[Cell] = [
            ("rating" if isinstance(words, Code) else "reference" if kind is Kind.REFERENCE else "", words)
            for kind, words in said
        ]
        long = sum(len(value) for _, value in cells if isinstance(value, str)) > LONG
        groups[-1].parts[-1].rows.append((cells, long))
    return groups
