"""Plans made up for the tests: unlike each other, and of councils that do not exist."""

from datetime import date
from io import BytesIO

from docx import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color


def fill(colour):
    return PatternFill("solid", fgColor=colour)


def saved(book):
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_of(rows, title="Plan"):
    """A workbook of one sheet with these rows."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def northvale():
    """BRAG; a sheet for each theme; merged priorities; the legend on a sheet of its own; a risk register; hidden rows."""
    book = Workbook()
    key = book.active
    key.title = "Key"
    key.append(["BRAG", "What it means"])
    for name, meaning, colour in (
        ("Blue", "Action completed and impact evidenced", "2F75B5"),
        ("Red", "Not on track and needs escalation", "C00000"),
        ("Amber", "Some slippage, recovery plan in place", "FFBF00"),
        ("Green", "On track to meet the target date", "70AD47"),
    ):
        key.append([name, meaning])
        key.cell(key.max_row, 1).fill = fill(colour)
    colours = {"B": "2F75B5", "R": "C00000", "A": "FFBF00", "G": "70AD47"}
    plans = {
        "Leadership": [
            (
                "1.1",
                "Leaders know how well practice works",
                "Set up a monthly practice week",
                "Findings reach every team",
                "Asha Verma",
                date(2023, 5, 31),
                "G",
                "First one held",
            ),
            (
                "1.2",
                None,
                "Publish a self-assessment",
                "Agreed by the board",
                "Director of Children's Services",
                date(2023, 9, 29),
                "A",
                "Draft late",
            ),
            (
                "1.3",
                None,
                "Appoint a permanent head of quality",
                "In post",
                "Tom Okafor; HR",
                date(2023, 3, 31),
                "B",
                "Started 1 March",
            ),
        ],
        "Front door": [
            (
                "2.1",
                "Decisions are timely",
                "Triage every contact within a day",
                "95% in a day",
                "Head of MASH / QA Lead",
                date(2023, 6, 30),
                "R",
                "71% in April",
            ),
            (
                "2.2",
                "Thresholds are understood",
                "Retrain partner agencies",
                "200 trained",
                "Lena Fry",
                "TBC",
                "G",
                None,
            ),
        ],
        "Care leavers": [
            (
                "3.1",
                "Care leavers live somewhere suitable",
                "Sign the housing protocol",
                "Signed",
                "Housing",
                date(2023, 12, 1),
                None,
                None,
            ),
        ],
    }
    for name, actions in plans.items():
        sheet = book.create_sheet(name)
        sheet.append(["Northvale Children's Services improvement plan"])
        sheet.append(["Position at 30 April 2023"])
        sheet.append([])
        sheet.append(
            ["Ref", "Priority", "Action", "Success measure", "Owner", "Target date", "BRAG", "Comments"]
        )
        for action in actions:
            sheet.append(list(action))
            if action[6]:
                sheet.cell(sheet.max_row, 7).fill = fill(colours[action[6]])
    book["Leadership"].merge_cells("B5:B7")
    book["Leadership"].row_dimensions[6].hidden = True
    risks = book.create_sheet("Risks")
    risks.append(["Ref", "Risk", "Likelihood", "Impact", "Mitigating action", "Owner", "RAG"])
    risks.append(["R1", "Agency staff leave", "3", "4", "Convert to permanent", "HR", "A"])
    return saved(book)


def eastmere():
    """Headings over two rows, priorities and objectives as group rows, ratings in words, no legend, a total, a table of risks below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Action plan"
    sheet.append(["Eastmere: getting to good"])
    sheet.append(
        [
            "No.",
            "What we will do",
            "Timescale",
            None,
            "Responsible officer",
            "Status",
            "Progress so far",
            "Cost",
        ]
    )
    sheet.append([None, None, "Start", "End"])
    sheet.merge_cells("C2:D2")
    for column in "ABEFGH":
        sheet.merge_cells(f"{column}2:{column}3")
    rows = [
        ["Priority 1: Help at the right time"],
        ["Objective 1.1: Families get help early"],
        [
            "1.1.1",
            "Open three family hubs",
            "01/04/2023",
            "30/09/2023",
            "Ines Caddy",
            "On track",
            "Two open",
            120000,
        ],
        [
            "1.1.2",
            "Merge the two duty teams",
            "01/05/2023",
            "31/04/2023",
            "Bo Lindqvist & Mary Oduya",
            "Delayed",
            "Consultation extended",
            0,
        ],
        ["Objective 1.2: Plans are SMART"],
        [
            "1.2.1",
            "Rewrite the plan template",
            None,
            "Q3 2023/24",
            "AD Safeguarding & Legal",
            "Complete",
            "In use",
            None,
        ],
        ["Priority 2: Children in care"],
        ["Objective 2.1: Fewer moves"],
        [
            "2.1.1",
            "Recruit 20 foster carers",
            "Apr-23",
            "End of Sept 2023",
            "All service managers",
            "Delayed",
            None,
            40000,
        ],
        [
            "2.1.2",
            "Review every unplanned ending",
            "01/06/2023",
            "Monthly - after each panel",
            "IRO Manager",
            "Not started",
            None,
            None,
        ],
        ["Total", None, None, None, None, None, None, 160000],
        [],
        ["Risk register"],
        ["Risk", "Likelihood", "Impact", "Mitigation", "Owner"],
        ["Carers are not found", "High", "High", "Regional campaign", "Ines Caddy"],
    ]
    for row in rows:
        sheet.append(row)
    for number in (4, 5, 8, 10, 11):
        sheet.merge_cells(f"A{number}:H{number}")
    for number in (4, 10):
        sheet.cell(number, 1).fill = fill("BDD7EE")
    return saved(book)


