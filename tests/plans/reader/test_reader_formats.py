"""What each format can say besides its text: dates, fills, merges, numbers as they are shown."""

import io
import zipfile
from datetime import date

import pytest
from docx import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from plans.reader.containers import Archive
from plans.reader.delimited import decoded, read_delimited
from plans.reader.word import read_docx
from plans.reader.xlsx import read_xlsx
from tests.plans.reader.documents import saved


def opened(book):
    archive = Archive(saved(book))
    return read_xlsx(archive, archive.main_part())


def sheet(book):
    return opened(book).grids[0]


def word(document):
    stream = io.BytesIO()
    document.save(stream)
    archive = Archive(stream.getvalue())
    return read_docx(archive, archive.main_part())


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (3, "General", "3"),
        (3.0, "General", "3"),
        (0.125, "General", "0.125"),
        (1.1, "0.00", "1.10"),
        (0.5, "0%", "50%"),
        (True, "General", "TRUE"),
        (date(2025, 3, 31), "dd/mm/yyyy", "31/03/2025"),
        (date(2025, 3, 31), "mmm-yy", "31/03/2025"),
        (1234.5, "#,##0.00", "1234.5"),
        ("_x0041_bc", "General", "Abc"),
    ],
)
def test_a_workbooks_values_are_text_as_a_reader_would_write_them(value, form, text):
    book = Workbook()
    book.active["B2"] = value
    book.active["B2"].number_format = form
    (row,) = sheet(book).rows
    assert (row.number, row.texts) == (2, ["", text])


def test_real_dates_are_dates_in_either_calendar():
    for epoch in (None, CALENDAR_MAC_1904):
        book = Workbook()
        if epoch:
            book.epoch = epoch
        book.active["A1"] = date(2025, 3, 31)
        assert sheet(book).rows[0].dates == {0: date(2025, 3, 31)}


def test_theme_colours_and_tints_are_resolved():
    book = Workbook()
    fills = [
        Color(rgb="00FFC000"),
        Color(theme=9),
        Color(theme=9, tint=-0.25),
        Color(theme=0),
        Color(indexed=10),
    ]
    for column, colour in enumerate(fills, start=1):
        book.active.cell(1, column, "x").fill = PatternFill("solid", fgColor=colour)
    assert sheet(book).rows[0].fills == {0: "FFC000", 1: "F79646", 2: "E46C0A", 3: "FFFFFF", 4: "FF0000"}


def test_hatched_cells_are_shaded():
    book = Workbook()
    book.active["A1"] = "x"
    book.active["A1"].fill = PatternFill("lightUp")
    assert sheet(book).rows[0].fills == {0: "D9D9D9"}


def test_rich_text_is_one_text():
    book = Workbook()
    book.active["A1"] = CellRichText("Review ", TextBlock(InlineFont(b=True), "all"), " cases")
    assert sheet(book).rows[0].texts == ["Review all cases"]


def test_merges_hide_cells_behind_the_one_that_shows():
    book = Workbook()
    book.active["A1"], book.active["B3"] = "shown", "x"
    book.active.merge_cells("A1:A3")
    rows = sheet(book).rows
    assert [row.covered for row in rows] == [{}, {0: (0, 0)}] or [row.covered for row in rows][-1] == {
        0: (0, 0)
    }


def test_hidden_rows_and_sheets_say_so():
    book = Workbook()
    book.active["A1"] = "x"
    book.active.row_dimensions[1].hidden = True
    book.create_sheet("Old").sheet_state = "hidden"
    grids = opened(book).grids
    assert [(grid.hidden, [row.hidden for row in grid.rows]) for grid in grids] == [
        (False, [True]),
        (True, []),
    ]


def test_charts_do_not_stop_the_reading():
    book = Workbook()
    for number in range(1, 4):
        book.active.append([number])
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=1, min_row=1, max_row=3))
    book.active.add_chart(chart, "C1")
    book.create_chartsheet("Chart")
    assert [grid.label for grid in opened(book).grids] == ["Sheet"]


