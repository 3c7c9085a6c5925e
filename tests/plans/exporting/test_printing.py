"""What the process that draws pages does beside drawing them."""

import pydyf

from plans.exporting.printing import listed_once


def test_the_pages_of_a_document_are_listed_anew_only_when_one_was_added():
    pages = listed_once(pydyf.PDF.page_references).fget
    pdf = pydyf.PDF()
    for number in range(3):
        pdf.add_page(pydyf.Dictionary())
        assert len(pages(pdf)) == number + 1
        assert pages(pdf) == pdf.page_references
        assert pages(pdf) is pages(pdf)
