"""What stands in a Word cell besides plain text: controls, boxes, notes, signs. Nothing of it is lost."""

import io
import zipfile

import pytest
from docx import Document as WordDocument
from lxml import etree

from plans.reader import accept, read_plan
from plans.reader.containers import Archive
from plans.reader.word import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = ["Ref", "Action", "Lead", "By when", "RAG"]


def run(words):
    return f"<w:r><w:t>{words}</w:t></w:r>"


def control(properties, words):
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run(words)}</w:sdtContent></w:sdt>"


CELLS = {
    "a drop-down": (control('<w:dropDownList><w:listItem w:value="Red"/></w:dropDownList>', "Amber"), "Amber"),
    "a date picker": (control('<w:date w:fullDate="2025-03-31T00:00:00Z"/>', "31 March 2025"), "31 March 2025"),
    "a control nobody filled in": (control("<w:showingPlcHdr/>", "Choose an item."), ""),
    "a check box": (control("<w:checkBox/>", "☒") + run(" agreed"), "☒ agreed"),
    "an older form's check box": (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
        + run(" yes"),
        "☒ yes",
    ),
    "an older form's drop-down": (
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Red"/>'
        '<w:listEntry w:val="Green"/></w:ddList></w:ffData></w:fldChar></w:r>'),
        "Green",
    ),
    "a link": (f"<w:hyperlink>{run('the policy')}</w:hyperlink>" + run(" applies"), "the policy applies"),
    "a text box": (
        run("Beside")
        + f"<w:r><w:pict><w:txbxContent><w:p>{run('in the box')}</w:p><w:p>{run('below')}</w:p></w:txbxContent></w:pict></w:r>",
        "Beside\nin the box\nbelow\n",
    ),
    "a sign": ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" done"), "✓ done"),
    "a field": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>' + run("A1.2"),
        "A1.2",
    ),
}  # fmt: skip


def document(rows):
    made = WordDocument()
    table = made.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    return made


def put(cell, xml):
    paragraph = cell.paragraphs[0]._p
    for part in etree.fromstring(f'<w:p xmlns:w="{W}">{xml}</w:p>'):
        paragraph.append(part)


def saved(made, **parts):
    """The document's bytes, with parts added: {relation kind: XML}."""
    stream = io.BytesIO()
    made.save(stream)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(stream.getvalue())) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/_rels/document.xml.rels":
                for number, kind in enumerate(parts):
                    relation = (
                        f'<Relationship Id="x{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
                        f'Target="{kind}.xml"/></Relationships>'
                    )
                    data = data.replace(b"</Relationships>", relation.encode())
            new.writestr(info.filename, data)
        for kind, xml in parts.items():
            new.writestr(f"word/{kind}.xml", xml)
    return out.getvalue()


def grid(data):
    archive = Archive(data)
    return read_docx(archive, archive.main_part()).grids[0]


@pytest.mark.parametrize("kind", CELLS)
def test_a_cells_text_is_what_it_shows(kind):
    xml, text = CELLS[kind]
    made = document([[""]])
    put(made.tables[0].cell(0, 0), xml)
    assert grid(saved(made)).rows[0].texts == [text]


def test_a_rating_chosen_from_a_drop_down_is_the_rating():
    made = document([HEAD, ["1", "Write it", "PSW", "31/03/25", ""], ["2", "Send it", "PSW", "31/03/25", ""]])
    put(made.tables[0].cell(1, 4), control("<w:dropDownList/>", "Amber"))
    put(made.tables[0].cell(2, 4), control("<w:showingPlcHdr/>", "Choose an item."))
    reading = read_plan(saved(made), "plan.docx")
    assert [action.rating for action in reading.actions] == ["Amber", None]
    assert ("no_rating", "2") in [(finding.code.value, finding.ref) for finding in reading.findings]


@pytest.mark.parametrize(
    ("kind", "reference", "note"),
    [
        ("footnotes", '<w:r><w:footnoteReference w:id="2"/></w:r>', "footnote"),
        ("comments", '<w:r><w:commentReference w:id="2"/></w:r>', "comment"),
    ],
)
def test_footnotes_and_comments_of_a_cell_can_be_added_to_its_action(kind, reference, note):
    made = document(
        [HEAD, ["1", "Write it", "PSW", "31/03/25", "R"], ["2", "Send it", "PSW", "31/03/25", "G"]]
    )
    put(made.tables[0].cell(2, 1), reference)
    xml = f'<w:{kind} xmlns:w="{W}"><w:{note} w:id="2"><w:p>{run("Subject to the grant")}</w:p></w:{note}></w:{kind}>'
    reading = read_plan(saved(made, **{kind: xml}), "plan.docx")
    assert reading.actions[1].activity == "Send it"
    (found,) = [finding for finding in reading.findings if finding.code.value == "cell_comment"]
    assert (found.ref, "Subject to the grant" in found.message) == ("2", True)
    assert accept(reading, {found.id: "add"}).actions[1].progress == "Subject to the grant"


def test_a_table_in_a_cell_stays_in_the_cell():
    made = document([HEAD, ["1", "Write it", "PSW", "31/03/25", "R"]])
    cell = made.tables[0].cell(1, 1)
    inner = cell.add_table(2, 2)
    inner.cell(0, 0).text, inner.cell(1, 1).text = "first step", "second step"
    reading = read_plan(saved(made), "plan.docx")
    assert "first step" in reading.actions[0].activity
    assert "second step" in reading.actions[0].activity
    assert len(reading.tables) == 1