def _shade(cell, colour):
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)


def southholm():
    """Word: a table for each theme under its heading, ratings by colour alone, the legend below, one colour unknown to it."""
    document = WordDocument()
    document.add_heading("Southholm improvement plan", 0)
    document.add_paragraph("As at 12 January 2024")
    plans = [
        (
            "Theme 1 – Workforce",
            [
                ("W1", "Stable teams", "Offer a retention payment", "Priya Nair", "31 March 2024", "00B050"),
                (
                    "W2",
                    "",
                    "Start an academy for new social workers",
                    "Principal Social Worker",
                    "Revised to 30/06/24 (was 31/03/24)",
                    "FFC000",
                ),
                (
                    "W3",
                    "Good supervision",
                    "Audit supervision each quarter",
                    "QA team",
                    "Quarterly",
                    "FF3B30",
                ),
            ],
        ),
        (
            "Theme 2 – Practice",
            [
                ("P1", "Children are seen", "Dip sample visits", "Team managers", "w/c 05/02/24", "00B050"),
                ("P2", "", "Launch the practice model", "Owen Pask", "Summer 2024", None),
            ],
        ),
    ]
    for heading, actions in plans:
        document.add_heading(heading, 1)
        table = document.add_table(rows=1, cols=6)
        for cell, words in zip(
            table.rows[0].cells, ["Ref", "Objective", "Action", "Lead officer", "By when", "RAG"], strict=True
        ):
            cell.text = words
        for action in actions:
            cells = table.add_row().cells
            for cell, words in zip(cells, action[:5], strict=False):
                cell.text = words
            if action[5]:
                _shade(cells[5], action[5])
    document.add_paragraph("Key to ratings")
    legend = document.add_table(rows=0, cols=2)
    for colour, meaning in (("C00000", "Off track"), ("FFC000", "At risk of delay"), ("00B050", "On track")):
        cells = legend.add_row().cells
        _shade(cells[0], colour)
        cells[1].text = meaning
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def westbeck():
    """Windows-1252 with semicolons: ratings are numbers explained in a line above, no references, cells of two lines."""
    text = (
        "Westbeck – Plan d’action / improvement plan;;;;;\r\n"
        "1 = Not started;2 = In progress;3 = Behind schedule;4 = Complete;;\r\n"
        ";;;;;\r\n"
        "Recommendation;What are we doing?;By whom?;Deadline;Progress rating (1-4);Commentary\r\n"
        "Improve the quality of chronologies;Issue a one-page guide;Zoë Hartley;31/10/2022;4;Issued\r\n"
        ';"Train all teams\nand check with audits";Practice Educators;30/11/2022;3;"Two teams left;\nboth booked"\r\n'
        "Hear the child’s voice;Buy an app for direct work;J. Quill;28/02/2023;2;\r\n"
        ";Ask young inspectors to test it;Participation Lead, young people’s forum;TBC;1;£3k needed\r\n"
    )
    return text.encode("cp1252")


