"""Ways of laying a plan out that councils use, each in as few rows as show it."""

from datetime import date
from io import BytesIO

from docx import Document as WordDocument
from docx.oxml import OxmlElement

from plans.reader import FindingCode, RowUse, read_plan, summary
from tests.plans.reader.documents import saved, sheet_of
from tests.plans.reader.rows import HEAD, codes, scale, text, workbook


def test_a_legend_beside_the_title_is_found():
    reading = workbook(
        [
            ["Wexcombe improvement plan", None, None, None, None, "Blue", "Complete"],
            [None, None, None, None, None, "Green", "On track"],
            [None, None, None, None, None, "Amber", "Minor delay"],
            [],
            HEAD,
            ["1", "Write it", "Una Bray", "31/03/2025", "green "],
            ["2", "Send it", "Una Bray", "31/03/2025", "Amber - some delay"],
        ],
        fills={"F1": "0070C0", "F2": "00B050", "F3": "FFC000"},
    )
    assert scale(reading) == {
        "Blue": ("Complete", "complete"),
        "Green": ("On track", "on_track"),
        "Amber": ("Minor delay", "at_risk"),
    }
    assert [action.rating for action in reading.actions] == ["Green", "Amber"]


def test_a_legend_in_lines_below_the_plan_is_found():
    reading = workbook(
        [
            HEAD,
            ["1", "Write it", "Una Bray", "31/03/2025", "R"],
            [],
            ["Key:"],
            ["R - overdue, no plan to recover"],
            ["G - on track"],
        ]
    )
    assert scale(reading) == {
        "R": ("overdue, no plan to recover", "off_track"),
        "G": ("on track", "on_track"),
    }
    assert [row.use for row in reading.rows] == [
        RowUse.HEADING,
        RowUse.ACTION,
        RowUse.LEGEND,
        RowUse.LEGEND,
        RowUse.LEGEND,
    ]


def test_numbers_explained_in_a_table_of_their_own_are_the_scale():
    reading = workbook(
        [
            ["Improvement objective", "Activity", "Accountable", "Deadline", "Score"],
            ["Better supervision", "Train supervisors", "Di Orr", date(2025, 1, 31), 2],
            [None, "Check quality", "Di Orr", date(2025, 2, 28), 1],
            [],
            ["Score", "Meaning"],
            [1, "Not started"],
            [2, "In progress"],
        ]
    )
    assert scale(reading) == {"1": ("Not started", "not_started"), "2": ("In progress", "on_track")}
    assert [action.rating for action in reading.actions] == ["2", "1"]


def test_a_legend_in_running_text_explains_the_words_that_ratings_use():
    document = WordDocument()
    document.add_paragraph("Status key: Completed - done and checked; Slipping - behind but recoverable")
    table = document.add_table(rows=0, cols=4)
    for row in (
        ["Ref", "Action", "Owner", "Status"],
        ["1", "Write it", "PSW", "Completed"],
        ["2", "Send it", "PSW", "Slipping"],
    ):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    stream = BytesIO()
    document.save(stream)
    reading = read_plan(stream.getvalue(), "plan.docx")
    assert scale(reading) == {
        "Completed": ("done and checked", "complete"),
        "Slipping": ("behind but recoverable", "at_risk"),
    }


def test_group_rows_with_reference_and_rating_are_objectives():
    reading = workbook(
        [
            ["Ref", "Action", "Owner", "Original date", "Revised date", "Delivery RAG", "Impact RAG"],
            ["1", "Priority 1 - Workforce", None, None, None, "A"],
            ["1.1", "Grow our own", "HR lead", date(2024, 3, 31), date(2024, 6, 30), "R", "A"],
            ["1.2", "Retain staff", "HR lead", date(2024, 9, 30), None, "G", "G"],
            ["2", "Priority 2 - Practice", None, None, None, "G"],
            ["2.1", "Adopt a model", "PSW", date(2024, 5, 1), None, "G"],
        ]
    )
    assert summary(reading)["objective_ratings"] == {"1": "A", "2": "G"}
    moved = reading.actions[0]
    assert (moved.original_end, moved.end, moved.moves, moved.impact_rating) == (
        date(2024, 3, 31),
        date(2024, 6, 30),
        1,
        "A",
    )


def test_two_tables_in_one_sheet_with_other_columns_are_one_plan():
    reading = workbook(
        [
            ["Part A: statutory actions"],
            HEAD,
            ["S1", "Do alpha", "Ann Ode", "31/01/25", "Complete"],
            ["S2", "Do beta", None, "28/02/25", "In progress"],
            [],
            ["Part B: further actions"],
            ["No", "Objective", "What we will do", "Who", "When", "Status"],
            ["1", "Voice", "Ask children", "Bea Roo", "31/01/25", "Complete"],
        ],
        merges=["C3:C4"],
    )
    assert [theme.title for theme in reading.themes] == [
        "Part A: statutory actions",
        "Part B: further actions",
    ]
    assert [(action.ref, [lead.name for lead in action.leads]) for action in reading.actions] == [
        ("S1", ["Ann Ode"]),
        ("S2", ["Ann Ode"]),
        ("1", ["Bea Roo"]),
    ]


