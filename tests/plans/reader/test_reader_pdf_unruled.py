"""PDF tables without ruled columns: every row and letter of them, or a refusal."""

import pytest

from plans.reader import FindingCode, RowUse, TableUse, errors, read_plan

HEADS = ["Ref", "What we will do", "By whom", "By when", "How we will know", "Status", "Commentary"]
ROWS = [
    ("1", "Open three family hubs in the north and make sure that partners know where they are", "Ines Caddy", "30/09/2023", "Hubs used", "Green", "Two are open; the third follows when the lease is signed by its owner"),
    ("2", "Merge the duty teams", "Bo Lindqvist", "31/10/2023", "One number for everybody who calls", "Amber", "Consultation extended"),
    ("3", "Rewrite the plan template", "Mary Oduya", "Q3 2023/24", "Plans are SMART", "Red", ""),
    ("4", "Recruit carers and offer each a mentor from among those who have fostered for years", "AD Safeguarding & Legal", "31/03/2024", "20 recruited", "Green", "Campaign began in May"),
    ("5", "Review every unplanned ending", "IRO Manager", "Monthly", "Fewer moves", "Blue", "Done"),
]  # fmt: skip
STYLES = {
    "white space alone": ("", 3),
    "headings only on the first page": ("thead { display: table-row-group }", 6),
    "lines between rows": ("tr { border-bottom: 1px solid #999 }", 3),
    "a box around it and lines between rows": (
        "tr { border-bottom: 1px solid #999 } table { border: 1px solid }",
        3,
    ),
    "lines around the headings": ("thead tr { border-top: 1px solid; border-bottom: 1px solid }", 2),
    "cells set in the middle": ("td { vertical-align: middle !important }", 3),
    "cells set in the middle, wide apart": ("td { vertical-align: middle !important; padding: 8px }", 3),
    "every other row painted": ("tbody tr:nth-child(even) td { background: #eee }", 3),
    "headings and ratings painted": (
        "th { background: #036 } .Green { background: #00b050 } .Amber { background: #ffc000 } .Red { background: #f00 }",
        3,
    ),
    "headings in the middle of their columns": ("th { text-align: center }", 3),
    "headings set like the rest": ("th { font-weight: normal }", 2),
}


def page(style, parts, heads=HEADS, rows=ROWS, *, group=False):
    """A PDF by WeasyPrint: `parts` times the rows, each with a reference and wording of its own."""
    from weasyprint import HTML

    body = ""
    for part in range(1, parts + 1):
        if group:
            body += f'<tr><td colspan="{len(heads)}">Priority {part}: help at the right time for families</td></tr>'
        for row in rows:
            cells = [row[0] and f"{part}.{row[0]}", f"{row[1]} in part {part}", *row[2:]]
            cells = cells if heads == HEADS else cells[1 : len(heads) + 1]
            body += "<tr>" + "".join(f'<td class="{cell}">{cell}</td>' for cell in cells) + "</tr>"
    head = "".join(f"<th>{heading}</th>" for heading in heads)
    return HTML(
        string=f"""<style>@page {{ size: A4 landscape; margin: 1.5cm;
        @top-left {{ content: "Northvale OFFICIAL" }} @bottom-right {{ content: "Page " counter(page) " of " counter(pages) }} }}
        body {{ font: 9pt sans-serif }} table {{ border-collapse: collapse; width: 100% }}
        td, th {{ padding: 3px 5px; text-align: left; vertical-align: top }} {style}</style>
        <h1>Northvale improvement plan</h1><p>The plan was agreed by the board and is kept by the programme office, which asks leads each month.</p>
        <table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"""
    ).write_pdf()


def told(reading):
    return [
        (
            action.ref,
            action.activity,
            " ".join(action.timeline.split()),
            action.outcome,
            action.rating,
            action.progress,
        )
        for action in reading.actions
    ]


def expected(parts):
    return [
        (f"{part}.{ref}", f"{activity} in part {part}", when, outcome, rating, progress)
        for part in range(1, parts + 1)
        for ref, activity, _, when, outcome, rating, progress in ROWS
    ]


