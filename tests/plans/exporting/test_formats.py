"""CSV, Word and PDF of a plan: nothing is lost on the way out, and nothing runs in anybody's spreadsheet."""

import csv
import datetime as dt
import io
from dataclasses import replace

import pikepdf
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from files.spreadsheets import guarded, unguarded
from plans import reader
from plans.exporting.colours import GROUNDS
from plans.exporting.delimited import write_csv
from plans.exporting.docx_parts import room_for_words
from plans.exporting.page import page_of
from plans.exporting.paper import paper_columns, widths_of
from plans.exporting.press import PrintingFailed, dismiss
from plans.exporting.printing import render
from plans.exporting.word import write_docx
from plans.exporting.xlsx import write_xlsx
from plans.rag import Palette, Standing
from plans.rows import Code
from tests.plans.exporting.books import DAY, book, row, table


@given(st.text(st.sampled_from("'=+-@\t\r\n a\u00a0\uff1d"), max_size=12))
def test_the_guard_against_formulas_can_be_taken_off_again(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip(" \n\u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_csv_has_a_line_for_each_action_and_no_formula():
    data = write_csv(book(row(1, progress="=HYPERLINK(1)"), row(2)))
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [line["Reference"] for line in lines] == ["P1.1", "P1.2"]
    assert lines[0]["Progress"] == "'=HYPERLINK(1)"
    assert lines[0]["End date"] == "2015-03-31"


@pytest.mark.parametrize(
    "text", ["=SUM(A1)", "+ two posts filled", "- one vacant\n- one filled", "'=1", "@home", "'quoted' words"]
)
def test_a_csv_copy_reads_back_as_the_words_that_went_out(text):
    found = reader.read_plan(write_csv(book(row(1, progress=text, activity=text))), "p.csv", as_at=DAY)
    assert [(action.progress, action.activity) for action in found.actions] == [(text, text)]


def test_an_apostrophe_in_somebody_elses_table_stays():
    ours = write_csv(book(row(1, progress="'+2' was the aim")))
    theirs = ours.decode("utf-8-sig").replace("''+2'", "'+2'").encode()
    found = reader.read_plan(theirs, "p.csv", as_at=DAY)
    assert found.actions[0].progress == "'+2' was the aim"


@pytest.mark.parametrize(
    ("write", "name"), [(write_docx, "p.docx"), (write_xlsx, "p.xlsx"), (write_csv, "p.csv")]
)
def test_any_reader_of_plans_finds_the_same_plan(write, name):
    shown = book()
    found = reader.read_plan(write(shown), name, as_at=DAY)
    assert [(a.ref, a.activity, a.rating, a.progress) for a in found.actions] == [
        (
            line.action.ref,
            line.action.activity,
            line.action.rating and line.action.rating.code,
            line.action.progress,
        )
        for line in shown.lines
    ]
    assert [(o.title, o.text) for o in found.objectives] == [
        ("Priority 1", "Children are seen, 1"),
        ("Priority 2", "Children are seen, 2"),
    ]
    assert all(a.end and a.end.isoformat() == "2015-03-31" for a in found.actions)


def test_no_heading_of_a_word_table_is_broken():
    table = Document(io.BytesIO(write_docx(book()))).tables[-1]
    for column, cell in zip(table.columns, table.rows[0].cells, strict=True):
        fitting = room_for_words([0, 273], [[cell.text, ""]], size=8)[0]
        assert column.width.mm >= fitting - 0.1, cell.text


def test_a_word_table_repeats_its_headings_and_lies_across():
    document = Document(io.BytesIO(write_docx(book())))
    section = document.sections[0]
    assert section.page_width > section.page_height
    plan = document.tables[-1]
    assert plan.rows[0]._tr.trPr.xpath("w:tblHeader")
    assert document.core_properties.title == "Plan of Testshire"


def test_a_word_table_says_letter_and_word_and_how_each_objective_is_judged():
    plan = Document(io.BytesIO(write_docx(book()))).tables[-1]
    rated = [cell.text for cell in plan.rows[0].cells].index("Rating")
    assert [row.cells[rated].text for row in plan.rows[2:]] == [
        "Judged A Amber",
        "A Amber",
        "R Red",
        "Judged not yet",
        "Not rated",
    ]
    assert "Objective rating" not in [cell.text for cell in plan.rows[0].cells]


def test_what_heads_actions_in_a_word_table_is_not_left_alone_at_the_foot_of_a_page():
    plan = Document(io.BytesIO(write_docx(book()))).tables[-1]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in plan.rows[1:5]]
    assert kept == [True, True, None, None]  # theme, objective, two actions


def test_a_word_copy_keeps_the_judgement_of_objectives():
    found = reader.read_plan(write_docx(book()), "p.docx", as_at=DAY)
    assert [objective.rating for objective in found.objectives] == ["A", None]


def test_a_pdf_is_tagged_titled_and_has_bookmarks():
    steps = []
    with pikepdf.open(io.BytesIO(render(page_of(book()), steps.append))) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert "/StructTreeRoot" in root
        assert str(root.Lang) == "en-GB"
        assert root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Plan of Testshire: Testshire Council"
        width, height = float(pdf.pages[0].MediaBox[2]), float(pdf.pages[0].MediaBox[3])
        assert width > height
        with pdf.open_outline() as outline:
            themes = {entry.title: [child.title for child in entry.children] for entry in outline.root}
    assert themes["Workforce"] == ["Priority 1", "Priority 2"]
    assert any(step.startswith("Laying out page") for step in steps)


def test_what_is_printed_says_letter_and_word_and_fetches_nothing():
    page = page_of(book(row(1, activity='<img src="http://example.org/x.png">')))
    assert "A Amber" in page
    assert "<img" not in page


def test_no_title_breaks_out_of_the_style_sheet():
    page = page_of(book(title='Plan "of" </style><script>x</script> \\ {Testshire}'))
    assert "<script>" not in page
    assert page.count("</style>") == 1


def test_a_drawing_that_fails_says_so(monkeypatch):
    dismiss()
    monkeypatch.setattr("plans.exporting.press.sys.executable", "/bin/false")
    with pytest.raises(PrintingFailed):
        render("<p>")


def _light(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", Palette)
def test_ratings_can_be_read_on_their_ground(colour):
    lighter, darker = sorted(map(_light, GROUNDS[colour]), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_no_word_of_a_heading_no_day_and_no_rating_breaks_on_paper():
    shown_plan = book(row(1, timeline="", ends_on=DAY), row(2))
    columns = paper_columns(shown_plan)
    whole = {"date": "24 May 2015", "rating": "A Amber"}
    for shown, width in zip(columns, widths_of(shown_plan, columns), strict=True):
        longest = max(map(len, [*shown.heading.split(), whole.get(shown.column.kind, "")]))
        assert width >= 1.75 * longest, shown.heading


def test_a_column_in_which_no_action_says_anything_leaves_its_room_to_the_others():
    def widths(progress):
        shown_plan = book(row(1, progress=progress), row(2, progress=""))
        columns = paper_columns(shown_plan)
        keys = [shown.column.key for shown in columns]
        return dict(zip(keys, widths_of(shown_plan, columns), strict=True))

    empty, said = widths(""), widths("Two of five posts are filled")
    assert empty["progress"] < said["progress"] / 2
    assert empty["activity"] > said["activity"]
    assert sum(empty.values()) == pytest.approx(sum(said.values()))


def test_what_cannot_be_expected_is_not_printed_as_not_rated():
    printed = page_of(book(row(1, timeline="Ongoing", ends_on=None), row(2)))
    assert "Cannot be worked out" in printed
    assert "Not rated" not in printed


ON_TRACK, DELAYED = (
    Code(word, word, "", colour, standing, is_mark=False)
    for word, colour, standing in (
        ("On track", Palette.GREEN, Standing.ON_TRACK),
        ("Delayed", Palette.AMBER, Standing.AT_RISK),
    )
)


def in_own_words():
    """A plan rated by words that no legend explains, and of which none means off track; its action is late."""
    late = row(1, rating=DELAYED, ends_on=dt.date(2015, 3, 1), overdue=True)
    shown = replace(table(late, row(2, rating=ON_TRACK)), scale=(ON_TRACK, DELAYED))
    return book(table=shown, total=2)


def test_what_is_expected_is_said_in_words_where_the_scale_has_no_code_for_it():
    plan = in_own_words()
    (expected,) = [shown for shown in plan.columns() if shown.column.key == "expected"]
    assert [plan.value(expected, line) for line in plan.lines] == ["Off track", "On track"]
    assert "Cannot be worked out" not in page_of(plan)


def test_a_legend_of_words_says_what_they_are_taken_to_mean_unless_that_is_the_word():
    assert [code.means for code in (ON_TRACK, DELAYED)] == ["", "At risk"]
    page = page_of(in_own_words())
    assert "Delayed: 1." in page
    assert "<td>At risk</td>" in page
    words = "\n".join(
        cell.text
        for table in Document(io.BytesIO(write_docx(in_own_words()))).tables[:1]
        for row in table.rows
        for cell in row.cells
    )
    assert words == "Rating\nMeaning\nOn track\n\nDelayed\nAt risk"