def test_repeated_objectives_and_a_column_of_themes_are_each_one():
    head = ["Priority Area", "Recommendation", "Ref", "Actions", "Lead", "Timescale", "RAG status"]
    reading = text(
        [
            head,
            ["Leadership", "1. Strengthen oversight", "1a", "Hold clinics", "Joan Pell", "Ongoing", "Green"],
            [
                "Leadership",
                "1. Strengthen oversight",
                "1b",
                "Buy dashboards",
                "Joan Pell",
                "Ongoing",
                "Green",
            ],
            ["Front door", "2. Timely decisions", "2a", "Recruit managers", "Joan Pell", "Ongoing", "Red"],
        ]
    )
    assert [theme.title for theme in reading.themes] == ["Leadership", "Front door"]
    assert [(objective.ref, objective.title) for objective in reading.objectives] == [
        ("1", "1. Strengthen oversight"),
        ("2", "2. Timely decisions"),
    ]


def test_a_table_cut_by_a_page_goes_on_without_headings():
    document = WordDocument()
    for rows in (
        [HEAD, ["1", "Write it", "PSW", "31/03/25", "R"]],
        [["2", "Send it", "PSW", "31/03/25", "G"]],
    ):
        table = document.add_table(rows=0, cols=5)
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
        document.add_paragraph("")
    stream = BytesIO()
    document.save(stream)
    assert [action.ref for action in read_plan(stream.getvalue(), "plan.docx").actions] == ["1", "2"]


def test_a_table_for_each_recommendation_with_its_title_inside_is_one_plan():
    document = WordDocument()
    document.add_heading("Thornbury action plan", 0)
    document.add_paragraph("RAG: R = Off track, A = At risk, G = On track")
    tables = [
        ("Leadership", "Recommendation 1: Improve oversight", ["1.1", "Do this", "Al Bo", "31/01/2025", "R"]),
        (None, "Recommendation 2: Improve supervision", ["2.1", "Do that", "Al Bo", "31/03/2025", "G"]),
        ("Practice", "Recommendation 3: See children", ["3.1", "Do more", "Cy Do", "30/04/2025", "A"]),
    ]
    for heading, title, action in tables:
        if heading:
            document.add_heading(heading, 1)
        table = document.add_table(rows=0, cols=5)
        table.add_row().cells[0].merge(table.rows[0].cells[4]).text = title
        for row in (HEAD, action):
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
        document.add_paragraph("")
    stream = BytesIO()
    document.save(stream)
    reading = read_plan(stream.getvalue(), "plan.docx")
    assert [
        (reading.theme_of(action).title, reading.objective_of(action).ref, action.rating)
        for action in reading.actions
    ] == [
        ("Leadership", "1", "R"),
        ("Leadership", "2", "G"),
        ("Practice", "3", "A"),
    ]
    assert codes(reading) == []


def test_sheets_that_number_from_one_again_are_all_read():
    book = sheet_of(
        [
            HEAD,
            *([str(number), f"Leaders do step {number}", "PSW", "Ongoing", "G"] for number in range(1, 5)),
        ],
        "Leadership",
    )
    sheet = book.create_sheet("Front door")
    for row in [
        HEAD,
        *([str(number), f"Workers do step {number}", "PSW", "Ongoing", "G"] for number in range(1, 5)),
    ]:
        sheet.append(row)
    reading = read_plan(saved(book), "plan.xlsx")
    assert [theme.title for theme in reading.themes] == ["Leadership", "Front door"]
    repeated = [
        finding.message for finding in reading.findings if finding.code is FindingCode.REPEATED_REFERENCE
    ]
    assert len(reading.actions) == 8
    assert repeated[0] == (
        "Front door, row 2: the reference 1 already stands in Leadership, row 2. Give this action a reference of its own."
    )


def test_of_dated_columns_of_ratings_the_latest_counts():
    reading = text(
        [
            ["Ref", "Action", "Lead", "BRAG March 2025", "BRAG Feb 2025"],
            ["1", "Write it", "PSW", "A", "R"],
            ["2", "Send it", "PSW", "B", "A"],
        ]
    )
    assert [(action.rating, action.previous_rating) for action in reading.actions] == [("A", "R"), ("B", "A")]