def ashcombe():
    """Harvey balls, a column of them for each month, no references, the objective in a merged cell, theme colours with tints."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Tracker"
    sheet.append(["Aim", "Task", "Lead", "Due", "Sep status", "Oct status", "Notes"])
    sheet.append(
        [
            "Strong partnerships",
            "Agree terms of reference",
            "LSCP Business Manager",
            date(2024, 9, 30),
            "◑",
            "●",
            "Agreed 12/9",
        ]
    )
    sheet.append([None, "Share a dataset", "Police / Health", date(2024, 11, 30), "◔", "◑", ""])
    sheet.append([None, "Hold a joint audit", "D Amari", date(2025, 1, 31), "○", "○", ""])
    sheet.merge_cells("A2:A4")
    for row in range(2, 5):
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.6))
    return saved(book)


def two_versions():
    """The same plan twice, last month's sheet beside this month's."""
    book = Workbook()
    for name, ratings in (("May 2024", "RRA"), ("June 2024", "RAG")):
        sheet = book.create_sheet(name)
        sheet.append(["Ref", "Action", "Owner", "Due date", "RAG"])
        for number, rating in enumerate(ratings, start=1):
            sheet.append(
                [
                    f"A{number}",
                    f"Do the thing numbered {number}",
                    "Head of Service",
                    date(2024, 9, number),
                    rating,
                ]
            )
    del book["Sheet"]
    return saved(book)


def headless():
    """A table without headings, as pasted from somewhere."""
    rows = [
        ("1.1", "Write the sufficiency strategy for children in care", "Una Bray", "31/03/2024", "Amber"),
        ("1.2", "Commission two more residential homes nearby", "Karl Jessop", "30/09/2024", "Red"),
        ("2.1", "Give every care leaver a named adviser", "Una Bray", "31/12/2023", "Green"),
        ("2.2", "Publish the local offer in plain words", "Faith Obi", "31/01/2024", "Green"),
    ]
    return "\n".join("\t".join(row) for row in rows).encode()


HIGHFORD_HTML = """
<html><head><style>
@page {{ size: A4 landscape; margin: 2cm;
  @top-left {{ content: "Highford Council OFFICIAL"; }} @bottom-right {{ content: "Page " counter(page) " of " counter(pages); }} }}
table {{ border-collapse: collapse; width: 100%; }} td, th {{ border: 1px solid black; padding: 4px; vertical-align: top; }}
.red {{ background: #ff0000; }} .amber {{ background: #ffc000; }} .green {{ background: #00b050; }}
</style></head><body>
<h1>Highford single improvement plan</h1>
<table><tr><td class="red">Red</td><td>Overdue or will not be met</td></tr><tr><td class="amber">Amber</td><td>At risk of delay</td></tr>
<tr><td class="green">Green</td><td>On track</td></tr></table>
<p>The plan follows.</p>
<table><thead><tr><th>Ref</th><th>Recommendation</th><th>Action</th><th>Who</th><th>When</th><th>RAG</th><th>Update</th></tr></thead>
<tbody>{rows}</tbody></table></body></html>
"""


def highford():
    """A PDF over several pages, headings repeated, recommendations merged, made by WeasyPrint."""
    from weasyprint import HTML

    rows = []
    ratings = [("red", "R"), ("amber", "A"), ("green", "G")]
    for recommendation in range(1, 6):
        for action in range(1, 7):
            name, code = ratings[(recommendation + action) % 3]
            first = (
                f'<td rowspan="6">Recommendation {recommendation}: strengthen part {recommendation} of the service</td>'
                if action == 1
                else ""
            )
            rows.append(
                f"<tr><td>{recommendation}.{action}</td>{first}<td>Carry out step {action} of part {recommendation} with every team "
                f"and partner agency that works with families</td><td>Service Manager</td><td>{action + 10}/0{recommendation}/2025</td>"
                f'<td class="{name}">{code}</td><td>Work has begun and the first report was shared with the board.</td></tr>'
            )
    return HTML(string=HIGHFORD_HTML.format(rows="".join(rows))).write_pdf()


def headless_workbook():
    """The table without headings as a workbook."""
    return saved(sheet_of([line.split("\t") for line in headless().decode().split("\n")]))