def test_rows_and_cells_without_their_place_are_counted():
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append(["c"])
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename.endswith("sheet1.xml"):
                for place in (b"A1", b"B1", b"A2", b"1", b"2"):
                    data = data.replace(b' r="' + place + b'"', b"")
            new.writestr(info.filename, data)
    archive = Archive(stream.getvalue())
    rows = read_xlsx(archive, archive.main_part()).grids[0].rows
    assert [(row.number, row.texts) for row in rows] == [(1, ["a", "b"]), (2, ["c"])]


def test_a_words_cells_span_columns_and_rows():
    document = WordDocument()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Theme"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "A1"
    table.cell(2, 2).text = "last"
    (grid,) = word(document).grids
    assert [row.texts for row in grid.rows] == [["Theme", "", ""], ["A1", "", ""], ["", "", "last"]]
    assert [row.covered for row in grid.rows] == [{1: (0, 0), 2: (0, 0)}, {}, {0: (1, 0)}]


def test_a_words_shading_is_the_cells_or_its_letters():
    document = WordDocument()
    table = document.add_table(rows=1, cols=3)
    for cell, kind in zip(table.rows[0].cells, ("cell", "highlight", "none"), strict=True):
        run = cell.paragraphs[0].add_run("x")
        if kind == "cell":
            shade = OxmlElement("w:shd")
            shade.set(qn("w:fill"), "ffc000")
            cell._tc.get_or_add_tcPr().append(shade)
        elif kind == "highlight":
            mark = OxmlElement("w:highlight")
            mark.set(qn("w:val"), "red")
            run._r.get_or_add_rPr().append(mark)
    assert word(document).grids[0].rows[0].fills == {0: "FFC000", 1: "FF0000"}


def test_breaks_tabs_and_nested_tables_in_a_words_cell_are_kept():
    document = WordDocument()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "one\ntwo\tthree"
    cell.add_table(1, 2).cell(0, 1).text = "inner"
    (grid,) = word(document).grids
    assert grid.rows[0].texts == ["one\ntwo\tthree\n\ninner"]


def test_headings_and_titles_of_a_word_document_are_known():
    document = WordDocument()
    document.add_heading("The plan", 0)
    document.add_heading("Theme 1", 1)
    document.add_paragraph("Some words of introduction.")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "x"
    read = word(document)
    assert (read.title, read.grids[0].heading) == ("The plan", "Theme 1")
    assert read.outside == ["The plan", "Theme 1", "Some words of introduction."]


@pytest.mark.parametrize("separator", "\t,;|")
def test_any_separator_is_found(separator):
    rows = [["Ref", "Action, in words", "Lead"], ["1", "Write; then send", "Una"], ["2", "Read", "Karl"]]
    lines = [separator.join(f'"{cell}"' for cell in row) for row in rows]
    assert [row.texts for row in read_delimited("\n".join(lines).encode()).grids[0].rows] == rows


def test_a_stray_quotation_mark_does_not_swallow_the_rows_below_it():
    data = b'Ref\tAction\tLead\n1\t"You said, we did\tUna\n2\tRead\tKarl\n3\tSend\tUna\n'
    rows = read_delimited(data).grids[0].rows
    assert [row.texts[0] for row in rows] == ["Ref", "1", "2", "3"]
    assert rows[1].texts[1] == '"You said, we did'


def test_blank_lines_count_as_a_spreadsheet_counts_them():
    assert [row.number for row in read_delimited(b"a,b\n\n\nc,d\n").grids[0].rows] == [1, 4]


@pytest.mark.parametrize(
    ("data", "text", "mixed"),
    [
        ("é".encode("utf-8-sig"), "é", False),
        ("é".encode("utf-16"), "é", False),
        ("é – “x”".encode("cp1252"), "é – “x”", False),
        ("é\n".encode() + "ö\n".encode("cp1252"), "é\nö\n", True),
        (b"\x81\xe9", "\x81é", False),
    ],
)
def test_the_usual_encodings_are_told_apart(data, text, mixed):
    assert decoded(data) == (text, mixed)