def test_a_row_cut_at_an_unquoted_comma_is_asked():
    reading = read_plan(
        b"Ref,Action,Lead,RAG\n1,Tell them, then ask,PSW,R\n2,Send it,PSW,G\n3,File it,PSW,G\n", "plan.csv"
    )
    (uneven,) = [finding for finding in reading.findings if finding.code is FindingCode.UNEVEN_ROW]
    assert (uneven.ref, uneven.row) == ("1", 2)


def test_tracked_changes_count_as_accepted_and_are_said():
    document = WordDocument()
    table = document.add_table(rows=0, cols=5)
    for row in (HEAD, ["1", "Write a template", "PSW", "31/03/25", "R"]):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    paragraph = table.rows[1].cells[1].paragraphs[0]._p
    for wrapper, tag, words in (
        ("w:ins", "w:t", " and a guide"),
        ("w:del", "w:delText", " and a leaflet"),
        ("w:moveFrom", "w:t", " gone"),
    ):
        change, run, inner = OxmlElement(wrapper), OxmlElement("w:r"), OxmlElement(tag)
        inner.text = words
        run.append(inner)
        change.append(run)
        paragraph.append(change)
    stream = BytesIO()
    document.save(stream)
    reading = read_plan(stream.getvalue(), "plan.docx")
    assert reading.actions[0].activity == "Write a template and a guide"
    assert "tracked_changes" in codes(reading)


def test_a_short_line_in_the_actions_column_heads_the_actions_below_it():
    reading = workbook(
        [
            HEAD,
            [None, "Early help"],
            ["EH1", "Open the hub", "PSW", "31/01/25", "R"],
            [None, "Care leavers"],
            ["CL1", "Sign the housing offer", "PSW", "31/01/25", "R"],
        ]
    )
    assert [(reading.theme_of(action).title, action.ref) for action in reading.actions] == [
        ("Early help", "EH1"),
        ("Care leavers", "CL1"),
    ]


def test_headings_that_come_again_under_each_priority_are_one_table():
    head = ["Action", "Success measure", "Lead", "Target date", "Progress / RAG"]
    reading = text(
        [
            ["Priority 1: Strong leadership"],
            head,
            ["1.1 Hold boards", "Boards held", "Chair", "Monthly", "🟢 Held"],
            ["1.2 Publish it", "Published", "DCS", "By Easter 2025", "🔴"],
            ["Priority 2: Good practice"],
            head,
            ["2.1 Coach teams", "Coached", "PSW + AD", "30 Sept 2025", "🟠 Two of four"],
        ]
    )
    assert summary(reading)["objective_ratings"] == {"1": None, "2": None}
    assert [(action.ref, action.activity, action.rating) for action in reading.actions] == [
        ("1.1", "Hold boards", "🟢"),
        ("1.2", "Publish it", "🔴"),
        ("2.1", "Coach teams", "🟠"),
    ]
    assert [(finding.code.value, finding.ref) for finding in reading.findings] == [
        ("unclear_date", "1.2"),
        ("no_legend", None),
        ("rating_with_words", "1.1"),
        ("rating_with_words", "2.1"),
    ]
    assert [action.progress for action in reading.actions] == ["Held", "", "Two of four"]


def test_a_priority_merged_over_the_table_is_no_part_of_the_headings_below_it():
    head = [None, "No", "Action", "What good looks like", "Responsible officer", "BRAG"]
    reading = workbook(
        [
            [None, "Wexmoor plan"],
            [],
            [None, "Priority 1: The front door works"],
            head,
            [None, "1.1", "Review thresholds", "Seen in 5 days", "Head of MASH", "A"],
            [None, "Priority 2: Social workers stay"],
            head,
            [None, "2.1", "Cap caseloads", "", "Head of HR", "G"],
        ],
        merges=("B1:F1", "B3:F3", "B6:F6"),
    )
    assert [(a.ref, reading.objective_of(a).title, a.outcome, a.rating) for a in reading.actions] == [
        ("1.1", "Priority 1: The front door works", "Seen in 5 days", "A"),
        ("2.1", "Priority 2: Social workers stay", "", "G"),
    ]


def test_a_legend_on_a_hidden_sheet_is_found():
    book = sheet_of(
        [HEAD, ["1", "Write it", "PSW", "31/01/25", "A"], ["2", "Send it", "PSW", "31/01/25", "G"]], "Actions"
    )
    lists = book.create_sheet("Lists")
    for row in (["R", "Red: overdue"], ["A", "Amber: delayed"], ["G", "Green: on track"]):
        lists.append(row)
    lists.sheet_state = "hidden"
    assert scale(read_plan(saved(book), "plan.xlsx")) == {
        "R": ("Red: overdue", "off_track"),
        "A": ("Amber: delayed", "at_risk"),
        "G": ("Green: on track", "on_track"),
    }
