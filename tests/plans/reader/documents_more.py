"""More made-up plans, each laid out as some council or programme might, none like another."""

from datetime import date
from io import BytesIO

from docx import Document as WordDocument
from docx.enum.section import WD_ORIENT
from openpyxl import Workbook

from tests.plans.reader.documents import _shade, fill, saved


def word_bytes(document):
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def filled(table, rows):
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=False):
            cell.text = words or ""


def langdale():
    """One sheet for each priority; numbers as references, 1.10 shown with two decimals; status words; totals."""
    book = Workbook()
    del book["Sheet"]
    plans = {
        "Priority 1 - Voice": [
            (1.1, "Ask every child what worked", "Participation Lead", date(2024, 5, 31), "80% asked", "Complete", "Done in May"),
            (1.2, "Publish what we heard", "Comms Manager", date(2024, 7, 31), "On the website", "In progress", "Draft with the board"),
            (1.10, "Pay young inspectors", "Zoë Llŷr", "Ongoing", "Ten paid", "Not started", None),
        ],
        "Priority 2 - Practice": [
            (2.1, "Train supervisors", "Principal Social Worker", date(2024, 9, 30), "All trained", "In progress", "Two thirds"),
            (2.2, "Dip sample ten files a month", "QA Manager", "Monthly", "Better plans", "Overdue", "No auditor in June"),
        ],
    }  # fmt: skip
    for name, rows in plans.items():
        sheet = book.create_sheet(name)
        sheet.append(["Langdale improvement plan 2024"])
        sheet.append(["Updated 12 June 2024"])
        sheet.append([])
        sheet.append(
            ["No", "What we will do", "By whom", "By when", "How we will know", "Status", "Commentary"]
        )
        for row in rows:
            sheet.append(list(row))
            sheet.cell(sheet.max_row, 1).number_format = "0.00" if row[1].startswith("Pay") else "General"
        sheet.append(["Total actions", len(rows)])
    return saved(book)


def orwell():
    """A progress plan after an area inspection: a landscape Word document, a table for each weakness, milestones at
    three, six and twelve months, two ratings.
    """
    document = WordDocument()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    document.add_heading("Orwell accelerated progress plan", 0)
    document.add_paragraph(
        "Key: Blue - completed and embedded; Green - on track; Amber - some delay; Red - off track"
    )
    heads = [
        "Ref",
        "Action",
        "Responsible",
        "Completion date",
        "Milestones 3 months",
        "Milestones 6 months",
        "Impact measure",
        "Delivery RAG",
        "Impact RAG",
    ]
    weaknesses = {
        "Area of weakness 1: Waiting times for assessment": [
            ["1a", "Clear the backlog of plans", "SEND Manager", "31/07/2023", "Half issued", "All issued", "20 weeks met", "Green", "Amber"],
            ["1b", "Recruit two psychologists", "PEP", "30/09/2023", "Advert out", "In post", "Advice on time", "Red", "Red"],
        ],
        "Area of weakness 2: Families are not heard": [
            ["2a", "Agree a charter with the parent carer forum", "DCO, Forum chair", "31/05/2023", "Drafted", "Signed", "Survey up 10 points", "Blue", "Green"],
        ],
    }  # fmt: skip
    for heading, rows in weaknesses.items():
        document.add_heading(heading, 1)
        filled(document.add_table(rows=0, cols=len(heads)), [heads, *rows])
    return word_bytes(document)


def marchford():
    """Workstreams with milestones, as a government programme tracks them: baseline and forecast, arrows, a dashboard."""
    book = Workbook()
    dashboard = book.active
    dashboard.title = "Dashboard"
    for row in (["Status", "Count"], ["B", 1], ["G", 1], ["A", 2]):
        dashboard.append(row)
    sheet = book.create_sheet("Tracker")
    sheet.append(
        [
            "Marchford recovery programme",
            None,
            None,
            "BRAG: B = complete, R = critical delay, A = some delay, G = on track",
        ]
    )
    sheet.append([])
    sheet.append(
        [
            "Workstream",
            "ID",
            "Milestone",
            "SRO",
            "Original date",
            "Revised date",
            "Last month RAG",
            "RAG",
            "DoT",
            "Commentary",
        ]
    )
    rows = [
        ("Finance", "M01", "Balance the budget for the year", "Chief Finance Officer", date(2025, 3, 31), None, "A", "A", "↔", "Gap of £2m"),
        (None, "M02", "Publish the overdue accounts", "Chief Finance Officer", date(2024, 12, 31), date(2025, 6, 30), "G", "A", "↓", "Auditor's queries"),
        ("Governance", "M03", "Adopt the new constitution", "Monitoring Officer", date(2024, 11, 30), None, "G", "B", "↑", "Adopted 28/11"),
        (None, "M04", "Train every member", "Democratic Services", date(2025, 1, 31), None, None, "G", None, None),
    ]  # fmt: skip
    for row in rows:
        sheet.append(list(row))
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("A6:A7")
    return saved(book)


