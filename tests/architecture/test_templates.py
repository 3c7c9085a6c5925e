"""Templates obey the content security policy: no script, style or handler of their own."""

import re

import pytest

from tests.architecture.source import ROOT, project_files, relative

# documents that are printed to PDF bring their style with them; no browser is ever sent one
PRINTED = (
    "templates/plans/print/",
    "templates/reporting/pack/",
    "templates/reporting/letter/",
    "templates/reporting/scrutiny/document.html",
)
TEMPLATES = [
    path
    for path in project_files(".html", ".txt")
    if relative(path).startswith("templates/") and not relative(path).startswith(PRINTED)
]
INLINE = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "an htmx handler": re.compile(r"\shx-on\b", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>", re.IGNORECASE)


def test_there_are_templates_to_look_at():
    assert ROOT / "templates" / "base.html" in TEMPLATES


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds(what):
    assert [
        relative(path) for path in TEMPLATES if INLINE[what].search(path.read_text(encoding="utf-8"))
    ] == []


def test_scripts_are_files_of_our_own():
    for path in TEMPLATES:
        for script in SCRIPT.finditer(path.read_text(encoding="utf-8")):
            assert re.search(r"\bsrc\s*=\s*[\"']\{[{%]\s*static", script["attributes"]), relative(path)
