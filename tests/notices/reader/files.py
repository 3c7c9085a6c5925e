"""Word and PDF files as tests make them."""

from io import BytesIO
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from weasyprint import HTML

NUMBERING = """
<w:abstractNum {ns} w:abstractNumId="90">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
"""


def saved(document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_of(text: str) -> bytes:
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in text.split("\n\n"))
    style = "@page { size: A4; margin: 2cm; @bottom-center { content: counter(page) } } p { font-size: 11pt }"
    return HTML(string=f"<style>{style}</style>{paragraphs}").write_pdf()


def numbered_document():
    """A notice whose numbers Word itself writes: 1., (a), (i)."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"))))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    document.add_paragraph("Improvement Notice")
    document.add_paragraph("To: Anytown Borough Council")
    document.add_paragraph("This Notice is issued to Anytown Borough Council on 4 March 2019.")
    for level, text in (
        (0, "The Council must:"),
        (1, "publish a plan within six weeks of this Notice;"),
        (1, "set up a board, which must:"),
        (2, "have an independent chair; and"),
        (2, "be told of progress at each meeting."),
        (0, "Officials will review progress every six months."),
    ):
        paragraph = document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 91
    document.add_paragraph("Signed:")
    return document
