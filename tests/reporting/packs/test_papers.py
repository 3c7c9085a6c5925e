"""Papers are laid on the sheets a pack keeps for them."""

import io

import pikepdf
import pytest

from reporting.packs.papers import PaperRefused, Placed, Sheet, append_papers, count_pages, sheets_of


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


def test_papers_take_no_page_more_than_was_kept_for_them():
    pack = append_papers(a_pdf(A4, A4, A4), [Placed(a_pdf(A4, A3_WIDE), 2)])
    assert count_pages(pack) == 3
    with pikepdf.open(io.BytesIO(pack)) as pdf:
        assert [float(side) for side in pdf.pages[2].mediabox] == [0, 0, 595, 842]
        assert "/XObject" in pdf.pages[1].Resources


def test_a_pack_with_too_few_sheets_is_a_fault_and_not_a_pack():
    with pytest.raises(ValueError, match="ends on page 3"):
        append_papers(a_pdf(A4, A4), [Placed(a_pdf(A4, A4), 2)])


def test_a_pack_without_papers_stays_as_it_was_printed():
    printed = a_pdf(A4)
    assert append_papers(printed, []) is printed


def test_scripts_of_a_paper_stay_behind():
    with pikepdf.open(io.BytesIO(a_pdf(A4))) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x')")
        out = io.BytesIO()
        pdf.save(out)
    pack = append_papers(a_pdf(A4, A4), [Placed(out.getvalue(), 2)])
    assert b"JavaScript" not in pack