def tarnside():
    """Semicolons and Windows-1252, a byte that only that has, references such as REC 3/2, blank objective cells."""
    text = (
        "Tarnside – plan d’amélioration;;;;;;\r\n"
        "Ref;Recommendation;Action;Lead;Deadline;RAG;Update\r\n"
        "REC 1/1;Rec 1: Décisions are timely;Screen contacts the same day;Siân Ó Briain;31/01/23;G;Done – “kept up”\r\n"
        'REC 1/2;;"Hold a daily huddle;\r\nwrite down who does what";François Müller;28/02/23;A;\r\n'
        "REC 3/2;Rec 3: Carers are supported;Pay the allowance – £25 a week – on time;Finance;Q1 2023/24;R;€0 paid so far\r\n"
        ";;;;;;\r\n"
        "Total;;3;;;;\r\n"
    )
    return text.encode("cp1252")


def penmoor():
    """Word with lists inside cells, ratings by colour alone in five colours, the legend a table of colours in the header row."""
    document = WordDocument()
    document.add_heading("Penmoor: our plan", 0)
    legend = document.add_table(rows=1, cols=5)
    colours = {
        "Completed": "0070C0",
        "On track": "00B050",
        "At risk": "FFC000",
        "Off track": "FF0000",
        "Embedded": "7030A0",
    }
    for cell, (words, colour) in zip(legend.rows[0].cells, colours.items(), strict=True):
        cell.text = words
        _shade(cell, colour)
    document.add_paragraph("")
    table = document.add_table(rows=0, cols=6)
    heads = ["Action", "Steps", "Owner", "When", "Status", "Evidence"]
    rows = [
        ("1. Open a front door", ["Find a building", "Fit it out", "Open"], "Ann Ode", "31/01/2025", "On track", "Lease"),
        ("2. Close old cases", ["List them", "Review each"], "Bea Roo", "28/02/2025", "Embedded", "Audit"),
        ("3. Write to families", [], "Cal Poe", "31/03/2025", "Off track", ""),
    ]  # fmt: skip
    filled(table, [heads])
    for action, steps, owner, when, status, evidence in rows:
        cells = table.add_row().cells
        cells[0].text, cells[2].text, cells[3].text, cells[5].text = action, owner, when, evidence
        for number, step in enumerate(steps):
            paragraph = cells[1].paragraphs[0] if number == 0 else cells[1].add_paragraph()
            paragraph.style = "List Bullet"
            paragraph.add_run(step)
        _shade(cells[4], colours[status])
    return word_bytes(document)