@pytest.mark.parametrize("style", STYLES)
def test_columns_are_told_by_white_space_and_no_row_or_letter_is_lost(style):
    css, parts = STYLES[style]
    reading = read_plan(page(css, parts), "plan.pdf")
    assert told(reading) == expected(parts)
    assert FindingCode.UNRULED_TABLE in {finding.code for finding in reading.findings}
    assert [table.use for table in reading.tables] == [TableUse.PLAN]


def test_a_line_across_all_columns_heads_the_rows_below_it():
    reading = read_plan(page("", 2, group=True), "plan.pdf")
    assert told(reading) == expected(2)
    assert [(objective.ref, objective.text or objective.title) for objective in reading.objectives] == [
        ("1", "Priority 1: help at the right time for families"),
        ("2", "Priority 2: help at the right time for families"),
    ]


def test_without_references_rows_are_told_by_the_space_between_them():
    reading = read_plan(page("td { padding: 7px 5px }", 3, heads=HEADS[1:]), "plan.pdf")
    assert [line[1:] for line in told(reading)] == [line[1:] for line in expected(3)]


def test_columns_that_stand_too_close_are_refused():
    with pytest.raises(errors.NoPlanFound, match="told apart safely"):
        read_plan(page("td, th { padding: 1px 1px !important }", 2), "plan.pdf")


def test_rows_that_cannot_be_told_are_refused():
    with pytest.raises(errors.NoPlanFound, match="told apart safely"):
        read_plan(page("td { padding: 0 5px !important }", 2, heads=HEADS[1:]), "plan.pdf")


def test_a_column_without_a_heading_is_refused_rather_than_mixed_with_its_neighbour():
    heads = ["Ref", "What we will do", "", "By when", "How we will know", "Status", "Commentary"]
    rows = [(*row[:1], f"Step {row[0]}", "Una Bray", *row[3:]) for row in ROWS]
    from weasyprint import HTML

    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows * 2)
    head = "".join(f"<th>{heading}</th>" for heading in heads)
    data = HTML(
        string=f"<style>@page {{ size: A4 landscape }} td, th {{ padding: 3px 8px; text-align: left; vertical-align: top; font: 8pt sans-serif }}</style>"
        f"<table>{head}{body}</table>"
    ).write_pdf()
    with pytest.raises(errors.NoPlanFound):
        read_plan(data, "plan.pdf")


def test_words_outside_the_table_stay_outside():
    reading = read_plan(page("", 1), "plan.pdf")
    assert "Northvale improvement plan" in reading.outside
    assert not any("Open three" in line for line in reading.outside)
    assert [row.use for row in reading.rows] == [RowUse.HEADING, *[RowUse.ACTION] * 5]


def test_a_page_with_one_short_row_is_not_left_out():
    rows = [(str(number), f"Carry out step {number} of the plan with every team", "PSW", "TBC", "", "R", "") for number in range(1, 60)]  # fmt: skip
    reading = read_plan(page("", 1, rows=rows), "plan.pdf")
    assert [action.ref for action in reading.actions] == [f"1.{number}" for number in range(1, 60)]


def test_a_row_without_a_reference_is_a_row_of_its_own():
    rows = [*ROWS[:2], ("", *ROWS[2][1:]), *ROWS[3:]]
    reading = read_plan(page("", 1, rows=rows), "plan.pdf")
    assert [action.activity for action in reading.actions] == [f"{row[1]} in part 1" for row in rows]


def test_headings_that_stand_too_close_to_be_two_are_refused_rather_than_mixed():
    heads = ["Ref", "Action", "Lead", "Target date", "RAG"]
    rows = [(row[0], row[1], row[2], row[3], row[5]) for row in ROWS]
    from weasyprint import HTML

    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows * 3)
    head = "".join(f"<th>{heading}</th>" for heading in heads)
    data = HTML(
        string="<style>@page { size: A4 landscape } table { border-collapse: collapse } td, th { padding: 2px; font: 9pt sans-serif; "
        f"vertical-align: top }}</style><table><tr>{head}</tr>{body}</table>"
    ).write_pdf()
    with pytest.raises(errors.NoPlanFound, match="told apart safely"):
        read_plan(data, "plan.pdf")
