"""Papers are laid on the sheets a pack keeps for them."""

import io

import pdfplumber
import pikepdf
import pytest

from reporting.packs.chapters import kept_sheets
from reporting.packs.facts import PackPaper
from reporting.packs.papers import PaperRefused, Sheet, count_pages, sheets_of, with_papers


def a_pdf(*sizes, rotate=0, password=""):
    """A PDF with an empty page of each size, in points, across and up."""
    pdf = pikepdf.new()
    for size in sizes:
        page = pdf.add_blank_page(page_size=size)
        if rotate:
            page.rotate(rotate, relative=False)
    out = io.BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return out.getvalue()


A4, A3_WIDE = (595, 842), (1191, 842)


def test_a_page_is_wide_as_it_is_seen():
    assert sheets_of(a_pdf(A4, A3_WIDE)) == (Sheet(landscape=False), Sheet(landscape=True))
    assert sheets_of(a_pdf(A4, rotate=90)) == (Sheet(landscape=True),)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"not a PDF at all", "damaged"),
        (b"%PDF-1.7\ntruncated", "damaged"),
        (a_pdf(A4, password="secret"), "password"),
        (a_pdf(), "no pages"),
    ],
)
def test_what_cannot_be_a_paper_is_refused_with_what_to_do(content, says):
    with pytest.raises(PaperRefused, match=says):
        sheets_of(content)


def paper(content, item="3", key=1):
    return PackPaper(key, "Report", item, sheets_of(content), content)


def words_of(page):
    return b"".join(stream.read_bytes() for stream in page.Contents)


def test_the_pages_between_the_first_and_the_last_of_all_are_put_in_and_numbered():
    papers = [paper(a_pdf(A4, A3_WIDE, A4), "3 (i)"), paper(a_pdf(A4, A4, A4), "4")]
    pack = with_papers(a_pdf(A4, *[A4] * len(kept_sheets(papers))), papers)
    assert count_pages(pack) == 7
    with pikepdf.open(io.BytesIO(pack)) as pdf:
        sides = [tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages]
        assert sides == [(595, 842), (595, 842), (842, 595), *[(595, 842)] * 4], (
            "an A3 page is seen whole on A4"
        )
        assert all("/XObject" in page.Resources for page in pdf.pages[1:])
        assert b"Item 3 (i)".hex().encode() in words_of(pdf.pages[2])
        assert b"Page 3 of 7".hex().encode() in words_of(pdf.pages[2])
        assert b"Page 6 of 7".hex().encode() in words_of(pdf.pages[5])


def test_a_paper_counts_its_pages_on_the_sheet_after_it():
    papers = [paper(a_pdf(*[A4] * 20)), paper(a_pdf(A4)), paper(a_pdf(*[A4] * 5))]
    assert [sheet.counts for sheet in kept_sheets(papers)] == [1, 20, 1, 4]
    assert [sheet.first for sheet in kept_sheets(papers)] == [True, True, True, False]
    assert [sheet.counts for sheet in kept_sheets([paper(a_pdf(A4))])] == [1]


def test_a_document_without_sheets_for_its_papers_is_a_fault_and_not_a_pack():
    with pytest.raises(ValueError, match="no sheets"):
        with_papers(a_pdf(A4), [paper(a_pdf(A4, A4))])


def test_a_pack_without_papers_stays_as_it_was_printed():
    printed = a_pdf(A4)
    assert with_papers(printed, []) is printed


def test_scripts_of_a_paper_stay_behind():
    with pikepdf.open(io.BytesIO(a_pdf(A4))) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x')")
        out = io.BytesIO()
        pdf.save(out)
    pack = with_papers(a_pdf(A4, A4), [paper(out.getvalue())])
    assert b"JavaScript" not in pack


@pytest.mark.parametrize(
    ("form", "notes"),
    [({"/DR": 3}, []), ({"/DR": {"/Font": True}}, []), ({}, [7])],
)
def test_a_paper_that_opens_but_cannot_be_laid_on_its_sheets_is_named(form, notes):
    with pikepdf.open(io.BytesIO(a_pdf(A4))) as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(form)
        pdf.pages[0].Annots = pikepdf.Array(notes)
        out = io.BytesIO()
        pdf.save(out)
    with pytest.raises(PaperRefused, match="“Report”, item 3: This PDF is damaged"):
        with_papers(a_pdf(A4, A4), [paper(out.getvalue())])


def test_what_is_filled_into_a_form_is_seen_though_the_form_drew_nothing():
    with pikepdf.open(io.BytesIO(a_pdf(A4))) as pdf:
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="name",
            V="Dana Merriweather",
            DA="/F7 11 Tf",
            Rect=[100, 700, 300, 720],
            F=4,
        )
        field = pdf.make_indirect(field)
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([field]))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], NeedAppearances=True)
        out = io.BytesIO()
        pdf.save(out)
    pack = with_papers(a_pdf(A4, A4), [paper(out.getvalue())])
    with pdfplumber.open(io.BytesIO(pack)) as pdf:
        assert "Dana Merriweather" in pdf.pages[1].extract_text()