def hollin():
    """An action with several milestones, its reference and words merged over their rows, each with its own lead, date and rating."""
    book = Workbook()
    sheet = book.active
    rows = [
        ["Action no", "Action", "Milestones", "Lead", "Target date", "RAG", "Progress"],
        ["Action 12", "Rebuild the front door", "Appoint a manager", "Head of Service", date(2025, 1, 31), "G", "Appointed"],
        [None, None, "Move the teams", "Estates", date(2025, 3, 31), "A", "Lease late"],
        [None, None, "Review after six months", "QA Manager", date(2025, 9, 30), None, None],
        ["Action 13", "Refresh thresholds", None, "Partnership Manager", date(2025, 2, 28), "R", "Not agreed"],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    for column in "AB":
        sheet.merge_cells(f"{column}2:{column}4")
    return saved(book)


def fernhill():
    """Numbered rows whose objective is a merged cell beside them, a numeric scale of 1 to 5 on a sheet of its own, a change log."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Delivery plan"
    rows = [
        ["FERNHILL DELIVERY PLAN"],
        ["Objective", "A-ref", "Key activity", "Accountable", "Start date", "End date", "Score", "Impact score", "Latest position"],
        ["O1 Leaders know", "A-1", "Publish a weekly scorecard", "Performance Manager", date(2025, 1, 6), date(2025, 2, 28), 4, 2, "Live since January"],
        [None, "A-2", "Visit each team once a quarter", "DCS", date(2025, 1, 6), date(2025, 12, 19), 2, 1, None],
        ["O2 Families stay together", "A-3", "Start an edge of care service", "Una Bray & Karl Jessop", date(2025, 4, 1), date(2025, 9, 30), 1, None, None],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:I1")
    sheet.merge_cells("A3:A4")
    scale = book.create_sheet("Scoring")
    for row in (
        ["Score", "Meaning"],
        [1, "Not started"],
        [2, "Under way"],
        [3, "Delayed"],
        [4, "Complete"],
        [5, "Embedded"],
    ):
        scale.append(row)
    log = book.create_sheet("Change log")
    for row in (
        ["Version", "Date", "Author", "Description"],
        ["0.1", date(2025, 1, 2), "Una Bray", "First draft"],
    ):
        log.append(row)
    return saved(book)


def quarry():
    """Tab-separated text without references: priorities and outcomes as lines of their own, status in words with remarks."""
    rows = [
        ["Quarry Council - children's improvement plan, 3 March 2025"],
        [
            "What needs to change",
            "Actions",
            "Responsible person",
            "Timescale",
            "Desired outcome",
            "RAG and comments",
        ],
        ["Priority A: Safer decisions"],
        [
            "Thresholds are unclear",
            "Issue new guidance",
            "Assistant Director (Safeguarding)",
            "By end of April 2025",
            "Fewer repeat contacts",
            "Green - issued 1 March",
        ],
        [
            "",
            "Test it in three audits",
            "Audit team",
            "June - July 2025",
            "Grade up",
            "Amber: first audit slipped",
        ],
        ["Priority B: Stable workforce"],
        [
            "Too many agency staff",
            "Convert ten posts",
            "HR Business Partner",
            "31st March 2026",
            "Under 15%",
            "Red – two converted",
        ],
    ]
    return "\n".join("\t".join(row) for row in rows).encode()


STANTON_HTML = """
<style>@page {{ size: A4 landscape; margin: 1.5cm; @bottom-center {{ content: "Stanton plan v3.2 - page " counter(page) }} }}
body {{ font: 8.5pt sans-serif }} table {{ border-collapse: collapse; width: 100%; margin-bottom: 1em }}
td, th {{ border: 1px solid #444; padding: 3px; vertical-align: top; text-align: left }} .band td {{ background: #ddd }}
.R {{ background: #e00 }} .A {{ background: #fb0 }} .G {{ background: #0a4 }}</style>
<h1>Stanton partnership plan</h1>
{tables}
<h2>RAG key</h2><table><tr><td class="R">R</td><td>Not delivered on time</td></tr><tr><td class="A">A</td><td>At risk</td></tr>
<tr><td class="G">G</td><td>On schedule</td></tr></table>
"""


def stanton():
    """A PDF with a ruled table under a heading for each strand, split over pages, group rows, the legend on the last page."""
    from weasyprint import HTML

    tables = ""
    for strand in ("Strand 1: Early help", "Strand 2: Court work"):
        number = strand[7]
        rows = "".join(
            f"<tr><td>{number}.{step}</td><td>Deliver step {step} of strand {number} with schools, health and police, and report what changed for children</td>"
            f'<td>Partnership Officer {step}</td><td>{step:02}/06/2025</td><td class="{"RAG"[step % 3]}">{"RAG"[step % 3]}</td>'
            f"<td>Step {step} was discussed at the partnership meeting and the next part follows in the autumn term.</td></tr>"
            for step in range(1, 13)
        )
        tables += (
            f"<h2>{strand}</h2><table><thead><tr><th>Ref</th><th>Action</th><th>Lead agency</th><th>Due</th><th>RAG</th><th>Progress</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )
    return HTML(string=STANTON_HTML.format(tables=tables)).write_pdf()


def willow():
    """A PDF without lines between columns, objectives as lines across, ratings by painted cells with a word."""
    from weasyprint import HTML

    rows = ""
    for objective in (1, 2):
        rows += f'<tr><td colspan="5"><b>Objective {objective}: Every child has a plan that changes something</b></td></tr>'
        for step in (1, 2, 3):
            colour, word = [("#00b050", "On track"), ("#ffc000", "Delayed"), ("#0070c0", "Complete")][
                step - 1
            ]
            rows += (
                f"<tr><td>{objective}.{step}</td><td>Take step {step} towards objective {objective} with every family that the service knows</td>"
                f'<td>Team Manager {step}</td><td>1{step} May 2025</td><td style="background:{colour}">{word}</td></tr>'
            )
    return HTML(
        string="<style>@page { size: A4 landscape } body { font: 9pt sans-serif } td, th { padding: 4px 8px; text-align: left; vertical-align: top }</style>"
        "<h1>Willow Vale plan</h1><table><tr><th>Ref</th><th>Action</th><th>Owner</th><th>Due date</th><th>Status</th></tr>"
        f"{rows}</table>"
    ).write_pdf()


def brackenby():
    """A workbook whose ratings are rules of the spreadsheet, colours of a hidden helper column, notes in comments."""
    from openpyxl.comments import Comment
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    book = Workbook()
    sheet = book.active
    sheet.title = "Plan"
    for row in (
        ["Red", "Behind, no plan to recover"],
        ["Amber", "Behind, plan to recover"],
        ["Green", "On schedule"],
        [],
        ["Ref.", "Task", "Named lead", "Deadline", "RAG", "Helper"],
        ["T1", "Set up a duty rota", "Ola Finch", date(2025, 5, 2), None, "r"],
        ["T2", "Check the rota weekly", "Ola Finch", "Weekly", None, "g"],
        ["T3", "Buy cover for August", "Jo Amble", date(2025, 7, 25), None, "a"],
    ):
        sheet.append(row)
    colours = {"r": "C00000", "a": "FFC000", "g": "92D050"}
    for number, colour in enumerate((colours["r"], colours["a"], colours["g"]), start=1):
        sheet.cell(number, 1).fill = fill(colour)
    for code, colour in colours.items():
        sheet.conditional_formatting.add(
            "E6:E50",
            FormulaRule(formula=[f'$F6="{code}"'], fill=PatternFill(bgColor=colour, fill_type="solid")),
        )
    sheet.column_dimensions["F"].hidden = True
    sheet["B8"].comment = Comment("Two quotes are in", "Jo Amble")
    return saved(book)
